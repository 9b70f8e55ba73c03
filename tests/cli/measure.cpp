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
    for (const char* key : {"sensitivity", "block_sensitivity", "certificate_complexity", "certificate_complexity_minimum",
                            "decision_tree_depth", "degree", "threshold_degree"}) {
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
        for (const char* key : {"model", "language", "circuit", "bounds"}) m->erase(key);  // theorems ask where a function is from
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

TEST_CASE("measure refuses what is no function of bits, in one line", "[cli]") {
    CHECK(run_attest({"measure"}).complains("expected one of MODEL, --language and --circuit, found 0"));
    CHECK(run_attest({"measure", "zoo:first", "--language", "first", "--length", "3"}).complains("found 2"));
    CHECK(run_attest({"measure", "zoo:first"}).complains("--length: expected the number of symbols"));
    const Run brackets = run_attest({"measure", "--language", "dyck:2", "--length", "4"});
    CHECK(brackets.status == 2);
    CHECK(brackets.complains("expected an alphabet of two symbols"));
    CHECK(run_attest({"measure", "--language", "table:6996", "--length", "5"}).complains("is defined"));
}
