#include <catch2/catch.hpp>
#include <filesystem>
#include <sstream>

#include "base/random.hpp"
#include "certificate.hpp"
#include "seed.hpp"

// Certificates through both checkers: the whole ones are accepted; every kind of damage is refused, by its
// obligation.

using namespace attest::tests;
using Manifest = nlohmann::ordered_json;

namespace {

const std::vector<std::string> clausal = {"zoo:palindrome", "palindrome", "6"},
                               parity = {"zoo:parity-tree-shuffled-2-4", "parity", "24"},
                               words = {"zoo:average-parity", "parity", "5"},
                               witness = {"zoo:majority-attempt", "majority", "5"};

void refused(const Certificate& damaged, const std::string& obligation) {
    const auto judgement = damaged.judge();
    INFO(judgement.text);
    CHECK(judgement.status == 2);
    CHECK(judgement.obligation == obligation);
}

/// The lines of a text, each with its end.
std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line + "\n");
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line;
    return text;
}

bool is_deletion(const std::string& line) { return line.find(" d ") != std::string::npos; }

/// One change of the manifest, sealed again, and the obligation that must notice it.
struct Change {
    std::string pointer;
    json value;
    std::string obligation;
};

void refuse_changes(const Certificate& whole, const std::vector<Change>& changes) {
    for (const Change& change : changes) {
        const Certificate damaged = whole.copy();
        Manifest manifest = damaged.manifest();
        manifest[Manifest::json_pointer(change.pointer)] = change.value;
        damaged.seal(manifest);
        CAPTURE(change.pointer, change.value);
        refused(damaged, change.obligation);
    }
}

}  // namespace

TEST_CASE("each kind of evidence is accepted, with one line that says what was claimed", "[cli]") {
    const Folder folder;
    const std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> kinds = {
        {clausal, {"circuit.json", "formula.cnf", "manifest.json", "model.json", "proof.lrat"}},
        {parity, {"circuit.json", "formula.cnf", "manifest.json", "model.json", "proof.xlrup"}},
        {words, {"manifest.json", "model.json"}},
        {witness, {"manifest.json", "model.json"}}};
    for (const auto& [question, files] : kinds) {
        CAPTURE(question);
        const Certificate certificate(folder, "c", question);
        CHECK(certificate.files() == files);
        const auto judgement = certificate.judge();
        CHECK(judgement.status == 0);
        CHECK(judgement.text.find("at length " + question[2]) != std::string::npos);
        CHECK(judgement.text.find(question[1]) != std::string::npos);
        // A copy that is sealed again is the same certificate: what the tests below change is all that they
        // change.
        const Certificate copy = certificate.copy();
        copy.seal();
        CHECK(copy.judge().status == 0);
    }
}

TEST_CASE("the formula and the proof are what outside checkers read", "[cli]") {
    const Folder folder;
    const Certificate certificate(folder, "c", clausal);
    const std::vector<std::string> cnf = lines_of(certificate.read("formula.cnf"));
    std::size_t variables = 0, clauses = 0;
    REQUIRE(std::sscanf(cnf[0].c_str(), "p cnf %zu %zu\n", &variables, &clauses) == 2);
    CHECK(clauses == cnf.size() - 1);
    for (std::size_t k = 1; k < cnf.size(); ++k) {
        const std::vector<std::string> literals = split(cnf[k].substr(0, cnf[k].size() - 1), ' ');
        CHECK(literals.back() == "0");
        for (std::size_t l = 0; l + 1 < literals.size(); ++l) {
            const int literal = std::stoi(literals[l]);
            CHECK((literal != 0 && static_cast<std::size_t>(std::abs(literal)) <= variables));
        }
    }
    for (const std::string& line : lines_of(certificate.read("proof.lrat")))
        CHECK(std::isdigit(static_cast<unsigned char>(line[0])) != 0);
}

