#include <algorithm>
#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "documents.hpp"
#include "safetensors.hpp"

// Version 2 of the format: symbols of several characters, empty matrices, parts of tensors, and what it has besides. Written
// as version 1 wherever that says it all.

using namespace attest;
using namespace attest::formats;
using namespace attest::formats::tests;
using namespace attest::network;

namespace {

const std::pair<std::string, std::string> version_2 = {"\"version\": 1", "\"version\": 2"};

Transformer again(const Transformer& t) { return parse_model(write_model(t), "m.json"); }

bool written_as(const Transformer& t, int version) {
    return write_model(t).find("\"version\": " + std::to_string(version)) != std::string::npos;
}

}  // namespace

TEST_CASE("what version 1 says is written as version 1", "[model]") {
    CHECK(written_as(read({version_2}), 1));
    CHECK(write_model(read({version_2})) == write_model(read({})));
}

TEST_CASE("symbols of several characters are kept", "[model]") {
    const Transformer t = read({version_2, {R"(["0", "1"])", R"(["<s>", "1"])"}, {"\"0\": [0, 1]", "\"<s>\": [0, 1]"}});
    CHECK(t.alphabet.symbols() == std::vector<std::string>{"<s>", "1"});
    CHECK(written_as(t, 2));
    CHECK(again(t).alphabet == t.alphabet);
    CHECK(again(t).embedding == t.embedding);
}

TEST_CASE("a head of no rows and a layer of no width are kept", "[model]") {
    const Transformer t =
        read({version_2, {"[[7, 8]]", "[]"}, {"[[1], [-1]]", R"({"weight": [[], []], "bias": [3, 4]})"}});
    const Head& head = t.layers[0].attention->heads[0];
    CHECK(head.value.outputs() == 0);
    CHECK(exact::apply(head.output, {}) == exact::Vector{3, 4});
    CHECK(written_as(t, 2));
    CHECK(again(t).layers[0].attention->heads[0].output == head.output);
}

TEST_CASE("parts of a tensor are the numbers that they name", "[model]") {
    // m = 1 2 3 / 4 5 6 / 7 8 9
    const std::string tensors = SafetensorsWriter()
                                    .add("m", "U8", "[3, 3]", packed({1, 2, 3, 4, 5, 6, 7, 8, 9}, 1))
                                    .add("one", "U8", "[]", packed({5}, 1))
                                    .file();
    const auto value = [&](const std::string& part) {
        const Transformer t = read({version_2,
                                    {"\"name\": \"m\"", R"("name": "m", "tensors": "w.safetensors")"},
                                    {"[[7, 8]]", "{\"tensor\": \"m\", " + part + "}"}},
                                   tensors);
        exact::Vector numbers;
        for (const exact::Vector& column : {exact::Vector{1, 0}, exact::Vector{0, 1}})
            numbers.push_back(exact::apply(t.layers[0].attention->heads[0].value, column)[0]);
        return numbers;
    };
    CHECK(value(R"("rows": [1, 2], "columns": [0, 2])") == exact::Vector{4, 5});
    CHECK(value(R"("rows": [1, 3], "columns": [2, 3], "transpose": true)") == exact::Vector{6, 9});
    const Transformer t = read({version_2,
                                {"\"name\": \"m\"", R"("name": "m", "tensors": "w.safetensors")"},
                                {"\"0\": [0, 1]", R"("0": {"tensor": "m", "rows": [2, 3], "columns": [1, 3]})"},
                                {"\"1\": [1, 0]", R"("1": {"tensor": "m", "rows": [0, 2], "columns": [1, 2]})"},
                                {"-0.5", R"({"tensor": "one"})"}},
                               tensors);
    CHECK(t.embedding == std::vector<exact::Vector>{{8, 9}, {2, 5}});
    CHECK(t.readout.bias == 5);
}

namespace {

using Cases = std::vector<std::pair<Changes, std::string>>;

/// A softmax model: norms and activations that no rational has may stand in it.
const Changes soft = {version_2, {"\"kind\": \"hard\"", "\"kind\": \"softmax\""}};

Changes with(Changes changes, const Changes& more) {
    changes.insert(changes.end(), more.begin(), more.end());
    return changes;
}

}  // namespace

