#include <catch2/catch.hpp>

#include "documents.hpp"

// Model files: layers, heads and maps.

using namespace attest;
using namespace attest::formats;
using namespace attest::formats::tests;
using namespace attest::network;
using attest::tests::refused;

namespace {

const std::string layer = "m.json:layers[0]";
const std::string head = layer + ".attention.heads[0]";

/// A second layer in front of the good one.
std::string with_layer(const std::string& text) { return refusal("\"layers\": [", "\"layers\": [" + text + ", "); }

}  // namespace

TEST_CASE("a layer is read as it stands", "[model]") {
    const Transformer t = read({});
    const Attention& a = *t.layers[0].attention;
    CHECK(a.kind == AttentionKind::hard);
    CHECK(a.tie == Tie::left);
    CHECK(a.mask == Mask::none);
    CHECK(a.scale.text() == "n");
    CHECK(a.residual);
    CHECK(!a.norm);
    REQUIRE(a.heads.size() == 1);
    CHECK(a.heads[0].query_rows() == 3);
    CHECK(exact::apply(*a.heads[0].query, {1, 10}) == exact::Vector{21, 43, 65});
    CHECK(exact::apply(*a.heads[0].key, {1, 10}) == exact::Vector{31, 10, 11});
    CHECK(exact::apply(a.heads[0].value, {1, 10}) == exact::Vector{87});
    CHECK(exact::apply(a.heads[0].output, {3}) == exact::Vector{3, -3});
    CHECK(a.heads[0].bias.text() == "i-j");
    const FeedForward& f = *t.layers[0].feedforward;
    REQUIRE(f.maps.size() == 2);
    CHECK(exact::apply(f.maps[1], {1, 2, 3}) == exact::Vector{6, 11});
    CHECK(!f.residual);
}

TEST_CASE("a layer has defaults for what is absent", "[model]") {
    const Transformer t = read({{R"("tie": "left", "mask": "none", "scale": "n",)", ""},
                                {R"(, "bias": "i-j")", ""},
                                {R"("residual": true, "norm": null})", R"("norm": null})"},
                                {R"(,
                             "residual": false)",
                                 ""}});
    const Attention& a = *t.layers[0].attention;
    CHECK(a.tie == Tie::left);
    CHECK(a.mask == Mask::none);
    CHECK(a.scale.evaluate({}) == 1);
    CHECK(a.heads[0].bias.evaluate({}) == 0);
    CHECK(a.residual);
    CHECK(t.layers[0].feedforward->residual);
    const Transformer empty = parse_model(
        changed(good,
                {{"\"layers\": [", "\"layers\": [{}, {\"attention\": {\"kind\": \"average\", \"heads\": []}}, "}}),
        "m.json");
    CHECK(!empty.layers[0].attention);
    CHECK(!empty.layers[0].feedforward);
    CHECK(empty.layers[1].attention->heads.empty());
}

TEST_CASE("kinds, ties and masks are those of the format", "[model]") {
    for (const Mask mask : {Mask::none, Mask::causal, Mask::strict, Mask::future, Mask::strict_future})
        CHECK(read({{"\"mask\": \"none\"", "\"mask\": \"" + std::string(to_string(mask)) + "\""}})
                  .layers[0]
                  .attention->mask == mask);
    for (const Tie tie : {Tie::left, Tie::right})
        CHECK(read({{"\"tie\": \"left\"", "\"tie\": \"" + std::string(to_string(tie)) + "\""}})
                  .layers[0]
                  .attention->tie == tie);
    for (const AttentionKind kind : {AttentionKind::hard, AttentionKind::average, AttentionKind::softmax}) {
        const Transformer t = read({{"\"hard\"", "\"" + std::string(to_string(kind)) + "\""}});
        CHECK(t.layers[0].attention->kind == kind);
        CHECK(t.kind() == kind);
    }
    CHECK(refusal("\"hard\"", "\"Hard\"") ==
          layer + ".attention.kind: expected one of \"hard\" \"average\" \"softmax\", found the string \"Hard\"");
    CHECK(refusal("\"kind\": \"hard\", ", "") == layer + ".attention: expected the key \"kind\", found none");
    CHECK(refusal("\"tie\": \"left\"", "\"tie\": \"first\"") ==
          layer + ".attention.tie: expected one of \"left\" \"right\", found the string \"first\"");
    CHECK(refusal("\"mask\": \"none\"", "\"mask\": \"past\"") ==
          layer +
              ".attention.mask: expected one of \"none\" \"causal\" \"strict\" \"future\" \"strict-future\", "
              "found the string \"past\"");
    CHECK(refusal("\"mask\": \"none\"", "\"mask\": null") == layer + ".attention.mask: expected a string, found null");
}

