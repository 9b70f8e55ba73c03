#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "checker/checker.hpp"
#include "checker/network/evaluator.hpp"
#include "checker_support.hpp"
#include "drafts.hpp"
#include "random_model.hpp"

using namespace checker_test;

namespace {

/// Accepts iff the last symbol is 1.
const std::string last_model =
    R"({"format": "attest/model", "version": 1, "name": "last-one", "alphabet": ["0", "1"],
    "dimension": 1, "embedding": {"0": [0], "1": [1]}, "layers": [],
    "readout": {"position": "last", "weight": [1], "bias": 0}})";

/// Looks one position back, twice, and compares: accepts iff the last three symbols are 011 (or the word is
/// too short to say).
const std::string layered_model =
    R"({"format": "attest/model", "version": 1, "name": "suffix", "alphabet": ["0", "1"],
    "dimension": 4, "embedding": {"0": [0, 0, 0, 0], "1": [1, 0, 0, 0]}, "position": [0, 0, "i", 0],
    "layers": [
      {"attention": {"kind": "hard", "mask": "strict", "tie": "right",
                     "heads": [{"value": [[1, 0, 0, 0]], "output": [[0], [1], [0], [0]]}]}},
      {"attention": {"kind": "hard", "mask": "strict", "tie": "right",
                     "heads": [{"value": [[0, 1, 0, 0]], "output": [[0], [0], [0], [1]]}]}}],
    "readout": {"position": "last", "weight": [1, 1, 0, -1], "bias": "-3/2"}})";

std::string claim_of(const std::string& model, const std::string& language, std::size_t length,
                     const std::string& verdict, const std::string& more = "") {
    return "{\"kind\": \"recognises\", \"model\": \"" + model + "\", \"language\": \"" + language +
           "\", \"length\": " + std::to_string(length) + ", \"verdict\": \"" + verdict + "\"" + more + "}";
}

Draft witness() {
    return {claim_of("last-one", "parity", 2, "refuted"),
            R"({"kind": "witness", "word": "11", "expected": "reject", "actual": "accept"})",
            {{"model.json", last_model}},
            "[]",
            ""};
}

Draft exhaustion() {
    return {claim_of("last-one", "last", 5, "verified"),
            R"({"kind": "exhaustion", "words": 32})",
            {{"model.json", last_model}},
            "[]",
            ""};
}

/// A map from the symbols of random models to bits, as further members of a claim.
const std::string as_bits = R"(, "map": {"a": "0", "b": "1"})";

/// The truth table of the model, as hexadecimal digits.
std::string table_of(const std::string& model_text, std::size_t length) {
    Budget budget = ample();
    const Model model = model_of(model_text);
    const Instance instance = instantiate(model, length, budget);
    std::string digits;
    int digit = 0;
    std::size_t bits = 0;
    for (const Word& word : all_words(2, length)) {
        digit = 2 * digit + (accepts(instance, word, budget) ? 1 : 0);
        if (++bits % 4 == 0) digits += "0123456789abcdef"[digit], digit = 0;
    }
    return digits;
}

Draft refutation(const std::string& model_text, const std::string& language_text, std::size_t length,
                 const std::vector<Drop>& drops = {}, const std::string& more = "") {
    Budget budget = ample();
    const Model model = model_of(model_text);
    const Language language = read_language(language_text, model.alphabet, length, "", budget);
    const Miter miter = build_miter(instantiate(model, length, budget), language, {0, 1}, drops, budget);
    const Formula formula = formula_of(miter, budget);
    std::string list;
    for (const Drop& drop : drops)
        list += (list.empty() ? "[" : ", [") + std::to_string(drop[0]) + ", " + std::to_string(drop[1]) + ", " +
                std::to_string(drop[2]) + "]";
    return {claim_of(model.name, language_text, length, "verified", more),
            "{\"kind\": \"refutation\", \"proof\": \"lrat\", \"drops\": [" + list + "]}",
            {{"model.json", model_text},
             {"circuit.json", circuit_text(miter)},
             {"formula.cnf", formula_text(formula)},
             {"proof.lrat", Refuter(formula).run().value_or("")}},
            "[]",
            ""};
}