TEST_CASE("a flipped bit in any file is refused", "[cli]") {
    const Folder folder;
    const std::uint64_t seed = attest::tests::seed();
    attest::base::Random random(seed + 77);
    for (const auto& question : {clausal, parity, words, witness}) {
        const Certificate whole(folder, "c", question);
        for (const std::string& file : whole.files())
            for (int k = 0; k < 4; ++k) {
                const Certificate damaged = whole.copy();
                std::string bytes = damaged.read(file);
                const std::uint64_t at = k == 0 ? 0 : k == 1 ? bytes.size() - 1 : random.below(bytes.size());
                const auto bit = static_cast<char>(1U << random.below(8));
                bytes[at] = static_cast<char>(bytes[at] ^ bit);
                damaged.write(file, bytes);
                CAPTURE(seed, file, at, static_cast<int>(bit));
                const auto judgement = damaged.judge();
                CHECK(judgement.status == 2);
                if (file == "manifest.json")
                    CHECK((judgement.obligation == "digest" || judgement.obligation == "question"));
                else CHECK(judgement.obligation == "digest");
            }
    }
}

TEST_CASE("a file that is cut off, missing, added or none is refused", "[cli]") {
    namespace fs = std::filesystem;
    const Folder folder;
    const Certificate whole(folder, "c", clausal);
    for (const std::string& file : whole.files()) {
        CAPTURE(file);
        const std::string bytes = whole.read(file);
        for (const std::size_t size : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
            const Certificate damaged = whole.copy();
            damaged.write(file, bytes.substr(0, size));
            CAPTURE(size);
            CHECK(damaged.judge().status == 2);
        }
        const Certificate longer = whole.copy();
        longer.write(file, bytes + " ");
        refused(longer, "digest");
        const Certificate without = whole.copy();
        fs::remove(folder / (without.name() + "/" + file));
        CHECK(without.judge().status == 2);
    }
    const Certificate more = whole.copy();
    more.write("more", "x");
    refused(more, "digest");
    const Certificate nested = whole.copy();
    fs::create_directory(folder / (nested.name() + "/nested"));
    refused(nested, "digest");
    const Certificate linked = whole.copy();
    fs::remove(folder / (linked.name() + "/model.json"));
    fs::create_symlink("../c/model.json", folder / (linked.name() + "/model.json"));
    refused(linked, "digest");
}

TEST_CASE("what is no certificate at all is unreadable", "[cli]") {
    const Folder folder;
    folder.write("file", "x");
    for (const char* name : {"none", ".", "file", "/dev/null"}) {
        const Run ours = run_attest(folder, {"check", name}), independent = run_check(folder, {name});
        CAPTURE(name, ours.err, independent.out);
        CHECK(ours.status == 2);
        CHECK(ours.complains(name));
        CHECK(independent.status == 2);
    }
}

TEST_CASE("several certificates: the worst decides", "[cli]") {
    const Folder folder;
    const Certificate good(folder, "good", witness), bad = good.copy();
    bad.write("model.json", "{}");
    CHECK(run_attest(folder, {"check", "good", "good"}).status == 0);
    CHECK(run_attest(folder, {"check", "good", "damaged"}).status == 2);
    CHECK(run_attest(folder, {"check", "damaged", "none", "good"}).status == 2);
    const json results = run_attest(folder, {"check", "good", "damaged", "--json"}).object().at("results");
    CHECK(results[0].at("accepted") == true);
    CHECK(results[1].at("accepted") == false);
    CHECK(results[1].at("obligation") == "digest");
}