TEST_CASE("version 2 says what it has besides, and is written again", "[model]") {
    const Changes classes = {{R"("weight": [1, -2], "bias": -0.5)",
                              R"("weight": [[1, 0], [0, 1], [1, 1]], "bias": [0, "1/2", 0], "classes": ["x", "y", "z"],
                                 "accept": ["z", "x"])"}};
    const std::vector<Changes> documents = {
        {version_2, {"\"name\": \"m\"", "\"name\": \"m\", \"max_length\": 7"}},
        {version_2, {R"("position": ["i", "1/n"])", R"("position": {"table": [[1, 0], [0, 1], [1, 1]], "first": 0})"}},
        {version_2, {R"("residual": true, "norm": null})", R"("residual": true, "norm": null}, "repeat": "n-1")"}},
        {version_2, {R"("bias": "i-j")", R"("bias": "i-j", "tie": "right", "mask": "strict")"}},
        {version_2, {R"("residual": false})", R"("residual": false, "activation": "leaky-relu", "slope": 0.125})"}},
        {version_2, {R"("bias": -0.5)", R"("bias": "n/2 - 1")"}},
        {version_2, {"\"kind\": \"hard\"", "\"kind\": \"sparsemax\""}},
        {version_2, {"\"last\"", "\"mean\""}},
        {version_2,
         {"\"name\": \"m\"", R"("name": "m", "source": {"family": "f", "file": "x.pt", "sha256": ")" +
                                 std::string(64, 'a') + R"(", "assumed": {"eps": 0.5, "k": true}})"}},
        with({version_2}, classes),
        with(soft, {{R"("norm": null)", R"("norm": {"placement": "pre", "kind": "rms", "eps": 0.5})"}}),
        with(soft, {{R"("residual": true, "norm": null})",
                     R"("rotary": {"base": 10000, "dims": 2, "pairing": "half", "first": 3, "factor": 2}})"}}),
        with(soft, {{R"("residual": false})",
                     R"("residual": false, "activation": "gelu", "gate": [[1, 0], [0, 1], [1, 1]]})"}}),
        with(soft,
             {{"\"layers\"", R"("norm": {"embedding": {"eps": 1, "gain": [1, 2]}, "final": {"eps": 0, "kind": "rms"}},
                     "layers")"}})};
    for (const Changes& changes : documents) {
        INFO(changes.back().second);
        const Transformer t = read(changes);
        const std::string text = write_model(t);
        CHECK(written_as(t, 2));
        CHECK(write_model(parse_model(text, "again.json")) == text);
        Changes first = changes;
        first.erase(std::find(first.begin(), first.end(), version_2));
        CHECK_THROWS_AS(read(first), base::InputError);
    }
}

TEST_CASE("symbols may name rows of one matrix", "[model]") {
    const Transformer t =
        read({version_2,
              {R"("embedding": {"0": [0, 1], "1": [1, 0], "^": [0, 0], "$": [2, 2]})",
               R"("embedding": {"matrix": [[5, 6], [7, 8]], "rows": {"0": 1, "1": 0, "^": 0, "$": 1}})"}});
    CHECK(t.embedding == std::vector<exact::Vector>{{7, 8}, {5, 6}});
    CHECK(t.begin_embedding == exact::Vector{5, 6});
    CHECK(t.end_embedding == exact::Vector{7, 8});
    CHECK(written_as(t, 1));
}

TEST_CASE("what version 2 does not allow is refused by name", "[model]") {
    const auto classes = [](const std::string& readout) {
        return Changes{version_2, {R"("position": "last", "weight": [1, -2], "bias": -0.5)", readout}};
    };
    const Cases cases = {
        {{version_2, {R"("bias": "i-j")", R"("bias": "i-j", "tie": "up")"}}, "heads[0].tie"},
        {{version_2, {R"("residual": false})", R"("residual": false, "activation": "swish"})"}}, "activation"},
        {{version_2, {R"("residual": false})", R"("residual": false, "activation": "gelu"})"}},
         "hard or average attention"},
        {{version_2, {R"("residual": false})", R"("residual": false, "slope": 1})"}}, "leaky-relu only"},
        {{version_2, {R"("residual": false})", R"("residual": false, "activation": "leaky-relu"})"}}, "a slope"},
        {with(soft, {{R"("residual": false})", R"("residual": false, "gate": [[1, 0]]})"}}), "gate"},
        {with(soft, {{R"("norm": null)", R"("norm": {"placement": "pre", "kind": "batch", "eps": 0.5})"}}),
         "norm.kind"},
        {with(soft,
              {{R"("residual": true, "norm": null})", R"("rotary": {"base": 10, "dims": 4, "pairing": "half"}})"}}),
         "rotary.dims"},
        {with(soft,
              {{R"("residual": true, "norm": null})", R"("rotary": {"base": -1, "dims": 2, "pairing": "half"}})"}}),
         "rotary.base"},
        {with(soft, {{"\"layers\"", R"("norm": {"final": {"eps": 0, "placement": "post"}}, "layers")"}}), "norm.final"},
        {classes(R"("position": "each", "weight": [1, -2], "bias": 0)"), "classes where each position is read"},
        {classes(R"("position": "last", "weight": [[1, -2]], "bias": [0], "classes": ["a", "a"])"), "each class once"},
        {classes(R"("position": "last", "weight": [[1, -2]], "bias": [0], "classes": ["a"], "accept": ["a"])"),
         "a class that is not accepted"},
        {classes(
             R"("position": "last", "weight": [[1, -2], [0, 0]], "bias": [0, 0], "classes": ["a", "b"], "accept": ["c"])"),
         "the name of a class"},
        {classes(R"("position": "last", "weight": [[1, -2]], "bias": [0], "classes": ["a", "b"])"), "readout.weight"},
        {{version_2, {R"("residual": true, "norm": null})", R"("residual": true, "norm": null}, "repeat": -1)"}},
         "repeat"},
        {{version_2, {"\"name\": \"m\"", R"("name": "m", "source": {"family": "f", "file": "x", "sha256": "12"})"}},
         "hexadecimal"}};
    for (const auto& [changes, what] : cases) {
        INFO(what);
        CHECK(refusal(changes).find(what) != std::string::npos);
    }
}

TEST_CASE("a length that the model is not for is an error wherever it is asked about", "[model]") {
    const Transformer t = read({version_2, {"\"name\": \"m\"", "\"name\": \"m\", \"max_length\": 2"}});
    CHECK(t.sequence_length(2) == 4);
    CHECK(attest::tests::refused([&] { (void)t.sequence_length(3); }).find("at most 2 symbols") != std::string::npos);
    const Transformer table =
        read({version_2, {R"("position": ["i", "1/n"])", R"("position": {"table": [[1, 0], [0, 1], [1, 1]]})"}});
    CHECK_NOTHROW(require_values(table, 3));
    CHECK(attest::tests::refused([&] { require_values(table, 4); }).find("positions 1 to 3") != std::string::npos);
}