Draft suffix() { return refutation(layered_model, "regex:(0|1)*011", 5); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    INFO(from);
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}

std::string failed(const Draft& draft) {
    const Report report = check_draft(draft);
    CHECK(report.readable);
    INFO(report.place << ": " << report.reason);
    CHECK(report.accepted == report.obligation.empty());
    CHECK((report.accepted || !report.place.empty()));
    CHECK((report.accepted || !report.reason.empty()));
    return report.obligation;
}

}  // namespace

TEST_CASE("Certificates made by hand are accepted", "[checker]") {
    const Report refuted = check_draft(witness());
    INFO(refuted.place << ": " << refuted.reason);
    CHECK(refuted.accepted);
    CHECK(refuted.claim == "\"last-one\" does not recognise parity at length 2");
    CHECK(refuted.evidence == "witness \"11\"");
    CHECK(check_draft(exhaustion()).accepted);
    CHECK(check_draft(exhaustion()).claim == "\"last-one\" recognises last at length 5");
    const Report proved = check_draft(suffix());
    INFO(proved.place << ": " << proved.reason);
    CHECK(proved.accepted);
    CHECK(proved.evidence.find("LRAT") == 0);
    CHECK(check_draft(refutation(last_model, "last", 3)).accepted);
}

TEST_CASE("A drop of a value that occurs is not provable", "[checker]") {
    for (std::uint64_t v = 0; v < 2; ++v) {
        const Draft draft = refutation(last_model, "last", 3, {{0, 3, v}});
        CHECK(draft.files.at("proof.lrat").empty());
        CHECK(failed(draft) == "refutation");
    }
}

TEST_CASE("Random models recognise their own truth tables, with and without drops", "[checker]") {
    std::size_t nontrivial = 0;
    std::size_t provable = 0;
    std::size_t unprovable = 0;
    for (unsigned seed = 1; seed <= 120; ++seed) {
        const std::string text = RandomModel(seed, 2).text();
        std::string table = table_of(text, 3);
        INFO("seed " << seed << " table " << table << " model " << text);
        const Draft good = refutation(text, "table:" + table, 3, {}, as_bits);
        CHECK(failed(good) == "");
        nontrivial += good.files.at("proof.lrat").size() > 20;

        table[0] = table[0] == '0' ? '1' : '0';
        const Draft wrong = refutation(text, "table:" + table, 3, {}, as_bits);
        CHECK(wrong.files.at("proof.lrat").empty());
        CHECK(failed(wrong) == "refutation");

        for (std::uint64_t k = 0; k < 27; ++k) {
            Draft draft;
            const std::vector<Drop> drops = {{k / 9, 1 + k / 3 % 3, k % 3}};
            const std::string refused =
                refusal([&] { draft = refutation(text, "table:" + table_of(text, 3), 3, drops, as_bits); });
            if (!refused.empty()) continue;
            const bool proved = !draft.files.at("proof.lrat").empty();
            CHECK((failed(draft) == (proved ? "" : "refutation")));
            ++(proved ? provable : unprovable);
        }
    }
    CHECK(nontrivial >= 10);
    CHECK(provable > 0);
    CHECK(unprovable > 100);
}

TEST_CASE("Digest: whatever differs from the manifest is refused", "[checker]") {
    const Draft good = exhaustion();
    const auto check_with = [&](auto change) {
        const TemporaryDirectory directory;
        write(directory, good);
        change(directory);
        const Report report = check(directory.path().string());
        CHECK(!report.accepted);
        return report.obligation;
    };
    using Directory = TemporaryDirectory;
    CHECK(check_with([&](const Directory& d) { d.write("model.json", last_model + " "); }) == "digest");
    CHECK(check_with([&](const Directory& d) {
              d.write("model.json", replaced(last_model, "\"bias\": 0", "\"bias\": 1"));
          }) == "digest");
    CHECK(check_with([&](const Directory& d) { d.write("extra.txt", ""); }) == "digest");
    CHECK(check_with([&](const Directory& d) { d.write("sub/extra.txt", ""); }) == "digest");
    CHECK(check_with([&](const Directory& d) { std::filesystem::remove(d.path() / "model.json"); }) == "digest");
    CHECK(check_with([&](const Directory& d) {
              std::filesystem::rename(d.path() / "model.json", d.path() / "other");
              std::filesystem::create_symlink("other", d.path() / "model.json");
          }) == "digest");
    CHECK(check_with([&](const Directory& d) {
              std::filesystem::remove(d.path() / "model.json");
              mkfifo((d.path() / "model.json").c_str(), 0600);
          }) == "digest");
    CHECK(check_with([&](const Directory& d) {
              d.write("manifest.json", replaced(manifest_of(good), "\"seed\": 7", "\"seed\": 8"));
          }) == "digest");
    CHECK(check_with([&](const Directory& d) { d.write("manifest.json", manifest_of(good) + " "); }) == "digest");
    CHECK(check_with([&](const Directory& d) {
              const std::string manifest = manifest_of(good);
              const std::string digest = manifest.substr(manifest.find("\"digest\"") + 11, 64);
              d.write("manifest.json", replaced(manifest, "by hand", digest));
          }) == "digest");
}