TEST_CASE("softmax mixes with no other kind, hard and average with one another", "[model]") {
    CHECK(with_layer(R"({"attention": {"kind": "average", "heads": []}})") == "accepted");
    CHECK(with_layer(R"({"attention": {"kind": "softmax", "heads": []}})") ==
          "m.json:layers[1].attention.kind: expected softmax in all layers or in none, found the string "
          "\"hard\"");
    CHECK(refusal({{"\"hard\"", "\"softmax\""},
                   {"\"layers\": [", "\"layers\": [{\"attention\": {\"kind\": \"average\", \"heads\": []}}, "}}) ==
          "m.json:layers[1].attention.kind: expected softmax in all layers or in none, found the string "
          "\"softmax\"");
}

TEST_CASE("a norm is for softmax models", "[model]") {
    const std::string norm = R"({"placement": "pre", "eps": "1/100", "gain": [1, 2], "bias": [3, 4]})";
    CHECK(refusal("\"norm\": null", "\"norm\": " + norm) ==
          layer + ".attention.norm: expected no norm in a model with hard or average attention, found an object");
    CHECK(refusal("\"residual\": false", "\"residual\": false, \"norm\": " + norm) ==
          layer + ".feedforward.norm: expected no norm in a model with hard or average attention, found an object");
    const Transformer t = read({{"\"hard\"", "\"softmax\""}, {"\"norm\": null", "\"norm\": " + norm}});
    REQUIRE(t.layers[0].attention->norm);
    CHECK(t.layers[0].attention->norm->placement == Norm::Placement::pre);
    CHECK(t.layers[0].attention->norm->eps == exact::Rational(1, 100));
    CHECK(t.layers[0].attention->norm->gain == exact::Vector{1, 2});
    CHECK(t.layers[0].attention->norm->bias == exact::Vector{3, 4});
    const Transformer feedforward = parse_model(
        changed(
            R"({"format": "attest/model", "version": 1, "alphabet": ["0"], "dimension": 2, "embedding": {"0": [1, 1]},
        "layers": [{"feedforward": {"maps": [[[1, 0], [0, 1]]], "norm": NORM}}], "readout": {"position": "last", "weight": [1, 1], "bias": "1/3"}})",
            {{"NORM", norm}}),
        "m.json");
    CHECK(feedforward.kind() == AttentionKind::softmax);
}

TEST_CASE("the parts of a norm are checked", "[model]") {
    const auto with = [](const std::string& norm) {
        return refusal({{"\"hard\"", "\"softmax\""}, {"\"norm\": null", "\"norm\": " + norm}});
    };
    const std::string place = layer + ".attention.norm";
    CHECK(with(R"({"placement": "post", "eps": 0})") == "accepted");
    CHECK(with(R"({"placement": "after", "eps": 0})") ==
          place + ".placement: expected one of \"pre\" \"post\", found the string \"after\"");
    CHECK(with(R"({"eps": 0})") == place + ": expected the key \"placement\", found none");
    CHECK(with(R"({"placement": "post"})") == place + ": expected the key \"eps\", found none");
    CHECK(with(R"({"placement": "post", "eps": -1e-9})") ==
          place + ".eps: expected a number that is not negative, found the number -1e-9");
    CHECK(with(R"({"placement": "post", "eps": 0, "gain": [1]})") ==
          place + ".gain: expected a list of 2 numbers, found 1");
    CHECK(with(R"({"placement": "post", "eps": 0, "bias": [1, 2, 3]})") ==
          place + ".bias: expected a list of 2 numbers, found 3");
    CHECK(with(R"({"placement": "post", "eps": 0, "epsilon": 1})") ==
          place + ": expected one of the keys placement, eps, gain, bias, found the unknown key \"epsilon\"");
    CHECK(with("false") == place + ": expected an object, found false");
}

