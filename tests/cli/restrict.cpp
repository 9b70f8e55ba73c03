#include <catch2/catch.hpp>

#include "certificate.hpp"

using namespace attest::tests;

namespace {

json restricted(const std::vector<std::string>& arguments, int status = 0) {
    std::vector<std::string> all{"restrict"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    all.emplace_back("--json");
    const Run result = run_attest(all);
    INFO(result.out << result.err);
    CHECK(result.status == status);
    return result.object();
}

}  // namespace

TEST_CASE("restrict keeps its promise to scripts", "[cli]") {
    const json palindrome = restricted({"zoo:palindrome", "--length", "6"});
    CHECK(palindrome.at("command") == "restrict");
    CHECK(palindrome.at("free") == 4);
    CHECK(palindrome.at("fixed").size() == 2);
    CHECK(palindrome.at("constant") == "reject");
    CHECK(palindrome.at("optimal") == true);
    // The two that are fixed mirror each other, and differ.
    std::vector<std::pair<int, std::string>> fixed;
    for (const auto& [position, symbol] : palindrome.at("fixed").items())
        fixed.emplace_back(std::stoi(position), symbol);
    CHECK(fixed[0].first + fixed[1].first == 7);
    CHECK(fixed[0].second != fixed[1].second);
}

TEST_CASE("restrict on models whose answer is known", "[cli]") {
    const json dead = restricted({"zoo:chiang-cholak-parity-hard", "--length", "16"});
    CHECK(dead.at("free") == 16);
    CHECK(dead.at("fixed").empty());
    CHECK(dead.at("constant") == "reject");
    CHECK(dead.at("pair").size() == 2);

    const json tree = restricted({"zoo:parity-tree-2-1", "--length", "3"});
    CHECK(tree.at("free") == 0);
    CHECK(tree.at("optimal") == true);
    CHECK_FALSE(tree.contains("pair"));
    CHECK(run_attest({"restrict", "zoo:parity-tree-2-1", "--length", "3"}).has("nothing can be silenced"));

    const json brackets = restricted({"zoo:dyck-2-depth-2", "--length", "4"});
    CHECK(brackets.at("free") == 3);
    const json averages = restricted({"zoo:average-majority", "--length", "7"});
    CHECK(averages.at("free") == 3);
    const json empty = restricted({"zoo:palindrome", "--length", "0"});
    CHECK(empty.at("free") == 0);
    CHECK(empty.at("constant") == "accept");
}

TEST_CASE("restrict finds the same optimum by enumeration and by search", "[cli]") {
    for (const std::string model :
         {"zoo:palindrome", "zoo:dyck-1-depth-3", "zoo:parity-tree-2-2", "zoo:contains-11", "zoo:tomita-4", "zoo:anbn"})
        for (const std::string length : {"5", "8"}) {
            CAPTURE(model, length);
            const json one = restricted({model, "--length", length, "--depends", "2", "--method", "enumeration"});
            const json other = restricted({model, "--length", length, "--depends", "2", "--method", "search"});
            for (std::size_t c = 0; c <= 2; ++c)
                CHECK(one.at("dependence")[c].at("free") == other.at("dependence")[c].at("free"));
        }
}

TEST_CASE("restrict follows the layers, runs Hahn's algorithm, and draws", "[cli]") {
    const Folder folder;
    const Run result = run_attest(folder, {"restrict", "zoo:palindrome", "--length", "8", "--plot", "r.svg", "--json"});
    REQUIRE(result.status == 0);
    const json object = result.object();
    CHECK(object.at("layers").size() == 3);
    CHECK(object.at("layers")[1].at("most") == 2);
    CHECK(object.at("layers")[2].at("depends_on")[0].is_null());
    const json hahn = object.at("hahn");
    CHECK(hahn.at("layers").size() == 2);
    CHECK(hahn.at("free").get<int>() <= 6 + static_cast<int>(hahn.at("depends_on").size()));
    CHECK(hahn.at("best_free").at("value") >= hahn.at("free"));
    CHECK(hahn.at("promise").at("vacuous") == true);
    const std::string drawing = folder.read("r.svg");
    CHECK(drawing.rfind("<svg ", 0) == 0);
    CHECK(drawing.find("6 of 8 positions free") != std::string::npos);
    CHECK(run_attest(folder, {"restrict", "zoo:palindrome", "--length", "8", "--plot", "no/r.svg"})
              .complains("no/r.svg"));
    for (const std::string bad : {"0", "1", "5/4", "0/3", "1/0", "-1/2", "x", "1/99999999999"}) {
        CAPTURE(bad);
        CHECK(run_attest({"restrict", "zoo:palindrome", "--length", "4", "--eta=" + bad})
                  .complains("--eta: expected a fraction"));
    }
    CHECK(run_attest({"restrict", "zoo:average-majority", "--length", "5"}).has("does not speak of average attention"));
    // The same seed, the same bytes; another seed may fix other inputs.
    const auto run_of = [](const std::string& seed) {
        return restricted({"zoo:palindrome", "--length", "12", "--seed", seed, "--method", "search"}).at("hahn");
    };
    CHECK(run_of("3") == run_of("3"));
    CHECK(run_of("3").at("restriction") != run_of("4").at("restriction"));
}

TEST_CASE("restrict keeps certificates that both checkers accept, and refuses changed ones", "[cli]") {
    const Folder folder;
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
        {{"zoo:chiang-cholak-parity-hard", "--length", "16"}, "rejects every word that agrees with 0 of 16 symbols"},
        {{"zoo:palindrome", "--length", "7"},
         "rejects every word that agrees with 2 of 7 symbols, and fewer do not settle the answer"},
        {{"zoo:average-majority", "--length", "5"}, "and fewer do not settle the answer"},
        {{"zoo:parity-tree-2-2", "--length", "8"}, "nothing can be silenced"}};
    for (const auto& [arguments, claim] : cases) {
        CAPTURE(arguments);
        std::vector<std::string> all{"restrict"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        all.insert(all.end(), {"--certificate", "r"});
        const Run result = run_attest(folder, all);
        INFO(result.out << result.err);
        REQUIRE(result.status == 0);
        const Certificate whole = Certificate::existing(folder, "r");
        const auto judgement = whole.judge();
        CHECK(judgement.status == 0);
        CHECK(judgement.text.find(claim) != std::string::npos);
        // The same bytes again.
        const std::string manifest = whole.read("manifest.json");
        REQUIRE(run_attest(folder, all).status == 0);
        CHECK(whole.read("manifest.json") == manifest);
    }
}

TEST_CASE("changed claims about restrictions are refused by their obligation", "[cli]") {
    const Folder folder;
    REQUIRE(run_attest(folder, {"restrict", "zoo:contains-11", "--length", "6", "--certificate", "r"}).status == 0);
    const Certificate whole = Certificate::existing(folder, "r");
    using Manifest = nlohmann::ordered_json;
    const auto refused = [&](const std::string& pointer, const json& value, const std::string& obligation) {
        const Certificate damaged = whole.copy();
        Manifest manifest = damaged.manifest();
        const Manifest::json_pointer at(pointer);
        if (value.is_null()) manifest[at.parent_pointer()].erase(at.back());
        else manifest[at] = value;
        damaged.seal(manifest);
        CAPTURE(pointer, value);
        const auto judgement = damaged.judge();
        CHECK(judgement.status == 2);
        CHECK(judgement.obligation == obligation);
    };
    const json claim = json::parse(whole.manifest().at("claim").dump());
    const std::string position = claim.at("fixed").items().begin().key();
    refused("/claim/answer", claim.at("answer") == "accept" ? "reject" : "accept", "translation");
    refused("/claim/fixed/" + position, claim.at("fixed").at(position) == "1" ? "0" : "1", "translation");
    refused("/claim/fixed/7", "0", "question");
    refused("/claim/fixed/0", "0", "question");
    refused("/claim/fixed/01", "0", "question");
    refused("/claim/fixed/" + position, "2", "question");
    refused("/claim/pair", json(nullptr), "question");
    refused("/claim/pair", json::array({claim.at("pair")[0], claim.at("pair")[0]}), "witness");
    refused("/claim/pair/1", "01", "witness");
    refused("/claim/optimal", false, "question");
    refused("/claim/verdict", "verified", "question");
    refused("/claim/length", 7, "translation");
    refused("/claim/kind", "sensitive", "question");
    refused("/evidence/open", json(nullptr), "question");
    refused("/evidence/open", json::array(), "optimality");
    refused("/evidence/open/0", "0", "optimality");
    refused("/evidence/words", 4, "question");
    refused("/evidence/drops", json::array({{0, 1, 0}}), "translation");
    refused("/evidence", {{"kind", "witness"}, {"word", "000000"}, {"expected", "accept"}, {"actual", "reject"}},
            "question");
}

TEST_CASE("changed claims that nothing can be silenced are refused by their obligation", "[cli]") {
    const Folder folder;
    REQUIRE(run_attest(folder, {"restrict", "zoo:parity-tree-2-1", "--length", "3", "--certificate", "r"}).status == 0);
    const Certificate whole = Certificate::existing(folder, "r");
    REQUIRE(whole.manifest().at("claim").at("kind") == "sensitive");
    REQUIRE(whole.manifest().at("evidence").at("kind") == "refutation");
    using Manifest = nlohmann::ordered_json;
    const auto refused = [&](const Certificate& damaged, Manifest manifest, const std::string& obligation) {
        damaged.seal(std::move(manifest));
        const auto judgement = damaged.judge();
        CHECK(judgement.status == 2);
        CHECK(judgement.obligation == obligation);
    };
    const auto changed = [&](const std::string& pointer, const json& value, const std::string& obligation) {
        CAPTURE(pointer, value);
        Manifest manifest = whole.manifest();
        manifest[Manifest::json_pointer(pointer)] = value;
        refused(whole.copy(), manifest, obligation);
    };
    changed("/claim/length", 2, "translation");
    changed("/claim/length", 0, "question");
    changed("/claim/answer", "accept", "question");
    changed("/claim/fixed", json::object(), "question");
    changed("/claim/optimal", true, "question");
    changed("/claim/kind", "restriction", "question");
    changed("/evidence/open", json::array(), "question");
    // The proof cut off, and of nothing.
    const std::string proof = whole.read("proof.lrat");
    for (const std::string& bytes : {proof.substr(0, proof.size() / 2), std::string()}) {
        const Certificate damaged = whole.copy();
        damaged.write("proof.lrat", bytes);
        refused(damaged, damaged.manifest(), "refutation");
    }
    // A model of which it is not true, under the proof for the other.
    REQUIRE(run_attest(folder, {"zoo", "export", "palindrome", "-o", "p.json"}).status == 0);
    const Certificate damaged = whole.copy();
    damaged.write("model.json", folder.read("p.json"));
    Manifest manifest = damaged.manifest();
    manifest["claim"]["model"] = "palindrome";
    refused(damaged, manifest, "translation");
}

TEST_CASE("restrict says where it does not know", "[cli]") {
    const Run many = run_attest({"restrict", "zoo:chiang-cholak-first", "--length", "40"});
    CHECK(many.status == 3);
    CHECK(many.err.find("undecided: memory: more than") != std::string::npos);
    CHECK(run_attest({"restrict", "zoo:palindrome", "--length", "6", "--method", "guess"})
              .complains("--method: expected automatic"));
    CHECK(run_attest({"restrict", "zoo:palindrome", "--length", "6", "--depends", "-1"}).status == 2);
}
