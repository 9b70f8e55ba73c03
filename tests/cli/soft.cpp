#include <catch2/catch.hpp>

#include "model_text.hpp"
#include "run.hpp"

// Softmax models from the command line: evaluation, proofs, certificates.

using namespace attest::tests;

TEST_CASE("softmax constructions of the zoo are right where the catalogue says", "[cli]") {
    std::size_t seen = 0;
    const json rows = run_attest({"zoo", "--json"}).object().at("models");
    for (const json& row : rows) {
        if (row.at("attention") != "softmax" || row.at("lengths") == "no claim") continue;
        for (const std::string name : row.at("examples")) {
            ++seen;
            const std::string lengths = run_attest({"zoo", "show", name, "--json"}).object().at("model").at("lengths");
            const std::string range = lengths == "all"                 ? "0..7"
                                      : lengths.rfind("N >= ", 0) == 0 ? lengths.substr(5) + "..7"
                                                                       : lengths.substr(4);
            CAPTURE(name, range);
            const Run run = run_attest(
                {"prove", "zoo:" + name, "--language", row.at("language"), "--length", range, "--json", "-q"});
            CHECK(run.status == 0);
            for (const json& result : run.object().at("results")) {
                CHECK(result.at("verdict") == "verified");
                CHECK(result.at("evidence") == "exhaustion");
                CHECK(result.at("margin").at("guarantee") == "lower");
            }
        }
    }
    CHECK(seen >= 14);
}

TEST_CASE("eval of a softmax model gives an interval around the score", "[cli]") {
    const Run run = run_attest({"eval", "zoo:chiang-cholak-parity", "--word", "0110", "0111", "", "--json"});
    CHECK(run.status == 0);
    const json results = run.object().at("results");
    CHECK(results[0].at("answer") == "reject");
    CHECK(results[1].at("answer") == "accept");
    CHECK(results[2].at("answer") == "reject");
    CHECK(std::stod(results[0].at("score")[0].get<std::string>()) == Approx(-0.0498997514281862));
    CHECK(std::stod(results[0].at("score")[0].get<std::string>()) <=
          std::stod(results[0].at("score")[1].get<std::string>()));
}

TEST_CASE("prove --json traces the counterexample of a softmax model", "[cli]") {
    const json object =
        run_attest({"prove", "zoo:chiang-cholak-parity", "--language", "even", "--length", "2..3", "--json"}).object();
    for (const json& result : object.at("results")) {
        CHECK(result.at("verdict") == "refuted");
        const std::string word = result.at("counterexample");
        const json told = run_attest({"eval", "zoo:chiang-cholak-parity", "--word", word, "--trace", "--json"})
                              .object()["results"][0];
        CHECK(result.at("trace").at("sequence") == told.at("trace").at("sequence"));
        CHECK(result.at("trace").at("layers").size() == told.at("trace").at("layers").size());
        for (const json& look : result.at("trace").at("layers")[0][0])
            for (const json& weight : look.at("weights"))
                CHECK(std::stod(weight[0].get<std::string>()) <= std::stod(weight[1].get<std::string>()));
        const double low = std::stod(result.at("score")[0].get<std::string>()),
                     high = std::stod(result.at("score")[1].get<std::string>());
        CHECK(low <= high);
        CHECK((low > 0) == (result.at("actual") == "accept"));
        CHECK_FALSE(result.contains("logits"));
    }
    const json right =
        run_attest({"prove", "zoo:chiang-cholak-parity", "--language", "parity", "--length", "3", "--json"}).object();
    CHECK_FALSE(right.at("results")[0].contains("trace"));
}