TEST_CASE("Digest: files that the evidence does not know, or lacks, are refused", "[checker]") {
    Draft draft = exhaustion();
    draft.files["proof.lrat"] = "";
    CHECK(failed(draft) == "digest");
    draft = suffix();
    draft.files.erase("circuit.json");
    CHECK(failed(draft) == "digest");
    draft = exhaustion();
    draft.files["language.json"] = "{}";
    CHECK(failed(draft) == "digest");
    draft = exhaustion();
    draft.files.clear();
    CHECK(failed(draft) == "digest");
    draft = exhaustion();
    draft.files["model.json"] = replaced(last_model, "\"name\"", "\"tensors\": \"t.bin\", \"name\"");
    CHECK(failed(draft) == "digest");
    draft.files["t.bin"] = std::string("\x02\0\0\0\0\0\0\0{}", 10);
    CHECK(failed(draft) == "");
    draft.files["t.bin"] = "junk";
    CHECK(failed(draft) == "question");
    for (const char* name : {"manifest.json", "../t.bin", "", ".", "model.json"}) {
        Draft odd = exhaustion();
        odd.files["model.json"] =
            replaced(last_model, "\"name\"", "\"tensors\": \"" + std::string(name) + "\", \"name\"");
        CHECK(failed(odd) == "digest");
    }
}

TEST_CASE("Question: manifests that make no sense are refused", "[checker]") {
    const Draft good = exhaustion();
    const auto damaged = [&](const std::string& from, const std::string& to) {
        const TemporaryDirectory directory;
        write(directory, good);
        std::string text = manifest_of(good);
        const std::size_t digest = text.find("\"digest\"") + 11;
        text.replace(digest, 64, std::string(64, '0'));
        directory.write("manifest.json", with_digest(replaced(text, from, to)));
        return check(directory.path().string()).obligation;
    };
    CHECK(damaged("\"seed\": 7", "\"seed\": 8") == "");
    CHECK(damaged("\"seed\": 7", "\"seed\": 7.5") == "question");
    CHECK(damaged("\"seed\": 7", "\"seed\": [7]") == "question");
    CHECK(damaged("\"version\": 1", "\"version\": 2") == "question");
    CHECK(damaged("attest/certificate", "attest/other") == "question");
    CHECK(damaged("\"assumptions\": []", "\"assumptions\": [1]") == "question");
    CHECK(damaged("\"assumptions\": []", "\"hope\": [], \"assumptions\": []") == "question");
    CHECK(damaged("\"assumptions\": [],", "") == "question");
    CHECK(damaged("recognises", "accepts") == "question");
    CHECK(damaged("exhaustion", "belief") == "question");
    CHECK(damaged("\"verified\"", "\"refuted\"") == "question");
    CHECK(damaged("\"verified\"", "\"maybe\"") == "question");
    CHECK(damaged("\"length\": 5", "\"length\": -5") == "question");
    CHECK(damaged("\"length\": 5", "\"length\": 5.0") == "question");
    CHECK(damaged("\"length\": 5", "\"length\": 5, \"length\": 5") == "question");
    CHECK(damaged("\"length\": 5", "\"length\": 0") == "question");
    CHECK(damaged("\"language\": \"last\"", "\"language\": \"lasts\"") == "question");
    CHECK(damaged("\"language\": \"last\"", "\"language\": \"anbn\"") == "question");
    CHECK(damaged("\"model\": \"last-one\"", "\"model\": \"gpt\"") == "question");
    CHECK(damaged("\"words\": 32", "\"words\": 32, \"drops\": []") == "question");
    CHECK(damaged("\"bytes\"", "\"Bytes\"") == "question");
    CHECK(damaged("\"name\": \"model.json\"", "\"name\": \"../model.json\"") == "question");
    CHECK(damaged("{\"format\"", "[{\"format\"") == "question");
}