TEST_CASE("a scale is an expression in n and dk, and positive", "[model]") {
    const auto with = [](const std::string& scale) { return refusal("\"scale\": \"n\"", "\"scale\": " + scale); };
    const std::string place = layer + ".attention.scale";
    CHECK(with("\"1/dk + n\"") == "accepted");
    CHECK(with("0.5") == "accepted");
    CHECK(with("0") == place + ": expected a positive scale, found the number 0");
    CHECK(with("\"0\"") == place + ": expected a positive scale, found the string \"0\"");
    CHECK(with("-2") == place + ": expected a positive scale, found the number -2");
    CHECK(with("\"i\"") == place + ":1: expected one of the variables n, dk or a function, found 'i'");
    CHECK(with("\"1/sqrt(dk)\"") == place +
                                        ":3: expected exact operations only (pi, sqrt, log, exp, sin, cos "
                                        "are for softmax models), found 'sqrt'");
    CHECK(refusal({{"\"hard\"", "\"softmax\""}, {"\"scale\": \"n\"", "\"scale\": \"1/sqrt(dk)\""}}) == "accepted");
    CHECK(with("null") == place + ": expected an expression (a string or a number), found null");
}

TEST_CASE("query and key come together, and have as many rows", "[model]") {
    CHECK(refusal(R"("query": [[1, 2], [3, 4], [5, 6]], )", "") ==
          head + ": expected query and key, both or neither, found key only");
    CHECK(refusal(R"("key": [[1, 3], [0, 1], [1, 1]],)", "") ==
          head + ": expected query and key, both or neither, found query only");
    CHECK(refusal(R"("query": [[1, 2], [3, 4], [5, 6]], "key": [[1, 3], [0, 1], [1, 1]],)", "") == "accepted");
    CHECK(refusal("[[1, 3], [0, 1], [1, 1]]", "[[1, 3], [0, 1]]") == head + ".key: expected 3 rows, found 2");
    CHECK(refusal("[[1, 3], [0, 1], [1, 1]]", "[[1, 3], [0, 1], [1]]") ==
          head + ".key[2]: expected a row of 2 numbers, found 1");
    CHECK(refusal("[[1, 2], [3, 4], [5, 6]]", "[[1, 2], [3, 4, 5], [5, 6]]") ==
          head + ".query[1]: expected a row of 2 numbers, found 3");
    CHECK(refusal("[[1, 2], [3, 4], [5, 6]]", "[1, 2]") == head + ".query[0]: expected a list, found the number 1");
    CHECK(refusal("[[1, 2], [3, 4], [5, 6]]", "\"W\"") ==
          head + ".query: expected a matrix (list of rows, tensor, or rows/cols/entries), found the string \"W\"");
}

