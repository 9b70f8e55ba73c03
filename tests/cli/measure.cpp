#include <catch2/catch.hpp>

#include "model_text.hpp"
#include "run.hpp"

// attest measure: keys and guarantees of the promise, functions from models, languages and circuits.

using namespace attest::tests;

namespace {

json measured(const std::vector<std::string>& arguments) {
    std::vector<std::string> all = {"measure", "--json"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const Run run = run_attest(all);
    INFO(run.err);
    REQUIRE(run.status == 0);
    return run.object();
}

}  // namespace

TEST_CASE("measure has the promised keys, and PARITY the greatest value of each", "[cli]") {
    const json m = measured({"--language", "parity", "--length", "10"});
    for (const char* key : {"sensitivity", "block_sensitivity", "certificate_complexity",
                            "certificate_complexity_minimum", "decision_tree_depth", "degree", "threshold_degree"}) {
        INFO(key);
        CHECK(m.at(key).at("value") == 10);
        CHECK(m.at(key).at("guarantee") == "exact");
    }
    CHECK(m.at("average_sensitivity").at("value") == "10");
    CHECK(m.at("influences").at("value") == json(std::vector<std::string>(10, "1")));
    CHECK(m.at("influences").at("guarantee") == "exact");
    CHECK(m.at("accepted_words").at("value") == 512);
}

TEST_CASE("a model, its language and its circuit have the same measures", "[cli]") {
    const Folder folder;
    REQUIRE(run_attest(folder, {"compile", "zoo:palindrome", "--length", "9", "-o", "p.aig"}).status == 0);
    json model = measured({"zoo:palindrome", "--length", "9"});
    json language = measured({"--language", "palindrome", "--length", "9"});
    json circuit = measured({"--circuit", folder / "p.aig"});
    for (json* m : {&model, &language, &circuit}) {
        for (const char* key : {"model", "language", "circuit", "bounds"})
            m->erase(key);  // theorems ask where a function is from
    }
    CHECK(model == language);
    CHECK(model == circuit);
    CHECK(model.at("sensitivity").at("rejected").at("value") == 2);
    CHECK(model.at("accepted_words").at("value") == 32);
}

TEST_CASE("models of average attention are measured by exact evaluation", "[cli]") {
    json model = measured({"zoo:average-majority", "--length", "7"});
    json language = measured({"--language", "majority", "--length", "7"});
    for (const char* key : {"model", "language", "bounds"}) {
        model.erase(key);
        language.erase(key);
    }
    CHECK(model == language);
    CHECK(model.at("average_sensitivity").at("value") == "35/16");
}

TEST_CASE("the spectrum is asked about, written and drawn", "[cli]") {
    const Folder folder;
    const json m = measured({"--language", "parity", "--length", "3", "--noise", "1/2,-1", "--concentration", "0.5",
                             "--spectrum", folder / "s.csv", "--plot", folder / "p.svg"});
    const json& fourier = m.at("fourier");
    CHECK(fourier.at("noise_stability").at(0).at("value") == "1/8");
    CHECK(fourier.at("noise_stability").at(1).at("value") == "-1");
    CHECK(fourier.at("concentration").at(0).at("level") == 3);
    CHECK(folder.read("s.csv") == "positions,coefficient\n1 2 3,1\n");
    CHECK(folder.read("p.svg").find("influence by position; average sensitivity 3 (PARITY: 3)") != std::string::npos);
    CHECK(run_attest({"measure", "--language", "parity", "--length", "3", "--noise", "2"})
              .complains("--noise: expected a number from -1 to 1, found 2"));
    CHECK(run_attest({"measure", "--language", "parity", "--length", "3", "--noise", "1/0"}).status == 2);
    CHECK(run_attest({"measure", "--language", "parity", "--length", "40", "--spectrum", folder / "t.csv"})
              .complains("--spectrum: expected a function whose truth table"));
    CHECK(folder.listing() == std::vector<std::string>{"p.svg", "s.csv"});
}

TEST_CASE("proofs about sensitivity are kept, and say what they claim", "[cli]") {
    const Folder folder;
    measured({"zoo:palindrome", "--length", "8", "--proofs", folder / "proofs"});
    const json list = json::parse(folder.read("proofs/sensitivity.json"));
    REQUIRE(list.at("refuted").size() == 1);
    const json& refuted = list.at("refuted").at(0);
    CHECK(refuted.at("claim") == "no word is rejected and has 3 sensitive positions or more");
    CHECK(folder.read("proofs/" + refuted.at("formula").get<std::string>()).substr(0, 6) == "p cnf ");
    CHECK(!folder.read("proofs/" + refuted.at("proof").get<std::string>()).empty());
    // Models of average attention have the circuit of their answers.
    measured({"zoo:average-majority", "--length", "5", "--proofs", folder / "tabulated"});
    CHECK(json::parse(folder.read("tabulated/sensitivity.json")).at("refuted").size() >= 1);
}

TEST_CASE("at length 64 a palindrome is measured exactly without a truth table", "[cli]") {
    const json m = measured({"zoo:palindrome", "--length", "64"});
    for (const char* key : {"sensitivity", "average_sensitivity", "block_sensitivity", "certificate_complexity",
                            "certificate_complexity_minimum", "decision_tree_depth", "degree", "threshold_degree",
                            "influences", "accepted_words"}) {
        INFO(key);
        CHECK(m.at(key).at("guarantee") == "exact");
    }
    CHECK(m.at("accepted_words").at("value") == 4294967296);
    CHECK(m.at("average_sensitivity").at("value") == "1/33554432");
    CHECK(m.at("threshold_degree").at("value") == 2);
    CHECK(m.at("certificate_complexity").at("rejected").at("value") == 2);
}

TEST_CASE("measure refuses what is no function of bits, in one line", "[cli]") {
    CHECK(run_attest({"measure"}).complains("expected one of MODEL, --language and --circuit, found 0"));
    CHECK(run_attest({"measure", "zoo:first", "--language", "first", "--length", "3"}).complains("found 2"));
    CHECK(run_attest({"measure", "zoo:first"}).complains("--length: expected the number of symbols"));
    const Run brackets = run_attest({"measure", "--language", "dyck:2", "--length", "4"});
    CHECK(brackets.status == 2);
    CHECK(brackets.complains("expected an alphabet of two symbols"));
    CHECK(run_attest({"measure", "--language", "table:6996", "--length", "5"}).complains("is defined"));
}