TEST_CASE("Question: maps are total and into the language's alphabet", "[checker]") {
    const auto with_map = [](const std::string& language, const std::string& map) {
        return Draft{claim_of("last-one", language, 2, "verified", ", \"map\": " + map),
                     R"({"kind": "exhaustion", "words": 4})",
                     {{"model.json", last_model}},
                     "[]",
                     ""};
    };
    CHECK(failed(with_map("last", R"({"0": "0", "1": "1"})")) == "");
    CHECK(failed(with_map("regex:.*b", R"({"0": "a", "1": "b"})")) == "");
    CHECK(failed(with_map("last", R"({"0": "1", "1": "0"})")) == "exhaustion");
    CHECK(failed(with_map("last", R"({"0": "0"})")) == "question");
    CHECK(failed(with_map("last", R"({"0": "0", "1": "1", "2": "1"})")) == "question");
    CHECK(failed(with_map("last", R"({"0": "0", "1": "2"})")) == "question");
    CHECK(failed(with_map("last", R"({"0": "0", "1": 1})")) == "question");
    CHECK(failed(with_map("regex:.*b", R"({"0": "a", "1": "bb"})")) == "question");
}

TEST_CASE("Question: kinds of model that cannot be checked are refused", "[checker]") {
    const std::string head =
        R"("layers": [{"attention": {"kind": "average", "heads": [{"value": [[0]], "output": [[0]]}]}}])";
    Draft draft = exhaustion();
    draft.files["model.json"] = replaced(last_model, "\"layers\": []", head);
    CHECK(failed(draft) == "");
    draft.files["model.json"] = replaced(draft.files["model.json"], "average", "softmax");
    CHECK(failed(draft) == "question");
    draft = refutation(last_model, "last", 3);
    draft.files["model.json"] = replaced(last_model, "\"layers\": []", replaced(head, "average", "softmax"));
    CHECK(failed(draft) == "question");
}