TEST_CASE("another claim over the same files is refused by what it rests on", "[cli]") {
    const Folder folder;
    refuse_changes(Certificate(folder, "c", clausal),
                   {{"/claim/length", 7, "translation"},
                    {"/claim/length", 5, "translation"},
                    {"/claim/length", 1000000000, "question"},
                    {"/claim/length", -1, "question"},
                    {"/claim/length", 6.0, "question"},
                    {"/claim/length", "6", "question"},
                    {"/claim/language", "parity", "translation"},
                    {"/claim/language", "dyck:1", "question"},
                    {"/claim/language", "palindrom", "question"},
                    {"/claim/verdict", "refuted", "question"},
                    {"/claim/verdict", "true", "question"},
                    {"/claim/kind", "accepts", "question"},
                    {"/claim/model", "other", "question"},
                    {"/claim/map", json{{"0", "1"}, {"1", "1"}}, "translation"},
                    {"/claim/map", json{{"0", "1"}}, "question"},
                    {"/evidence/proof", "xlrup", "digest"},
                    {"/evidence/kind", "luck", "question"},
                    {"/evidence", json{{"kind", "exhaustion"}, {"words", 64}}, "digest"},
                    {"/evidence/drops", json::array({json::array({0, 1, 0})}), "translation"},
                    {"/evidence/drops", json::array({json::array({99, 1, 0})}), "translation"},
                    {"/evidence/drops", json::array({json::array({-1, 1, 0})}), "question"},
                    {"/version", 2, "question"},
                    {"/version", "1", "question"},
                    {"/format", "attest/certificates", "question"},
                    {"/extra", 1, "question"},
                    {"/claim/extra", 1, "question"},
                    {"/evidence/extra", 1, "question"},
                    {"/provenance/extra", json::array(), "question"},
                    {"/assumptions", "none", "question"}});
    refuse_changes(Certificate(folder, "c", words), {{"/claim/length", 6, "exhaustion"},
                                                     {"/claim/language", "even", "exhaustion"},
                                                     {"/evidence/words", 31, "exhaustion"},
                                                     {"/claim/verdict", "refuted", "question"}});
    refuse_changes(Certificate(folder, "c", witness), {{"/evidence/word", "11111", "witness"},
                                                       {"/evidence/word", "1111", "witness"},
                                                       {"/evidence/word", "1111x", "witness"},
                                                       {"/evidence/expected", "accept", "witness"},
                                                       {"/evidence/actual", "reject", "witness"},
                                                       {"/claim/length", 6, "witness"},
                                                       {"/claim/language", "first", "witness"},
                                                       {"/claim/verdict", "verified", "question"}});
    const Certificate missing = Certificate(folder, "c", clausal).copy();
    Manifest manifest = missing.manifest();
    manifest.erase("assumptions");
    missing.seal(manifest);
    refused(missing, "question");
}

TEST_CASE("a proof without one of its steps is refused", "[cli]") {
    const Folder folder;
    const std::uint64_t seed = attest::tests::seed();
    attest::base::Random random(seed + 78);
    for (const auto& question : {clausal, parity}) {
        const Certificate whole(folder, "c", question);
        const std::string file = question == clausal ? "proof.lrat" : "proof.xlrup";
        const std::vector<std::string> lines = lines_of(whole.read(file));
        for (int k = 0; k < 8; ++k) {
            std::size_t at = k == 0 ? lines.size() - 1 : random.below(lines.size());
            while (is_deletion(lines[at])) at = (at + 1) % lines.size();
            std::vector<std::string> fewer = lines;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at));
            const Certificate damaged = whole.copy();
            damaged.write(file, joined(fewer));
            damaged.seal();
            CAPTURE(seed, file, at, lines[at]);
            refused(damaged, "refutation");
        }
    }
}

TEST_CASE("a proof that is not well-formed to its last byte is refused", "[cli]") {
    const Folder folder;
    const Certificate whole(folder, "c", clausal);
    const std::string proof = whole.read("proof.lrat");
    std::string carriage;
    for (const char c : proof) carriage += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const std::vector<std::string> proofs = {"",
                                             "\n",
                                             proof.substr(0, proof.size() - 1),
                                             proof.substr(0, proof.size() / 2),
                                             proof + "x",
                                             proof + "\n",
                                             proof + "c end\n",
                                             carriage,
                                             "99999 1 0 -1 2 0\n" + proof,
                                             "99999 d 99998 0\n" + proof,
                                             "18446744073709551616 1 0 1 0\n" + proof,
                                             "99999 -2147483648 0 1 0\n" + proof,
                                             "99999 1000000 0 1 0\n" + proof,
                                             "1 1 0 1 0\n" + proof,
                                             "99999 0 0\n",
                                             "99999 0 1 2 3 4 5 0\n"};
    for (const std::string& bytes : proofs) {
        const Certificate damaged = whole.copy();
        damaged.write("proof.lrat", bytes);
        damaged.seal();
        CAPTURE(bytes.substr(0, 60));
        refused(damaged, "refutation");
    }
}

