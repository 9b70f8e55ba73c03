#include <catch2/catch.hpp>

#include "documents.hpp"
#include "safetensors.hpp"

// Version 2 of the format, so far: symbols of several characters, empty matrices, parts of tensors. Written as version 1
// wherever that says it all.

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
