#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "model_text.hpp"
#include "run.hpp"

// attest influence from the command line.

using namespace attest::tests;

TEST_CASE("influence tells what is reached and certified, with a word that eval confirms", "[cli]") {
    const Run run = run_attest({"influence", "zoo:chiang-cholak-parity", "--lengths", "4..64*2", "--json"});
    CHECK(run.status == 0);
    const json object = run.object();
    CHECK(object.at("results").size() == 5);
    for (const json& result : object.at("results")) {
        const double n = result.at("length").get<double>() + 1, c = 1, e = std::ceil(n / 2), o = std::floor(n / 2);
        const double exact = 2 * std::sinh(2 * c) / (e * e + o * o + 2 * e * o * std::cosh(2 * c));
        CHECK(result.at("reached").get<double>() == Approx(exact).epsilon(1e-9));
        CHECK(result.at("certified").get<double>() >= result.at("reached").get<double>());
        CHECK(result.at("certified").get<double>() <= 1.02 * exact);
        CHECK(result.at("by_position").size() == result.at("length"));
        const double floor = result.at("parity_cross_entropy").at("value");
        CHECK(floor <= std::log2(1 + std::exp(-exact / 2)));
        CHECK(floor >= 1 - 1.03 * exact / (4 * std::log(2)));

        std::string word = result.at("word"), other = word;
        const std::size_t position = result.at("position");
        other[position - 1] = result.at("replaced_by").get<std::string>()[0];
        const json scores =
            run_attest({"eval", "zoo:chiang-cholak-parity", "--word", word, other, "--json"}).object().at("results");
        const auto score = [&](int k) {
            return std::stod(scores[static_cast<std::size_t>(k)].at("score")[0].get<std::string>());
        };
        CHECK(std::abs(score(0) - score(1)) == Approx(exact).epsilon(1e-9));
    }
    CHECK(object.at("exponent").get<double>() == Approx(-2).margin(0.1));
    CHECK(object.at("law") == "1/n^2");
}

TEST_CASE("influence says the same again, writes its drawing and its table", "[cli]") {
    const Folder folder;
    const Run first = run_attest(
        folder, {"influence", "zoo:chiang-cholak-first", "--lengths", "8,64", "--plot", "p.svg", "--csv", "t.csv"});
    CHECK(first.status == 0);
    CHECK(first.has("Lemma 5"));
    CHECK(folder.read("p.svg").rfind("<svg", 0) != std::string::npos);
    CHECK(folder.read("t.csv").rfind("length,n,reached,certified", 0) == 0);
    CHECK(folder.read("p.svg").find("1/n") != std::string::npos);
    const std::string drawing = folder.read("p.svg");
    (void)run_attest(folder, {"influence", "zoo:chiang-cholak-first", "--lengths", "8,64", "--plot", "p.svg"});
    CHECK(folder.read("p.svg") == drawing);
}

TEST_CASE("influence refuses lengths that a model is not for before it begins with any", "[cli]") {
    const Folder folder;
    json model = json::parse(run_attest({"zoo", "export", "chiang-cholak-parity"}).out);
    model["version"] = 2;
    model["max_length"] = 12;
    const std::string file = folder.write("short.json", model.dump());
    for (const char* lengths : {"4..64*2", "13", "12,13"}) {
        const Run run =
            run_attest(folder, {"influence", file, "--lengths", lengths, "--csv", folder / "t.csv", "--json"});
        CHECK(run.complains(
            "max_length: expected words of at most 12 symbols, for which the model is made, found length"));
        CHECK(run.out.empty());
        CHECK(folder.listing().size() == 1);
    }
    const Run run = run_attest(folder, {"influence", file, "--lengths", "4,8,12", "--json"});
    CHECK(run.status == 0);
    CHECK(run.object().at("law") == "1/n^2");
}

TEST_CASE("influence of a norm depends on its eps", "[cli]") {
    const auto reached = [](const std::string& eps) {
        const Run run =
            run_attest({"influence", "zoo:chiang-cholak-parity-norm", "--eps", eps, "--length", "10", "--json"});
        CHECK(run.status == 0);
        return run.object().at("results")[0].at("reached").get<double>();
    };
    CHECK(reached("0") == Approx(2 * std::sqrt(10)));
    CHECK(reached("1e-5") > 2 * 2.70042);
    CHECK(reached("1e-3") < 0.5 * reached("1e-5"));
}

