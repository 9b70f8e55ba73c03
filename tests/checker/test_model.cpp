#include <catch2/catch.hpp>

#include "checker/network/instance.hpp"
#include "checker_support.hpp"

using namespace checker_test;

namespace {

const std::string good = R"({"format": "attest/model", "version": 1, "name": "m", "cite": ["key"],
    "alphabet": ["0", "1"], "end": "$", "dimension": 2,
    "embedding": {"0": [1, 0], "1": [0, 0.5], "$": ["1/3", 0]}, "position": ["i/n", 0],
    "layers": [{"attention": {"kind": "hard", "scale": "1/dk", "mask": "none", "heads": [
        {"query": [[1, 0]], "key": {"weight": [[1, 0]], "bias": [2]}, "value": {"rows": 1, "cols": 2, "entries": [[0, 1, 1]]},
         "output": [[1], [0]], "bias": "-j"}], "norm": null},
      "feedforward": {"maps": [[[1, 0], [0, 1], [1, 1]], [[1, 0, 0], [0, 1, -1]]], "residual": false}}],
    "readout": {"position": "last", "weight": [1, 0], "bias": -1}})";

/// The refusal of the model in which one text is replaced by another.
std::string damaged(const std::string& from, const std::string& to) {
    std::string text = good;
    REQUIRE(text.find(from) != std::string::npos);
    text.replace(text.find(from), from.size(), to);
    return refusal([&] {
        const Model model = model_of(text);
        Budget budget = ample();
        instantiate(model, 3, budget);
    });
}

}  // namespace

TEST_CASE("A model file is read as it stands", "[checker]") {
    const Model model = model_of(good);
    CHECK(model.name == "m");
    CHECK(model.embedding.at("$")[0].rational() == Rational(1, 3));
    CHECK(model.embedding.at("1")[1].rational() == Rational(1, 2));
    const Head& head = model.layers[0].attention->heads[0];
    CHECK(head.key->bias[0].rational() == 2);
    CHECK(head.value.weight.rows[0].size() == 1);
    CHECK(head.value.weight.rows[0][0].column == 1);
    CHECK(!model.layers[0].feedforward->residual);
    CHECK(damaged("\"m\"", "\"x\"").empty());
}

TEST_CASE("Damaged model files are refused with their place", "[checker]") {
    CHECK(damaged("\"dimension\": 2", "\"dimension\": 3").find("embedding.0") != std::string::npos);
    CHECK(damaged("\"cite\"", "\"site\"").find("site") != std::string::npos);
    CHECK(damaged("\"kind\": \"hard\"", "\"kind\": \"hard\", \"dropout\": 0").find("layers[0].attention") !=
          std::string::npos);
    CHECK(damaged("\"kind\": \"hard\"", "\"kind\": \"hart\"").find("hart") != std::string::npos);
    CHECK(damaged("\"norm\": null", "\"norm\": {\"placement\": \"post\"}").find("norm") != std::string::npos);
    CHECK(!damaged("\"version\": 1", "\"version\": 3").empty());
    CHECK(!damaged("\"version\": 1", "\"version\": \"1\"").empty());
    CHECK(!damaged("attest/model", "attest/guhat").empty());
    CHECK(!damaged("[\"0\", \"1\"]", "[\"0\", \"0\"]").empty());
    CHECK(!damaged("[\"0\", \"1\"]", "[\"0\", \"1\", \"2\"]").empty());
    CHECK(!damaged("[\"0\", \"1\"]", "[\"0\", \"11\"]").empty());
    CHECK(!damaged("[\"0\", \"1\"]", "[]").empty());
    CHECK(!damaged("\"end\": \"$\"", "\"end\": \"1\"").empty());
    CHECK(!damaged("\"end\": \"$\"", "\"end\": \"#\"").empty());
    CHECK(!damaged("\"end\": \"$\",", "").empty());
    CHECK(!damaged("\"1/3\"", "\"1/0\"").empty());
    CHECK(!damaged("\"1/3\"", "null").empty());
    CHECK(!damaged("0.5", "1e9999").empty());
    CHECK(!damaged("\"i/n\"", "\"j/n\"").empty());
    CHECK(damaged("\"i/n\"", "\"1/(i-2)\"").find("division") != std::string::npos);
    CHECK(damaged("\"-j\"", "\"1/(i-j)\"").find("division") != std::string::npos);
    CHECK(!damaged("\"1/dk\"", "\"1-dk\"").empty());
    CHECK(!damaged("\"1/dk\"", "\"i\"").empty());
    CHECK(!damaged("\"mask\": \"none\"", "\"mask\": \"past\"").empty());
    CHECK(!damaged("\"query\": [[1, 0]],", "").empty());
    CHECK(!damaged("\"query\": [[1, 0]]", "\"query\": [[1, 0], [0, 1]]").empty());
    CHECK(!damaged("\"query\": [[1, 0]]", "\"query\": [[1]]").empty());
    CHECK(!damaged("\"query\": [[1, 0]]", "\"query\": {\"tensor\": \"t\"}").empty());
    CHECK(!damaged("\"bias\": [2]", "\"bias\": [2, 3]").empty());
    CHECK(!damaged("[[0, 1, 1]]", "[[0, 2, 1]]").empty());
    CHECK(!damaged("[[0, 1, 1]]", "[[0, 1, 1], [0, 1, 0]]").empty());
    CHECK(!damaged("\"rows\": 1", "\"rows\": 1000000000").empty());
    CHECK(!damaged("[[1], [0]]", "[[1]]").empty());
    CHECK(!damaged("[1, 1]], [[1, 0, 0], [0, 1, -1]]", "[1, 1]], [[1, 0, 0]]").empty());
    CHECK(!damaged("[[[1, 0], [0, 1], [1, 1]], [[1, 0, 0], [0, 1, -1]]]", "[]").empty());
    CHECK(!damaged("\"residual\": false", "\"residual\": 0").empty());
    CHECK(!damaged("\"last\"", "\"middle\"").empty());
    CHECK(!damaged("\"last\"", "0").empty());
    CHECK(damaged("\"last\"", "4").empty());
    CHECK(!damaged("\"last\"", "5").empty());
    CHECK(damaged("\"last\"", "-4").empty());
    CHECK(!damaged("\"last\"", "-5").empty());
    CHECK(!damaged("\"last\"", "1.0").empty());
}

TEST_CASE("Arrays are read from the companion file", "[checker]") {
    std::string text = good;
    text.replace(text.find("\"cite\": [\"key\"]"), 15, "\"tensors\": \"t.bin\"");
    text.replace(text.find("\"query\": [[1, 0]]"), 17, "\"query\": {\"tensor\": \"q\"}");
    const std::string header = R"({"q": {"dtype": "I8", "shape": [1, 2], "data_offsets": [0, 2]}})";
    const std::string bytes =
        std::string(1, static_cast<char>(header.size())) + std::string(7, '\0') + header + "\x07\xfe";
    Budget budget = ample();
    const auto companion = [&](const std::string& name) -> std::string_view {
        CHECK(name == "t.bin");
        return bytes;
    };
    const Model model = read_model(text, "model.json", companion, budget);
    const Matrix& query = model.layers[0].attention->heads[0].query->weight;
    CHECK(query.rows[0][0].value.rational() == 7);
    CHECK(query.rows[0][1].value.rational() == -2);
    CHECK(companion_name(parse_json(text, "model.json", budget), "model.json") == "t.bin");
}