TEST_CASE("Enclosure: a margin, a count or a language that is wrong is refused", "[checker]") {
    // The mean of x over the word, less 1/4, and less log(2)/4 once more: the score is at least (1 - log 2)/4 from 0.
    const std::string soft_model =
        R"({"format": "attest/model", "version": 1, "name": "some-one", "alphabet": ["0", "1"],
        "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0]}, "position": [0, "log(2)/4"],
        "layers": [{"attention": {"kind": "softmax", "heads": [{"value": [[1, 0]], "output": [[1], [0]]}], "residual": true}}],
        "readout": {"position": "last", "weight": [1, -1], "bias": "-1/4"}})";
    const Draft good{claim_of("some-one", "last", 1, "verified"),
                     R"({"kind": "enclosure", "words": 2, "margin": 0.42, "bits": 64})",
                     {{"model.json", soft_model}},
                     "[]",
                     ""};
    const auto changed = [&](const std::string& from, const std::string& to) {
        Draft draft = good;
        draft.evidence = replaced(draft.evidence, from, to);
        return failed(draft);
    };
    // Scores: -1/4 - log(2)/4 = -0.4233 for 0, 2 - 1/4 - log(2)/4 for 1.
    CHECK(failed(good) == "");
    CHECK(changed("0.42", "0.4232867951") == "");
    CHECK(changed("0.42", "0.4232867952") == "enclosure");
    CHECK(changed("0.42", "-0.42") == "question");
    CHECK(changed("\"words\": 2", "\"words\": 1") == "enclosure");
    CHECK(changed("64", "63") == "question");
    CHECK(changed("64", "4097") == "question");
    CHECK(changed("\"enclosure\", \"words\": 2, \"margin\": 0.42, \"bits\": 64", "\"exhaustion\", \"words\": 2") ==
          "question");
    Draft draft = good;
    draft.claim = claim_of("some-one", "even", 1, "verified");
    CHECK(failed(draft) == "enclosure");
    CHECK(check_draft(draft).place == "word \"0\"");
    draft = good;
    draft.files["model.json"] = last_model;
    draft.claim = claim_of("last-one", "last", 1, "verified");
    CHECK(failed(draft) == "question");

    // Two symbols: the last, and the mean of both; by counts where the classes are as the model sees them.
    const auto by_counts = [&](const std::string& language, const std::string& words, const std::string& classes) {
        Draft long_words = good;
        long_words.claim = claim_of("some-one", language, 3, "verified");
        long_words.evidence = "{\"kind\": \"enclosure\", \"words\": " + words +
                              ", \"margin\": 0, \"bits\": 64, \"classes\": " + classes + "}";
        return failed(long_words);
    };
    CHECK(by_counts("regex:..1|11.", "6", "[[1, 2], [3]]") == "");
    CHECK(by_counts("regex:..1|11.", "8", "[[1], [2], [3]]") == "");
    CHECK(by_counts("regex:..1|11.", "8", "[[1, 2], [3]]") == "enclosure");
    CHECK(by_counts("regex:..1|11.", "6", "[[2, 1], [3]]") == "enclosure");
    CHECK(by_counts("regex:..1|11.", "6", "[[1, 2], [3], []]") == "enclosure");
    CHECK(by_counts("regex:..1|11.", "6", "[[1, 2], [2, 3]]") == "enclosure");
    CHECK(by_counts("regex:..1|11.", "3", "[[1, 2]]") == "enclosure");
    CHECK(by_counts("regex:..1|11.", "6", "[[1, 2], [4]]") == "enclosure");
    CHECK(by_counts("regex:..1|11.", "6", "[[1, 2], [0]]") == "enclosure");
    CHECK(by_counts("regex:..1|11.", "6", "[[2, 3], [1]]") == "enclosure");
    CHECK(by_counts("regex:..1|11.", "4", "[[1, 2, 3]]") == "enclosure");
    CHECK(by_counts("regex:..1|1..", "6", "[[1, 2], [3]]") == "enclosure");
    CHECK(by_counts("last", "6", "[[1, 2], [3]]") == "enclosure");
    CHECK(by_counts("regex:..1|11.", "6", "{\"1\": [1, 2, 3]}") == "question");
    CHECK(by_counts("regex:..1|11.", "6", "[[1, -2], [3]]") == "question");

    draft = good;
    draft.claim = claim_of("some-one", "even", 1, "refuted");
    draft.evidence = R"({"kind": "witness", "word": "0", "expected": "accept", "actual": "reject"})";
    CHECK(failed(draft) == "");
    draft.evidence = R"({"kind": "witness", "word": "1", "expected": "accept", "actual": "reject"})";
    CHECK(failed(draft) == "witness");
}

TEST_CASE("Question: restrictions of softmax models rest on enclosures, and those of no others", "[checker]") {
    const std::string soft =
        replaced(last_model, "\"layers\": []",
                 R"("layers": [{"attention": {"kind": "softmax", "heads": [{"value": [[0]], "output": [[0]]}]}}])");
    Draft draft{
        R"({"kind": "restriction", "model": "last-one", "length": 2, "fixed": {"2": "1"}, "answer": "accept", "pair": ["01", "11"], "optimal": false})",
        R"({"kind": "exhaustion", "words": 2})",
        {{"model.json", last_model}},
        "[]",
        ""};
    CHECK(failed(draft) == "");
    draft.evidence = R"({"kind": "enclosure", "words": 4, "margin": 0, "bits": 64})";
    CHECK(failed(draft) == "question");
    draft.files["model.json"] = soft;
    CHECK(failed(draft) == "enclosure");
    draft.evidence = R"({"kind": "enclosure", "words": 2, "margin": 0, "bits": 64})";
    CHECK(failed(draft) == "");
    draft.evidence = R"({"kind": "exhaustion", "words": 2})";
    CHECK(failed(draft) == "question");
}