TEST_CASE("value and output fit together and back into the stream", "[model]") {
    CHECK(refusal(R"("value": [[7, 8]], )", "") == head + ": expected the key \"value\", found none");
    CHECK(refusal(R"("output": [[1], [-1]], )", "") == head + ": expected the key \"output\", found none");
    CHECK(refusal("[[7, 8]]", "[[7]]") == head + ".value[0]: expected a row of 2 numbers, found 1");
    CHECK(refusal("[[7, 8]]", "[[7, 8], [9, 10]]") == head + ".output[0]: expected a row of 2 numbers, found 1");
    CHECK(refusal("[[1], [-1]]", "[[1]]") == head + ".output: expected 2 rows, found 1");
    CHECK(refusal({{"[[7, 8]]", "[]"}, {"[[1], [-1]]", "[[], []]"}}) ==
          "m.json:layers[0].attention.heads[0].value: expected at least one row and one column (a model of version 2 "
          "may have none), found 0 × 2");
    CHECK(refusal({{"\"version\": 1", "\"version\": 2"}, {"[[7, 8]]", "[]"}, {"[[1], [-1]]", "[[], []]"}}) ==
          "accepted");
}

TEST_CASE("a bias is an expression in i, j and n", "[model]") {
    CHECK(refusal("\"i-j\"", "\"[i = j]/n\"") == "accepted");
    CHECK(refusal("\"i-j\"", "\"dk\"") ==
          head + ".bias:1: expected one of the variables i, j, n or a function, found 'dk'");
    CHECK(refusal("\"i-j\"", "\"cos(i)\"") == head +
                                                  ".bias:1: expected exact operations only (pi, sqrt, log, "
                                                  "exp, sin, cos are for softmax models), found 'cos'");
    CHECK(refusal("\"i-j\"", "[0, 0]") ==
          head + ".bias: expected an expression (a string or a number), found a list of 2");
}

TEST_CASE("feed-forward maps lead from the stream back into it", "[model]") {
    const std::string maps = layer + ".feedforward.maps";
    CHECK(refusal("[[1, 1], [2, 2], [3, 3]]", "[[1, 1], [2, 2]]") ==
          maps + "[1].weight[0]: expected a row of 2 numbers, found 3");
    CHECK(refusal("[[1, 1], [2, 2], [3, 3]]", "[[1], [2], [3]]") ==
          maps + "[0][0]: expected a row of 2 numbers, found 1");
    CHECK(refusal("[[1, 0, 0], [0, 1, 0]]", "[[1, 0, 0]]") == maps + "[1].weight: expected 2 rows, found 1");
    CHECK(refusal("[5, 9]", "[5]") == maps + "[1].bias: expected a list of 2 numbers, found 1");
    CHECK(refusal(R"("weight": [[1, 0, 0], [0, 1, 0]], )", "") ==
          maps + "[1]: expected the key \"weight\", found none");
    CHECK(refusal(R"([[[1, 1], [2, 2], [3, 3]], {"weight": [[1, 0, 0], [0, 1, 0]], "bias": [5, 9]}])", "[]") ==
          maps + ": expected at least one map, found a list of 0");
    CHECK(refusal(R"("maps": [[[1, 1], [2, 2], [3, 3]], {"weight": [[1, 0, 0], [0, 1, 0]], "bias": [5, 9]}],)", "") ==
          layer + ".feedforward: expected the key \"maps\", found none");
    CHECK(refusal("\"residual\": false", "\"residual\": 0") ==
          layer + ".feedforward.residual: expected true or false, found the number 0");
    CHECK(refusal("\"residual\": true", "\"residual\": \"yes\"") ==
          layer + ".attention.residual: expected true or false, found the string \"yes\"");
}

TEST_CASE("layers and heads are lists of objects", "[model]") {
    CHECK(with_layer("3") == layer + ": expected an object, found the number 3");
    CHECK(with_layer(R"({"attention": null})") == layer + ".attention: expected an object, found null");
    CHECK(with_layer(R"({"feedforward": []})") == layer + ".feedforward: expected an object, found a list of 0");
    CHECK(with_layer(R"({"attention": {"kind": "hard"}})") ==
          layer + ".attention: expected the key \"heads\", found none");
    CHECK(with_layer(R"({"attention": {"kind": "hard", "heads": {}}})") ==
          layer + ".attention.heads: expected a list, found an empty object");
    CHECK(with_layer(R"({"attention": {"kind": "hard", "heads": [1]}})") ==
          head + ": expected an object, found the number 1");
}