TEST_CASE("another formula or circuit is refused", "[cli]") {
    const Folder folder;
    for (const auto& question : {clausal, parity}) {
        const Certificate whole(folder, "c", question);
        const std::vector<std::string> lines = lines_of(whole.read("formula.cnf"));
        const auto replace = [&](const std::string& file, const std::string& bytes) {
            const Certificate damaged = whole.copy();
            damaged.write(file, bytes);
            damaged.seal();
            CAPTURE(file, bytes.substr(0, 60));
            refused(damaged, "translation");
        };
        for (const std::size_t at : {std::size_t{1}, lines.size() / 2, lines.size() - 1}) {
            std::vector<std::string> fewer = lines;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at));
            replace("formula.cnf", joined(fewer));
            std::vector<std::string> flipped = lines;
            flipped[at] = flipped[at][0] == '-' ? flipped[at].substr(1) : "-" + flipped[at];
            replace("formula.cnf", joined(flipped));
        }
        replace("formula.cnf", joined(lines) + "1 0\n");
        replace("formula.cnf", "c comment\n" + joined(lines));
        replace("formula.cnf", "");
        const std::string circuit = whole.read("circuit.json");
        json document = json::parse(circuit);
        const json gates = document.at("gates");
        document["gates"].erase(gates.size() - 1);
        replace("circuit.json", document.dump());
        document["gates"] = gates;
        document["gates"][0][1] = gates[0][1].get<int>() ^ 1;
        replace("circuit.json", document.dump());
        document["gates"] = gates;
        document["gates"][0][1] = 1e300;
        replace("circuit.json", document.dump());
        document["gates"] = gates;
        document["roots"][0] = document["roots"][0].get<int>() ^ 1;
        replace("circuit.json", document.dump());
        replace("circuit.json", circuit + circuit);
        replace("circuit.json", std::string(100000, '['));
    }
}

TEST_CASE("another model is refused by the evidence", "[cli]") {
    const Folder folder;
    const auto judge = [&](const std::vector<std::string>& question, const std::string& from, const std::string& to) {
        const Certificate damaged = Certificate(folder, "c", question).copy();
        std::string model = damaged.read("model.json");
        const std::size_t at = model.find(from);
        REQUIRE(at != std::string::npos);
        damaged.write("model.json", model.replace(at, from.size(), to));
        damaged.seal();
        return damaged.judge();
    };
    const std::vector<std::string> first = {"zoo:first", "first", "4"};
    // One position has the greatest score: the mean of one is the same.
    CHECK(judge(clausal, "\"hard\"", "\"average\"").obligation.empty());
    CHECK(judge(clausal, "\"hard\"", "\"softmax\"").obligation == "question");
    CHECK(judge(clausal, "\"version\": 1", "\"version\": 3").obligation == "question");
    CHECK(judge(clausal, "\"version\": 1", "\"version\": 1, \"version\": 1").obligation == "question");
    CHECK(judge(words, "\"average\"", "\"hard\"").obligation == "exhaustion");
    CHECK(judge(first, "\"readout\"", "\"redout\"").obligation == "question");
}

TEST_CASE("a collection holds exactly its parts", "[cli]") {
    namespace fs = std::filesystem;
    const Folder folder;
    const Certificate whole(folder, "c", {"zoo:first", "first", "1..3"});
    CHECK(whole.judge().status == 0);
    const Certificate less = whole.copy();
    fs::remove_all(folder / "damaged/length-2");
    CHECK(less.judge().status != 0);
    const Certificate more = whole.copy();
    fs::copy(folder / "c/length-2", folder / "damaged/length-9");
    CHECK(more.judge().status == 2);
    const Certificate swapped = whole.copy();
    fs::rename(folder / "damaged/length-1", folder / "damaged/swap");
    fs::rename(folder / "damaged/length-2", folder / "damaged/length-1");
    fs::rename(folder / "damaged/swap", folder / "damaged/length-2");
    CHECK(swapped.judge().status == 2);
    const Certificate damaged = whole.copy();
    folder.write("damaged/length-3/proof.lrat", "");
    refused(damaged, "digest");
    const Certificate empty = whole.copy();
    Manifest manifest = empty.manifest();
    manifest["claim"]["parts"] = json::array();
    empty.seal(manifest);
    CHECK(empty.judge().status == 2);
    const Certificate outside = whole.copy();
    manifest = outside.manifest();
    manifest["claim"]["parts"][0]["directory"] = "../c/length-1";
    outside.seal(manifest);
    CHECK(outside.judge().status == 2);
}