TEST_CASE("influence tells margins and cross-entropy of the table of layer norms", "[cli]") {
    struct Row {
        const char* eps;
        int length;
        double bits;
    };
    for (const Row row : {Row{"0", 8, 0.059811}, Row{"1e-7", 10, 0.059938}, Row{"1e-5", 4, 0.060382},
                          Row{"1e-5", 10, 0.072522}, Row{"1e-3", 8, 0.378713}, Row{"1e-3", 10, 0.517401}}) {
        CAPTURE(row.eps, row.length);
        const Run run = run_attest({"influence", "zoo:chiang-cholak-parity-norm", "--eps", row.eps, "--length",
                                    std::to_string(row.length), "--json"});
        const json recognition = run.object().at("results")[0].at("recognition");
        CHECK(recognition.at("verdict") == "verified");
        CHECK(std::stod(recognition.at("cross_entropy").at("value")[0].get<std::string>()) ==
              Approx(row.bits).margin(6e-7));
        if (row.length == 10 && std::string(row.eps) == "1e-5")
            CHECK(std::stod(recognition.at("margin").at("value").get<std::string>()) == Approx(2.70042).margin(1e-5));
    }
    CHECK(run_attest({"influence", "zoo:chiang-cholak-parity", "--lengths", "3", "--language", "majority"})
              .has("wrong on 011"));
}

TEST_CASE("influence of a sample of words says how large it is and what it is worth", "[cli]") {
    const auto run = [](const std::string& seed) {
        return run_attest({"influence", "zoo:random-bounded-1-2-8-seed-1", "--lengths", "40", "--language", "majority",
                           "--samples", "300", "--seed", seed, "--json"});
    };
    const json result = run("1").object().at("results")[0], sample = result.at("recognition");
    CHECK(sample.at("sample").at("words") == 300);
    CHECK(sample.at("verdict") == "refuted");
    CHECK(sample.at("cross_entropy").at("guarantee") == "sampled");
    CHECK(sample.at("cross_entropy").at("method") == "empirical Bernstein");
    const double mean = sample.at("cross_entropy").at("value");
    CHECK(sample.at("cross_entropy").at("interval")[0] < mean);
    CHECK(sample.at("cross_entropy").at("interval")[1] > mean);
    // The word of the least margin is answered as its enclosure says.
    const std::string word = sample.at("margin").at("word");
    const json score =
        run_attest({"eval", "zoo:random-bounded-1-2-8-seed-1", "--word", word, "--json"}).object().at("results")[0];
    CHECK(std::abs(std::stod(score.at("score")[0].get<std::string>())) ==
          Approx(-sample.at("margin").at("value").get<double>()).epsilon(1e-12));
    CHECK((score.at("answer") == "accept") == (std::count(word.begin(), word.end(), '1') <= 20));
    CHECK(run("1").object().at("results")[0].at("recognition") == sample);
    CHECK(run("2").object().at("results")[0].at("recognition") != sample);
}

TEST_CASE("influence tells how the vector that is read moves, of norms and of parameters", "[cli]") {
    const json object = run_attest({"influence", "zoo:chiang-cholak-parity-norm", "--lengths", "4", "--json"}).object(),
               result = object.at("results")[0];
    CHECK(object.at("squared_parameter_norm").at("guarantee") == "exact");
    const json& vector = result.at("readout_vector");
    const double moved = vector.at("moved")[0];
    // The output is one of the two coordinates that change, s and -s.
    CHECK(moved == Approx(result.at("reached").get<double>() * std::sqrt(2)).epsilon(1e-3));
    CHECK(vector.at("certified") >= moved);
    CHECK(std::abs(vector.at("norm_change")[1].get<double>()) <= moved);
    CHECK(result.at("blowup").at("value")[0] > 1);
    CHECK_FALSE(run_attest({"influence", "zoo:chiang-cholak-parity", "--lengths", "4", "--json"})
                    .object()
                    .at("results")[0]
                    .contains("blowup"));
}

TEST_CASE("influence refuses what it cannot look at", "[cli]") {
    CHECK(run_attest({"influence", "zoo:contains-1", "--lengths", "4"})
              .complains("expected softmax attention, found hard attention"));
    CHECK(run_attest({"influence", "zoo:contains-1", "--lengths", "4"}).status == 2);
    CHECK(run_attest({"influence", "zoo:chiang-cholak-parity", "--lengths", "4..8,6..10"})
              .complains("--lengths: expected each length once, found 6 twice"));
    CHECK(run_attest({"influence", "zoo:chiang-cholak-parity", "--lengths", "8..4"}).status == 2);
    CHECK(run_attest({"influence", "zoo:chiang-cholak-parity", "--eps", "1e-5", "--lengths", "4"}).status == 2);
    const Run memory =
        run_attest({"influence", "zoo:chiang-cholak-parity", "--lengths", "100000000", "--memory", "64"});
    CHECK(memory.status == 3);
    CHECK(memory.has("undecided: memory"));
}