TEST_CASE("Exhaustion: a wrong word or a wrong count is refused", "[checker]") {
    Draft draft = exhaustion();
    draft.claim = claim_of("last-one", "first", 5, "verified");
    CHECK(failed(draft) == "exhaustion");
    CHECK(check_draft(draft).place == "word \"00001\"");
    draft = exhaustion();
    draft.evidence = replaced(draft.evidence, "32", "31");
    CHECK(failed(draft) == "exhaustion");
    draft.claim = claim_of("last-one", "last", 23, "verified");
    draft.evidence = replaced(draft.evidence, "31", "8388608");
    CHECK(failed(draft) == "exhaustion");
}

TEST_CASE("Witness: each part of it is replayed", "[checker]") {
    const auto changed = [](const std::string& from, const std::string& to) {
        Draft draft = witness();
        draft.evidence = replaced(draft.evidence, from, to);
        return failed(draft);
    };
    CHECK(changed("\"11\"", "\"1\"") == "witness");
    CHECK(changed("\"11\"", "\"111\"") == "witness");
    CHECK(changed("\"11\"", "\"12\"") == "witness");
    CHECK(changed("\"11\"", "\"10\"") == "witness");
    CHECK(changed("\"11\"", "\"01\"") == "witness");
    CHECK(changed("\"expected\": \"reject\"", "\"expected\": \"accept\"") == "witness");
    CHECK(changed("\"actual\": \"accept\"", "\"actual\": \"reject\"") == "witness");
    Draft draft = witness();
    draft.evidence = R"({"kind": "witness", "word": "01", "expected": "accept", "actual": "accept"})";
    CHECK(failed(draft) == "witness");
}

TEST_CASE("Translation: another circuit or formula is refused", "[checker]") {
    const Draft good = suffix();
    const auto changed = [&](const std::string& file, const std::string& from, const std::string& to) {
        Draft draft = good;
        draft.files[file] = replaced(draft.files[file], from, to);
        return failed(draft);
    };
    CHECK(changed("circuit.json", "\"inputs\": 5", "\"inputs\": 6") == "translation");
    CHECK(changed("circuit.json", "[\"and\"", "[\"xor\"") == "translation");
    CHECK(changed("circuit.json", "\"gates\": [", "\"gates\": [[\"and\", 2, 4], ") == "translation");
    CHECK(changed("circuit.json", "\"gates\": [", "\"gates\": [3, ") == "translation");
    CHECK(changed("circuit.json", "\"roots\": [", "\"roots\": [0, ") == "translation");
    CHECK(changed("circuit.json", "\"version\"", "\"names\": [], \"version\"") == "");
    CHECK(changed("circuit.json", "}", "") == "translation");
    CHECK(changed("formula.cnf", "p cnf ", "c comment\np cnf ") == "translation");
    CHECK(changed("formula.cnf", " 0\n", " 0\r\n") == "translation");
    CHECK(changed("formula.cnf", " 0\n", " 0 \n") == "translation");
    CHECK(changed("formula.cnf", "-", "") == "translation");
    Draft draft = good;
    draft.files["formula.cnf"].pop_back();
    CHECK(failed(draft) == "translation");
    draft = good;
    draft.files["formula.cnf"] += "1 0\n";
    CHECK(failed(draft) == "translation");
    draft = good;
    draft.claim = replaced(draft.claim, "011", "111");
    CHECK(failed(draft) == "translation");
    draft = good;
    draft.claim = replaced(draft.claim, "\"length\": 5", "\"length\": 6");
    CHECK(failed(draft) == "translation");
    draft = good;
    draft.files["model.json"] = replaced(layered_model, "\"-3/2\"", "\"-1/2\"");
    CHECK(failed(draft) == "translation");
    draft = good;
    draft.evidence = replaced(draft.evidence, "\"drops\": []", "\"drops\": [[0, 1, 7]]");
    CHECK(failed(draft) == "translation");
}