TEST_CASE("eval --trace of a softmax model says how each head spreads its weight", "[cli]") {
    const Run run = run_attest({"eval", "zoo:chiang-cholak-parity", "--word", "0110", "--trace"});
    CHECK(run.status == 0);
    CHECK(run.has("      5 '$' → 1 '0' to 5 '$' evenly"));
    // Scores of even and odd positions differ by 2: e^2 / (2 e^2 + 3), and 1 / (2 e^2 + 3).
    CHECK(
        run.has("    layer 2, head 2\n      5 '$' → 2 '1' 4.156e-01…4.157e-01, 4 '0' 4.156e-01…4.157e-01, "
                "1 '0' 5.624e-02…5.625e-02, 3 '1' 5.624e-02…5.625e-02, 5 '$' 5.624e-02…5.625e-02\n"));
    const json trace = run_attest({"eval", "zoo:chiang-cholak-parity", "--word", "0110", "--trace", "--json"})
                           .object()["results"][0]["trace"];
    const json looks = trace["layers"][0][0][4];
    CHECK(looks["position"] == 5);
    CHECK(looks["attends"] == json({1, 2, 3, 4, 5}));
    for (const json& weight : looks["weights"])
        CHECK((std::stod(weight[0].get<std::string>()) < 0.2 && std::stod(weight[1].get<std::string>()) >= 0.2));
    CHECK(trace["layers"][1][0].size() == 1);
}

TEST_CASE("a certificate of a softmax model is re-checked, and refused when it says more", "[cli]") {
    const Folder folder;
    const Run made = run_attest(
        folder, {"prove", "zoo:chiang-cholak-parity", "--language", "parity", "--length", "5", "--certificate", "c"});
    CHECK(made.status == 0);
    CHECK(made.has("all words by their counts (6 kinds), margin >= 4.231"));
    CHECK(run_attest(folder, {"check", "c"}).status == 0);
    CHECK(run_attest(folder, {"check", "c"}).has("all words, in 6 kinds by their counts, evaluated in intervals"));
    CHECK(run_attest({"prove", "zoo:chiang-cholak-parity-norm", "--language", "parity", "--length", "3"})
              .has("all words by their counts (4 kinds), margin >= "));
}

TEST_CASE("long words are proved by counts, and the checker finds by itself that counts are all that matters",
          "[cli]") {
    const Folder folder;
    const Run made = run_attest(folder, {"prove", "zoo:chiang-cholak-first", "--language", "first", "--length", "30",
                                         "--json", "--certificate", "c"});
    CHECK(made.status == 0);
    const json result = made.object().at("results")[0];
    CHECK(result.at("by") == "counts");
    CHECK(result.at("words") == 60);
    CHECK(std::stod(result.at("cross_entropy").at("value")[1].get<std::string>()) < 1);
    CHECK(run_attest(folder, {"check", "c"}).has("all words, in 60 kinds by their counts, evaluated in intervals"));
    CHECK(run_attest({"prove", "zoo:chiang-cholak-parity", "--language", "parity", "--length", "60"})
              .has("all words by their counts (61 kinds), margin >= "));
    CHECK(run_attest({"prove", "zoo:chiang-cholak-parity", "--language", "last", "--length", "60"}).status == 1);
    // Too many words, and they count by position: a mistake may be guessed, many words may be bounded at a time, but of
    // words that are too long for that it is not known that there is none.
    CHECK(run_attest({"prove", "zoo:random-bounded-2-2-8-seed-1", "--language", "parity", "--length", "60"}).status ==
          1);
    CHECK(run_attest({"prove", "zoo:random-bounded-2-2-8-seed-1", "--language", "regex:0", "--length", "60"}).status ==
          0);
    CHECK(run_attest({"prove", "zoo:random-bounded-2-2-8-seed-1", "--language", "regex:0", "--length", "65"}).status ==
          3);
}

TEST_CASE("a softmax model that is wrong is refuted by a word whose sign is certain", "[cli]") {
    const Folder folder;
    const Run run = run_attest(folder, {"prove", "zoo:chiang-cholak-parity", "--language", "majority", "--length", "3",
                                        "--json", "--certificate", "c"});
    CHECK(run.status == 1);
    const json result = run.object().at("results")[0];
    CHECK(result.at("evidence") == "witness");
    CHECK(result.at("counterexample") == "011");
    CHECK(run_attest(folder, {"check", "c"}).status == 0);
    CHECK(run_attest({"prove", "zoo:chiang-cholak-parity", "--language", "majority", "--length", "3"})
              .has("score, in balls of 128 bits: between -9.51992"));
}