TEST_CASE("influence names the norm that meets variance 0", "[cli]") {
    const Folder folder;
    folder.write(
        "m.json",
        R"({"format": "attest/model", "version": 1, "name": "flat", "alphabet": ["0", "1"], "dimension": 2, "embedding": {"0": [1, 1], "1": [2, 2]},
      "layers": [{"attention": {"kind": "softmax", "heads": [{"value": [[1, 0]], "output": [[1], [1]]}], "norm": {"placement": "post", "eps": 0, "gain": [1, 1], "bias": [0, 0]}}}],
      "readout": {"position": "last", "weight": [1, 0], "bias": 0}})");
    const Run run = run_attest(folder, {"influence", "m.json", "--lengths", "3"});
    CHECK(run.status == 2);
    CHECK(run.complains("flat:layers[0].attention.norm"));
}

TEST_CASE("what a worker meets ends the command as if there were one", "[cli]") {
    const Folder folder;
    folder.write(
        "silent.json",
        R"({"format": "attest/model", "version": 1, "name": "silent", "alphabet": ["0", "1"], "end": "$", "dimension": 2,
      "embedding": {"0": [-1, 0], "1": [1, 0], "$": [0, 0]},
      "layers": [{"attention": {"kind": "softmax", "residual": false, "heads": [{"value": [[1, 0], [0, 1]], "output": [[1, 0], [0, 1]]}]},
        "feedforward": {"residual": false, "maps": [{"weight": [[1, 0]], "bias": [0.7]}, {"weight": [[1], [-1]], "bias": [0, 0]}], "norm": {"placement": "post", "eps": 0}}}],
      "readout": {"position": "last", "weight": [1, 0], "bias": 0}})");
    for (const char* threads : {"1", "2", "8"}) {
        const Run run = run_attest(folder, {"influence", "silent.json", "--lengths", "8", "--threads", threads});
        CHECK(run.status == 2);
        CHECK(
            run.complains("silent:layers[0].feedforward.norm: expected a variance other than 0 where eps is 0, found 0 "
                          "at position "));
    }
}

TEST_CASE("influence shows a word that binary32 answers wrongly", "[cli]") {
    const Run run = run_attest({"influence", "zoo:head-parity-12", "--lengths", "12", "--float", "binary32", "--json"});
    CHECK(run.status == 0);
    const json rounding = run.object().at("results")[0].at("float");
    CHECK(rounding.at("type") == "binary32");
    const std::string word = rounding.at("wrong");
    const json exact = run_attest({"eval", "zoo:head-parity-12", "--word", word, "--json"}).object().at("results")[0];
    CHECK((exact.at("answer") == "accept") == (rounding.at("rounded").get<double>() <= 0));
    CHECK(run_attest({"influence", "zoo:chiang-cholak-parity", "--lengths", "8", "--float", "binary32"})
              .has("no wrong answer found"));
}

namespace {

/// The score is what the last symbol is, and a tenth of the mean of all.
const char* const last_reader =
    R"({"format":"attest/model","version":1,"name":"last-reader","alphabet":["0","1"],"dimension":1,"embedding":{"0":[0],"1":[1]},
        "layers":[{"attention":{"kind":"softmax","heads":[{"value":[[1]],"output":[["1/10"]]}]}}],"readout":{"position":"last","weight":[1],"bias":"-1/2"}})";

}  // namespace