TEST_CASE("a matrix may be given by its entries", "[model]") {
    const auto with = [](const std::string& matrix) { return refusal("[[7, 8]]", matrix); };
    const std::string place = head + ".value";
    CHECK(read({{"[[7, 8]]", R"({"rows": 1, "cols": 2, "entries": [[0, 1, "8"], [0, 0, 7]]})"}})
              .layers[0]
              .attention->heads[0]
              .value == read({}).layers[0].attention->heads[0].value);
    CHECK(read({{"[[7, 8]]", R"({"weight": {"rows": 1, "cols": 2, "entries": []}, "bias": [3]})"}})
              .layers[0]
              .attention->heads[0]
              .value == exact::AffineMap{{2, {{}}}, {3}});
    CHECK(read({{"[[7, 8]]", R"({"rows": 1, "cols": 2, "entries": [[0, 1, 0]]})"}})
              .layers[0]
              .attention->heads[0]
              .value.weight.rows[0]
              .empty());
    CHECK(with(R"({"rows": 1, "cols": 2, "entries": [[0, 1, 8], [0, 0, 7], [0, 1, 0]]})") ==
          place + ".entries: expected no pair of row and column twice, found [0, 1] again");
    CHECK(with(R"({"rows": 1, "cols": 2, "entries": [[1, 0, 8]]})") ==
          place + ".entries[0][0]: expected a whole number from 0 to 0, found the number 1");
    CHECK(with(R"({"rows": 1, "cols": 2, "entries": [[0, 2, 8]]})") ==
          place + ".entries[0][1]: expected a whole number from 0 to 1, found the number 2");
    CHECK(with(R"({"rows": 1, "cols": 2, "entries": [[0, -1, 8]]})") ==
          place + ".entries[0][1]: expected a whole number from 0 to 1, found the number -1");
    CHECK(with(R"({"rows": 1, "cols": 2, "entries": [[0, 1]]})") ==
          place + ".entries[0]: expected [row, column, number], found a list of 2");
    CHECK(with(R"({"rows": 1, "cols": 2, "entries": [[0, 1, "x"]]})") ==
          place + ".entries[0][2]: expected a number or a rational \"p/q\", found the string \"x\"");
    CHECK(with(R"({"rows": 1, "cols": 3, "entries": []})") == place + ": expected 1 × 2 numbers, found 1 × 3");
    CHECK(with(R"({"rows": 1, "cols": 2})") == place + ": expected the key \"entries\", found none");
    CHECK(with(R"({"rows": 1, "cols": 2, "entries": [], "x": 1})") ==
          place + ": expected one of the keys rows, cols, entries, found the unknown key \"x\"");
    CHECK(refusal("[[1], [-1]]", R"({"rows": 3, "cols": 1, "entries": []})") ==
          head + ".output: expected 2 × 1 numbers, found 3 × 1");
}

TEST_CASE("a few bytes cannot ask for much memory", "[model]") {
    CHECK(refusal("[[7, 8]]", R"({"rows": 1000000000, "cols": 2, "entries": []})") ==
          head + ".value.rows: expected a whole number from 0 to 1048576, found the number 1000000000");
    CHECK(refusal("[[7, 8]]", R"({"rows": 99999999999999999999, "cols": 2, "entries": []})")
              .rfind(head + ".value.rows: expected a whole number", 0) == 0);
    std::string layers;
    for (int k = 0; k < 100; ++k)
        layers +=
            R"({"feedforward": {"maps": [{"rows": 1048576, "cols": 2, "entries": []}, {"rows": 2, "cols": 1048576, "entries": []}]}}, )";
    CHECK(refusal("\"layers\": [", "\"layers\": [" + layers) ==
          "m.json:layers[3].feedforward.maps[0]: expected at most 4194304 rows in all matrices together, "
          "found more");
}
