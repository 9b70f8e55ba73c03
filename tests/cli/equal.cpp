#include <catch2/catch.hpp>

#include "certificate.hpp"

using namespace attest::tests;

TEST_CASE("equal keeps its promise to scripts", "[cli]") {
    const Folder folder;
    const Run same =
        run_attest(folder, {"equal", "zoo:palindrome", "zoo:palindrome", "--length", "8", "--certificate", "e"});
    CHECK(same.status == 0);
    CHECK(same.lines().front().rfind("VERIFIED palindrome and palindrome answer the same", 0) == 0);
    CHECK(Certificate::existing(folder, "e").judge().status == 0);

    const Run differ =
        run_attest(folder, {"equal", "zoo:first", "zoo:last", "--length", "1..3", "--json", "--certificate", "d"});
    CHECK(differ.status == 1);
    const json results = differ.object().at("results");
    CHECK(results.at(0).at("verdict") == "verified");
    CHECK(results.at(0).at("evidence") == "refutation");
    CHECK(results.at(1).at("verdict") == "refuted");
    CHECK(results.at(1).at("answers").at(0) != results.at(1).at("answers").at(1));
    CHECK(run_check(folder, {"d"}).status == 0);
}

TEST_CASE("equal shows both runs on the word", "[cli]") {
    const Run differ = run_attest({"equal", "zoo:first", "zoo:last", "--length", "2"});
    CHECK(differ.has("first on \"10\": accept"));
    CHECK(differ.has("last on \"10\": reject"));
    const Run soft = run_attest({"equal", "zoo:chiang-cholak-parity", "zoo:first", "--length", "2"});
    CHECK(soft.status == 1);
    CHECK(soft.has("score, in balls of"));
}

TEST_CASE("equal shows how the heads of softmax models spread their weight on the word", "[cli]") {
    const Run run = run_attest({"equal", "zoo:chiang-cholak-parity", "zoo:chiang-cholak-first", "--length", "3"});
    INFO(run.out << run.err);
    CHECK(run.status == 1);
    std::size_t scores = 0, reads = 0;
    for (const std::string& line : run.lines()) {
        scores += line.starts_with("    score, in balls of ") ? 1 : 0;
        reads += line.starts_with("    read at ") ? 1 : 0;
    }
    CHECK(scores == 2);
    CHECK(reads == 2);
    CHECK(run.has("    layer 2, head 2\n      4 '$' → "));
}

TEST_CASE("equal compares what programs answer, and what classes models with classes answer", "[cli]") {
    const Folder folder;
    const auto program = [](const std::string& of_b) {
        return R"({"format": "attest/program", "version": 1, "alphabet": ["a", "b"], "variables": [{"name": "t", "input": "symbol"},
            {"name": "m", "map": {"of": ["t"], "table": [[["a"], "x"], [["b"], ")" +
               of_b + R"("]]}}],
            "output": {"positions": "word", "value": "m"}})";
    };
    folder.write("p.json", program("y"));
    folder.write("q.json", program("z"));
    folder.write("m.json",
                 R"({"format": "attest/model", "version": 2, "name": "m", "alphabet": ["0", "1"], "dimension": 1,
        "embedding": {"0": [0], "1": [1]}, "layers": [],
        "readout": {"position": "each", "weight": [[0], [2]], "bias": [1, 0], "classes": ["x", "y"]}})");
    const Run same =
        run_attest(folder, {"equal", "p.json", "m.json", "--map", "a=0,b=1", "--length", "1..3", "--certificate", "c"});
    INFO(same.out << same.err);
    CHECK(same.status == 0);
    CHECK(same.has("all 8 words evaluated exactly by both, and again by the checker"));
    CHECK(run_check(folder, {"c"}).has("VERIFIED all 3 claims of the collection hold: 3 alike"));
    const Run differ = run_attest(folder, {"equal", "p.json", "q.json", "--length", "2", "--certificate", "d"});
    CHECK(differ.status == 1);
    CHECK(differ.has("REFUTED p and q do not answer the same at length 2"));
    CHECK(differ.has("on \"ab\" p says y at position 2, q z\n"));
    CHECK(differ.has("  p on \"ab\": x y\n  q on \"ab\": x z\n"));
    CHECK(run_check(folder, {"d"}).has("\"p\" does not give the answers of \"q\" on all words of length 2"));
    const json one = run_attest(folder, {"equal", "p.json", "q.json", "--length", "2", "--json"}).object();
    CHECK(one.at("results").at(0).at("answers") == json({"y", "z"}));
    CHECK(one.at("results").at(0).at("position") == 2);
    const auto complains = [&](const std::vector<std::string>& arguments, const std::string& why) {
        std::vector<std::string> all = {"equal"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        return run_attest(folder, all).complains(why);
    };
    const Run proved = run_attest(folder, {"equal", "p.json", "p.json", "--length", "30", "--certificate", "e"});
    CHECK(proved.status == 0);
    CHECK(proved.has("LRAT proof of"));
    CHECK(run_check(folder, {"e"}).status == 0);
    CHECK(run_attest(folder, {"equal", "p.json", "q.json", "--length", "30"}).status == 1);
    CHECK(run_attest(folder, {"equal", "p.json", "m.json", "--map", "a=0,b=1", "--length", "2", "--method", "circuit"})
              .status == 3);
    CHECK(complains({"zoo:first", "zoo:last", "--answers", "--length", "all"}, "--answers: expected with one length"));
    const Run scores = run_attest(folder, {"equal", "zoo:first", "zoo:last", "--answers", "--length", "2"});
    CHECK(scores.status == 3);
    CHECK(scores.err.find("it answers no texts") != std::string::npos);
}

