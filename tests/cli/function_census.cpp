// What attest threshold says of all functions of a few bits, and of the least class for one.

#include <catch2/catch.hpp>
#include <cstdint>
#include <map>

#include "run.hpp"

using namespace attest::tests;

namespace {

/// The numbers of a class in a record: layers, heads, activations or 0.
std::vector<int> numbers(const json& of) {
    return {of["layers"].get<int>(), of["heads"].get<int>(),
            of["activations"].is_null() ? 0 : of["activations"].get<int>()};
}

}  // namespace

TEST_CASE("All functions of five inputs have a network with one bit, found in two runs and certified", "[cli]") {
    const Folder folder;
    Setting setting;
    setting.folder = folder.path();
    setting.timeout = 600;
    const Run first = run_attest({"threshold", "--census", "5", "--journal", "j", "--timeout", "3", "--json"}, setting);
    CHECK(first.status == 3);
    const json early = first.object();
    CHECK(early["answer"] == "undecided");
    CHECK(early["reason"] == "deadline");
    CHECK(early["wanted"] == 616126);
    CHECK(early["found"] < 616126);
    const Run second = run_attest(
        {"threshold", "--census", "5", "--journal", "j", "--threads", "2", "--certificate", "c", "--json"}, setting);
    REQUIRE(second.status == 0);
    const json object = second.object();
    CHECK(object["answer"] == "possible");
    CHECK(object["found"] == 616126);
    CHECK(object["functions"] == std::uint64_t{1} << 32U);
    std::uint64_t functions = 0, classes = 0;
    for (const json& size : object["sizes"]) {
        functions += size["functions"].get<std::uint64_t>() * size["classes"].get<std::uint64_t>();
        classes += size["classes"].get<std::uint64_t>();
    }
    CHECK(functions == std::uint64_t{1} << 32U);
    CHECK(classes == 616126);
    const Run checked = run_check(folder, {"c"});
    CHECK(checked.status == 0);
    CHECK(
        checked.has("each function of 5 bits is computed by some hard-attention network of 2 layers, 1 head, 2 "
                    "activations, read at an end symbol"));
}

TEST_CASE("The least classes for a function: fewer heads by another layer, with each bound certified", "[cli]") {
    const Folder folder;
    const Run run =
        run_attest(folder, {"threshold", "parity", "--least", "--length", "3", "--certificate", "l", "--json"});
    REQUIRE(run.status == 0);
    const json object = run.object();
    CHECK(object["undecided"] == 0);
    REQUIRE(object["least"].size() == 2);
    CHECK(numbers(object["least"][0]) == std::vector<int>{1, 3, 0});
    CHECK(numbers(object["least"][1]) == std::vector<int>{2, 1, 2});
    std::map<std::vector<int>, std::string> answers;
    for (const json& q : object["questions"]) {
        answers[numbers(q["class"])] = q["answer"];
        CHECK(q["certificate"].is_string());
    }
    CHECK(answers == std::map<std::vector<int>, std::string>{{{1, 1, 0}, "impossible"},
                                                             {{1, 2, 0}, "impossible"},
                                                             {{1, 3, 0}, "possible"},
                                                             {{2, 1, 0}, "possible"},
                                                             {{2, 1, 2}, "possible"}});
    CHECK(run_check(folder, {"l"}).has("all 5 claims"));
    const json one = run_attest(folder, {"threshold", "table:0f", "--least", "--length", "3", "--json"}).object();
    REQUIRE(one["least"].size() == 1);
    CHECK(numbers(one["least"][0]) == std::vector<int>{1, 1, 0});
}

TEST_CASE("Measures over all functions of a class, counted as theory counts them", "[cli]") {
    const Folder folder;
    // Parity alone has this average sensitivity, and needs three heads.
    const json all =
        run_attest(folder, {"threshold", "--measure", "average-sensitivity", "--length", "3", "--heads", "3", "--json"})
            .object();
    CHECK(all["functions"] == 256);
    CHECK(all["none"] == 0);
    CHECK(all["greatest"] == "3");
    CHECK(all["values"].back()["functions"] == 2);
    const json two =
        run_attest(folder, {"threshold", "--measure", "average-sensitivity", "--length", "3", "--heads", "2", "--json"})
            .object();
    CHECK(two["functions"] == 254);
    CHECK(two["none"] == 2);
    CHECK(two["greatest"] != "3");
    const Run degree = run_attest(
        folder, {"threshold", "--measure", "degree", "--length", "3", "--heads", "3", "--certificate", "d", "--json"});
    const json measured = degree.object();
    std::map<std::string, int> by_degree;
    for (const json& value : measured["values"]) {
        by_degree[value["value"]] = value["functions"].get<int>();
        CHECK(run_check(folder, {"d/" + value["part"].get<std::string>()}).status == 0);
    }
    CHECK(by_degree["0"] == 2);
    CHECK(by_degree["1"] == 6);
    // The degree is less than 3 iff as many words of odd as of even weight are accepted: of C(8, 4) functions.
    CHECK(by_degree["2"] == 70 - 6 - 2);
    CHECK(by_degree["3"] == 256 - 70);
    for (const char* measure : {"sensitivity", "certificates"})
        CHECK(run_attest(folder, {"threshold", "--measure", measure, "--length", "2"})
                  .has("14 functions have a network"));
}

TEST_CASE("Questions about all functions that make no sense are refused in one line", "[cli]") {
    const Folder folder;
    const auto complains = [&](std::vector<std::string> words, const std::string& what) {
        CAPTURE(words);
        words.insert(words.begin(), "threshold");
        CHECK(run_attest(folder, words).complains(what));
    };
    complains({"--census", "5", "--layers", "1"}, "--census 5: expected two layers of one head");
    complains({"--census", "5", "--heads", "2"}, "--census 5: expected two layers of one head");
    complains({"--census", "5", "--activations", "3"}, "--census 5: expected two layers of one head");
    complains({"--census", "5", "--read", "last"}, "--census 5: expected two layers of one head");
    complains({"--census", "4", "--journal", "j"}, "--journal: expected --census 5");
    complains({"--census", "6"}, "--census");
    complains({"--census", "3", "--length", "3"}, "--length");
    complains({"--measure", "degree"}, "--measure: expected --length, found none");
    complains({"parity", "--least"}, "--least: expected --length, found none");
    complains({"parity", "--length", "3"}, "--length: expected --least or --measure with it");
    complains({"--measure", "degree", "--length", "5"}, "--length: expected 2 to 4 with --measure, found 5");
    complains({"--measure", "degree", "--length", "3", "--mask", "strict"}, "--measure: expected no --mask");
    complains({"parity", "--least", "--length", "3", "--activations", "2"}, "--activations");
    complains({"table:6996", "--least", "--length", "3"}, "expected a length at which");
    complains({"--least", "--length", "3"}, "LANGUAGE: expected a language");
}