TEST_CASE("influence tells the symbol that is read from all others", "[cli]") {
    const Folder folder;
    folder.write("rd.json", last_reader);
    const Run text =
        run_attest(folder, {"influence", "rd.json", "--lengths", "3", "--plot", "p.svg", "--csv", "t.csv"});
    CHECK(text.status == 0);
    CHECK(text.has("at length 3 the symbol that is read moves it by 1.03333"));
    CHECK(text.has("any other by at most 0.0333334\n"));
    CHECK(text.has("any symbol but the one that is read\n"));
    CHECK(text.has("the symbol that is read, which the above leaves out\n"));
    CHECK(text.has("Lemma 5 (of symbols that are not read)"));
    CHECK(folder.read("p.svg").find("position 3, which is read") != std::string::npos);
    CHECK(folder.read("t.csv").rfind("length,n,reached,certified", 0) == 0);
    CHECK(folder.read("t.csv").find(",read_position,read_reached,read_certified\n") != std::string::npos);

    const json object = run_attest(folder, {"influence", "rd.json", "--lengths", "1,3,200", "--json"}).object();
    for (const json& result : object.at("results")) {
        // x_N + (x_1 + … + x_N) / (10 N): exactly 1 + 1/(10 N) where it is read, 1/(10 N) elsewhere.
        const std::size_t n = result.at("length");
        const double small = 1 / (10.0 * static_cast<double>(n));
        const json& read = result.at("read");
        CHECK(read.at("position") == n);
        CHECK(read.at("reached").get<double>() == Approx(1 + small).epsilon(1e-9));
        CHECK(read.at("certified").get<double>() >= 1 + small - 1e-12);
        CHECK(read.at("certified").get<double>() == Approx(1 + small).epsilon(1e-9));
        CHECK(result.at("certified").get<double>() == Approx(n == 1 ? 0 : small).margin(1e-12));
        const json& profile = result.at("by_position");
        REQUIRE(profile.size() == n);
        for (std::size_t p = 0; p < n; ++p)
            CHECK(profile[p].get<double>() == Approx(p + 1 == n ? 1 + small : small).epsilon(1e-9));

        std::string word = read.at("word"), other = word;
        other[n - 1] = read.at("replaced_by").get<std::string>()[0];
        const json scores =
            run_attest(folder, {"eval", "rd.json", "--word", word, other, "--json"}).object().at("results");
        const auto score = [&](int k) {
            return std::stod(scores[static_cast<std::size_t>(k)].at("score")[0].get<std::string>());
        };
        CHECK(std::abs(score(0) - score(1)) == Approx(1 + small).epsilon(1e-9));
        // With one position alone PARITY may be cheap.
        if (n == 1) CHECK(result.at("parity_cross_entropy").at("value").get<double>() < 0.7);
    }
}

TEST_CASE("influence says that the end symbol is read where it is", "[cli]") {
    const Run text = run_attest({"influence", "zoo:chiang-cholak-parity", "--lengths", "4"});
    CHECK(text.has("over all words of each length; what is read is the end symbol, none of the word\n"));
    CHECK_FALSE(text.has("the symbol that is read,"));
    CHECK(run_attest({"influence", "zoo:chiang-cholak-parity", "--lengths", "4", "--json"})
              .object()
              .at("results")[0]
              .at("read")
              .is_null());
}

TEST_CASE("influence of what boxes do not follow is that of all words", "[cli]") {
    const Folder folder;
    const auto model = [](const std::string& attention, const std::string& position) {
        return R"({"format": "attest/model", "version": 2, "name": "m", "alphabet": ["0", "1"], "dimension": 2,
          "embedding": {"0": [0, 1], "1": [1, 0]},
          "layers": [{"attention": {"kind": "softmax", )" +
               attention + R"("heads": [{"query": [[1, 0], [0, 1]], "key": [[1, 0], [0, 1]], "value": [[1, 0]],
                                         "output": [[1], [0]]}]},
            "feedforward": {"activation": "silu", "maps": [[[1, 0]], [[1], [0]]], "gate": [[0, 1]]}}],
          "readout": {"position": ")" +
               position + R"(", "weight": [1, 0], "bias": 0}})";
    };
    folder.write("gated.json", model("", "last"));
    folder.write("turned.json", model(R"("rotary": {"base": 10, "dims": 2, "pairing": "half"}, )", "last"));
    folder.write("pooled.json", model("", "mean"));
    for (const std::string name : {"gated", "turned", "pooled"}) {
        const Run run = run_attest(folder, {"influence", name + ".json", "--lengths", "2..5", "--json"});
        INFO(name << run.err << run.out);
        REQUIRE(run.status == 0);
        for (const auto& entry : run.object().at("results")) {
            CHECK(entry.at("reached").get<double>() > 0);
            CHECK(entry.at("certified").get<double>() <= entry.at("reached").get<double>() * (1 + 1e-9));
            CHECK(entry.at("read").is_null() == (name == "pooled"));
            CHECK(entry.at("theory").is_null());
            CHECK_FALSE(entry.contains("readout_vector"));
        }
        const Run people = run_attest(folder, {"influence", name + ".json", "--lengths", "2,3"});
        CHECK(people.out.find(": all words were evaluated\n") != std::string::npos);
        // Where only counts matter, few words stand for all.
        const Run many = run_attest(folder, {"influence", name + ".json", "--lengths", "40"});
        CHECK(many.status == (name == "turned" ? 3 : 0));
        CHECK((many.out.find("those of length 40 are too many") != std::string::npos) == (name == "turned"));
    }
}