TEST_CASE("equal holds tables against models, and letters against bits", "[cli]") {
    const std::string tables = ATTEST_SOURCE "/examples/parity-6.json";
    const json soft = run_attest({"equal", tables, "zoo:chiang-cholak-parity", "--length", "6", "--json"}).object();
    CHECK(soft.at("results").at(0).at("verdict") == "verified");
    CHECK(soft.at("results").at(0).at("words") == 64);
    CHECK(run_attest({"equal", tables, "zoo:first", "--length", "5"}).complains("the length of the tables"));
    const Run mapped = run_attest({"equal", "zoo:anbn", "zoo:zeros-then-ones", "--map", "a=0,b=1", "--length", "3"});
    CHECK(mapped.status == 1);
    CHECK(mapped.has("anbn on \""));
    CHECK(run_attest({"equal", "zoo:anbn", "zoo:first", "--length", "2"}).complains("the second model"));
    CHECK(run_attest({"equal", "zoo:anbn", "zoo:first", "--map", "a=0,b=0", "--length", "2"})
              .complains("the second model"));
    CHECK(run_attest({"equal", "zoo:first", "zoo:last", "--length", "2", "--method", "guess"}).complains("--method"));
}

namespace {

/// Of a word's symbols a mean that weighs later ones more, against a bound.
std::string weighing(const std::string& name, const std::string& bias) {
    return R"json({"format": "attest/model", "version": 1, "name": ")json" + name +
           R"json(", "alphabet": ["0", "1"], "dimension": 2, "embedding": {"0": [-1, 0], "1": [1, 0]},
        "layers": [{"attention": {"kind": "softmax", "heads": [{"value": [[1, 0]], "output": [[0], [1]], "bias": "log(j)"}]}}],
        "readout": {"position": "last", "weight": [0, 1], "bias": ")json" +
           bias + "\"}}";
}

/// The same at each position, of what is before it.
std::string weighing_each(const std::string& name, const std::string& bias) {
    return R"json({"format": "attest/model", "version": 2, "name": ")json" + name +
           R"json(", "alphabet": ["0", "1"], "dimension": 2, "embedding": {"0": [-1, 0], "1": [1, 0]},
        "layers": [{"attention": {"kind": "softmax", "mask": "causal", "heads": [{"value": [[1, 0]], "output": [[0], [1]],
        "bias": "log(j)"}]}}],
        "readout": {"position": "each", "weight": [[0, 1], [0, -1]], "bias": [")json" +
           bias + R"json(", 0], "classes": ["x", "y"]}})json";
}

}  // namespace

TEST_CASE("equal searches for a difference where there are too many words", "[cli]") {
    const Folder folder;
    folder.write("a.json", weighing("a", "-9/10"));
    folder.write("b.json", weighing("b", "-93/100"));
    const Run differ = run_attest(folder, {"equal", "a.json", "b.json", "--length", "40", "--certificate", "d"});
    INFO(differ.out << differ.err);
    CHECK(differ.status == 1);
    CHECK(differ.lines().front().starts_with("REFUTED a and b do not answer the same at length 40"));
    CHECK(differ.has("a says accept, b reject"));
    CHECK(run_check(folder, {"d"}).status == 0);

    folder.write("c.json", weighing_each("c", "1/7"));
    folder.write("e.json", weighing_each("e", "1/6"));
    const Run texts =
        run_attest(folder, {"equal", "c.json", "e.json", "--answers", "--length", "40", "--certificate", "t"});
    INFO(texts.out << texts.err);
    CHECK(texts.status == 1);
    CHECK(run_check(folder, {"t"}).status == 0);
    const Run same = run_attest(folder, {"equal", "c.json", "c.json", "--answers", "--length", "40"});
    CHECK(same.status == 3);
    CHECK(same.has("more than 4194304 words of length 40, and no difference among 1024 guesses"));
}