TEST_CASE("Refutation: a damaged proof is refused", "[checker]") {
    Draft draft = suffix();
    const std::string proof = draft.files["proof.lrat"];
    REQUIRE(std::count(proof.begin(), proof.end(), '\n') > 2);
    draft.files["proof.lrat"] = proof.substr(proof.find('\n') + 1);
    CHECK(failed(draft) == "refutation");
    draft.files["proof.lrat"] = proof.substr(0, proof.size() - 1);
    CHECK(failed(draft) == "refutation");
    draft.files["proof.lrat"] = proof.substr(0, proof.rfind('\n', proof.size() - 2) + 1);
    CHECK(failed(draft) == "refutation");
    draft.files["proof.lrat"] = "";
    CHECK(failed(draft) == "refutation");
    draft.files["proof.lrat"] = proof + "junk\n";
    CHECK(failed(draft) == "refutation");
    draft.files.erase("proof.lrat");
    draft.files["proof.xlrup"] = proof;
    draft.evidence = replaced(draft.evidence, "\"lrat\"", "\"xlrup\"");
    CHECK(failed(draft) == "");
}

TEST_CASE("Refutation: a true difference has no proof", "[checker]") {
    const Draft draft = refutation(last_model, "parity", 2);
    CHECK(draft.files.at("proof.lrat").empty());
    CHECK(failed(draft) == "refutation");
}

TEST_CASE("Hostile sizes are refused before they cost anything", "[checker]") {
    Draft draft = refutation(last_model, "last", 3);
    draft.claim = claim_of("last-one", "last", 1'000'000'000, "verified");
    CHECK(failed(draft) == "question");
    draft = witness();
    draft.claim = claim_of("last-one", "parity", 1'000'000'000, "refuted");
    CHECK(failed(draft) == "question");
    draft = exhaustion();
    draft.files["model.json"] = replaced(last_model, "\"layers\": []",
                                         R"json("layers": [{"attention": {"kind": "hard", "heads": [{"value": [[1]],
                                             "output": [[1]], "bias": "2^(2^(2^(2^(2^9))))"}]}}])json");
    CHECK(failed(draft) == "question");
    draft = refutation(last_model, "last", 3);
    draft.claim = claim_of("last-one", "last", 100'000, "verified");
    CHECK(failed(draft) == "translation");
}

TEST_CASE("What cannot be read is not refused", "[checker]") {
    CHECK(!check("/nonexistent").readable);
    const TemporaryDirectory directory;
    CHECK(!check(directory.path().string()).readable);
    directory.write("manifest.json", "");
    CHECK(check(directory.path().string()).readable);
    CHECK(check(directory.path().string()).obligation == "question");
    CHECK(!check((directory.path() / "manifest.json").string()).readable);
}

TEST_CASE("Collections hold exactly their parts", "[checker]") {
    const auto digest_of = [](const Draft& draft) {
        const std::string manifest = manifest_of(draft);
        return manifest.substr(manifest.find("\"digest\"") + 11, 64);
    };
    const auto collection = [&](const std::string& first_digest) {
        return Draft{"{\"kind\": \"collection\", \"parts\": [{\"directory\": \"a\", \"digest\": \"" + first_digest +
                         "\"}, {\"directory\": \"b\", \"digest\": \"" + digest_of(exhaustion()) + "\"}]}",
                     "",
                     {},
                     "[]",
                     ""};
    };
    const TemporaryDirectory directory;
    const std::string path = directory.path().string();
    write(directory, collection(digest_of(witness())));
    write(directory, witness(), "a/");
    CHECK(check(path).obligation == "digest");
    write(directory, exhaustion(), "b/");
    CHECK(check(path).accepted);
    CHECK(check(path).parts.size() == 2);
    directory.write("c", "");
    CHECK(check(path).obligation == "digest");
    std::filesystem::remove(directory.path() / "c");
    write(directory, collection(std::string(63, '0') + "1"));
    CHECK(check(path).obligation == "digest");
    write(directory, collection(digest_of(witness())));
    Draft wrong = exhaustion();
    wrong.claim = claim_of("last-one", "first", 5, "verified");
    write(directory, wrong, "b/");
    CHECK(check(path).obligation == "exhaustion");
    CHECK(check(path).place.find("b/") == 0);
    Draft with_evidence = collection(digest_of(witness()));
    with_evidence.evidence = "null";
    write(directory, with_evidence);
    CHECK(check(path).obligation == "question");
}