TEST_CASE("what the checker cannot tell of a softmax model is undecided, no fault of attest", "[cli]") {
    Folder folder;
    // Nothing of the norm is read, but the checker looks at it, and it has no value.
    folder.write("m.json", R"({"format": "attest/model", "version": 2, "alphabet": ["0", "1"], "dimension": 1,
        "embedding": {"0": [0], "1": [1]}, "norm": {"final": {"eps": 0}}, "layers": [],
        "readout": {"position": "last", "weight": [0], "bias": 1}})");
    const Run run = run_attest(folder, {"prove", "m.json", "--language", "first", "--length", "2", "--json"});
    CHECK(run.status == 3);
    CHECK(run.object().at("results")[0].at("reason") == "unchecked");
}

TEST_CASE("option --eps changes every norm", "[cli]") {
    const Folder folder;
    const auto score = [&](const std::vector<std::string>& more) {
        std::vector<std::string> arguments = {"eval", "zoo:chiang-cholak-parity-norm", "--word", "0111", "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return std::stod(run_attest(arguments).object().at("results")[0].at("score")[0].get<std::string>());
    };
    CHECK(score({"--eps", "0"}) == Approx(3.16227766));
    CHECK(score({"--eps", "1e-5"}) == Approx(score({})));
    CHECK(score({"--eps", "0.001"}) < 3);
    CHECK(run_attest({"eval", "zoo:first", "--word", "1", "--eps", "1"}).complains("expected a model with layer norm"));
    CHECK(
        run_attest({"eval", "zoo:chiang-cholak-parity-norm", "--word", "1", "--eps", "-1"}).complains("not negative"));
    CHECK(run_attest(folder, {"zoo", "export", "chiang-cholak-parity-norm", "--eps", "0", "-o", "m.json"}).status == 0);
    CHECK(run_attest(folder, {"eval", "m.json", "--word", "0111"}).out == "0111 accept\n");
    folder.write(
        "flat.json",
        with(bits(), {{"layers", R"([{"feedforward": {"maps": [[[1]]], "norm": {"placement": "post", "eps": 0}}}])"}}));
    CHECK(run_attest(folder, {"eval", "flat.json", "--word", "011"})
              .complains("layers[0].feedforward.norm: expected a variance other than 0 where eps is 0, found 0 at "
                         "position 3 of 3"));
    CHECK(run_attest(folder, {"prove", "flat.json", "--language", "last", "--length", "2"})
              .complains("found 0 at position 2 of 2"));
}

TEST_CASE("scores of sizes that no rational has are told, and end nothing", "[cli]") {
    const Folder folder;
    const auto model = [](const std::string& position, const std::string& bias) {
        return R"({"format": "attest/model", "version": 1, "alphabet": ["0", "1"], "dimension": 2,
            "embedding": {"0": [0, 0], "1": [1, 0]}, "position": [")" +
               position + R"(", "0"], "layers": [{"attention": {"kind": "softmax", "heads": [{"bias": ")" + bias +
               R"(", "value": [[1, 0]], "output": [[0], [1]]}]}}],
            "readout": {"position": "last", "weight": [0, 1], "bias": 0}})";
    };
    folder.write("tiny.json", model("0", "2^(60)*[i=j]"));
    folder.write("huge.json", model("exp(2^60)", "0"));
    CHECK(run_attest(folder, {"eval", "tiny.json", "--word", "10"}).has("10 accept"));
    CHECK(run_attest(folder, {"eval", "huge.json", "--word", "10"}).has("10 accept"));
    for (const std::string name : {"tiny.json", "huge.json"}) {
        const Run run = run_attest(folder, {"prove", name, "--language", "regex:.*1.*", "--length", "2"});
        CAPTURE(name, run.out, run.err);
        CHECK((run.status == 3 || run.status == 1));
        CHECK(run.lines().size() > 0);
    }
}
