#include <catch2/catch.hpp>
#include <filesystem>

#include "attest/base/file.hpp"
#include "attest/network/evaluate.hpp"
#include "documents.hpp"
#include "safetensors.hpp"

// Model files whose arrays lie in a companion file.

using namespace attest;
using namespace attest::formats;
using namespace attest::formats::tests;
using namespace attest::network;
using attest::tests::refused;

namespace {

const std::string companion = R"("name": "m", "tensors": "w.safetensors")";

/// value: F32 [1 × 2] of 7, 8; embedding of 0: I8 [2] of 0, 1; NaN: F64 [2]; rank 3.
std::string tensors() {
    return SafetensorsWriter()
        .add("embed", "I8", "[2]", packed({0, 1}, 1))
        .add("value", "F32", "[1, 2]", packed({0x40e00000, 0x41000000}, 4))
        .add("nan", "F64", "[2]", packed({0, 0x7ff8000000000000}, 8))
        .add("nans", "BF16", "[1, 2]", packed({0x7f80, 0}, 2))
        .add("cube", "U8", "[1, 1, 2]", packed({7, 8}, 1))
        .add("tall", "U8", "[2, 1]", packed({7, 8}, 1))
        .file();
}

/// How a model with a tensor as value map of its head is refused.
std::string value(const std::string& tensor) {
    return refusal({{"\"name\": \"m\"", companion}, {"[[7, 8]]", "{\"tensor\": " + tensor + "}"}}, tensors());
}
std::string embedding(const std::string& tensor) {
    return refusal({{"\"name\": \"m\"", companion}, {"\"0\": [0, 1]", "\"0\": {\"tensor\": " + tensor + "}"}},
                   tensors());
}

const std::string place = "m.json:layers[0].attention.heads[0].value";

}  // namespace

TEST_CASE("tensors stand for the numbers that they hold", "[model]") {
    const Transformer t = read({{"\"name\": \"m\"", companion},
                                {"[[7, 8]]", R"({"tensor": "value"})"},
                                {R"("0": [0, 1])", R"("0": {"tensor": "embed"})"},
                                {"[5, 9]", R"({"tensor": "embed"})"}},
                               tensors());
    CHECK(t.layers[0].attention->heads[0].value == read({}).layers[0].attention->heads[0].value);
    CHECK(t.embedding[0] == exact::Vector{0, 1});
    CHECK(t.layers[0].feedforward->maps[1].bias == exact::Vector{0, 1});
    CHECK(read({{"\"name\": \"m\"", companion}, {"[[7, 8]]", R"({"weight": {"tensor": "value"}, "bias": [1]})"}},
               tensors())
              .layers[0]
              .attention->heads[0]
              .value.bias == exact::Vector{1});
    const Transformer again = parse_model(write_model(t), "m.json");
    for (const language::Word& word : {language::Word{}, {0}, {1, 0}, {0, 1, 1}})
        CHECK(evaluate(again, word).score == evaluate(t, word).score);
}

TEST_CASE("a tensor that does not fit is refused with its shape", "[model]") {
    CHECK(value("\"value\"") == "accepted");
    CHECK(value("\"embed\"") == place + ": expected a tensor of rank 2, found shape [2]");
    CHECK(value("\"cube\"") == place + ": expected a tensor of rank 2, found shape [1, 1, 2]");
    CHECK(value("\"tall\"") == place + ": expected 2 × 2 numbers, found 2 × 1");
    CHECK(value("\"none\"") ==
          place + ".tensor: expected the name of a tensor in the companion file, found the string \"none\"");
    CHECK(value("1") == place + ".tensor: expected a string, found the number 1");
    CHECK(value("\"value\", \"x\": 1") == place + ": expected one of the keys tensor, found the unknown key \"x\"");
    CHECK(embedding("\"embed\"") == "accepted");
    CHECK(embedding("\"value\"") == "m.json:embedding.0: expected a tensor of shape [2], found shape [1, 2]");
}

TEST_CASE("a number in a tensor that is not finite is refused at its place in the model", "[model]") {
    CHECK(value("\"nans\"") == place + "[0][0]: expected a finite number, found an infinity");
    CHECK(embedding("\"nan\"") == "m.json:embedding.0[1]: expected a finite number, found NaN");
}

TEST_CASE("a tensor needs a companion file, which is checked as a whole", "[model]") {
    CHECK(refusal("[[7, 8]]", R"({"tensor": "value"})") ==
          place + ".tensor: expected a file named by \"tensors\" at the top level, found no such key");
    CHECK(refusal({{"\"name\": \"m\"", companion}}, "abc") ==
          "w.safetensors: expected a safetensors file (8 bytes of header length first), found 3 bytes");
}

TEST_CASE("a companion lies beside the model file under a plain name", "[model]") {
    for (const std::string name : {"", ".", "..", "../w", "/etc/passwd", "a/b", "w\\u0000"})
        CHECK(refusal("\"name\": \"m\"", "\"tensors\": \"" + name + "\"")
                  .rfind("m.json:tensors: expected the plain name of a file beside the model file, since a "
                         "certificate keeps both in one directory, found the string",
                         0) == 0);
    CHECK(refusal("\"name\": \"m\"", "\"tensors\": 3") == "m.json:tensors: expected a string, found the number 3");
}

TEST_CASE("a model is read from a file with its companion, and its bytes are kept", "[model]") {
    const base::DirectoryInProgress directory;
    const std::string path = directory.path() + "/m.json";
    const std::string text = changed(good, {{"\"name\": \"m\"", companion}, {"[[7, 8]]", R"({"tensor": "value"})"}});
    base::write_file(path, text);
    CHECK(refused([&] { (void)read_model(path); }) ==
          directory.path() + "/w.safetensors: cannot read: No such file or directory");
    base::write_file(directory.path() + "/w.safetensors", tensors());
    const ModelFile file = read_model(path);
    CHECK(file.bytes == text);
    CHECK(file.tensor_name == "w.safetensors");
    CHECK(file.tensor_bytes == tensors());
    CHECK(file.transformer.layers[0].attention->heads[0].value == read({}).layers[0].attention->heads[0].value);
    base::write_file(directory.path() + "/w.safetensors", tensors().substr(0, tensors().size() - 1));
    CHECK(refused([&] {
              (void)read_model(path);
          }).rfind(directory.path() + "/w.safetensors:tall.data_offsets[1]: expected", 0) == 0);
}

TEST_CASE("a model without companion is read from a file; a directory or nothing is refused", "[model]") {
    const base::DirectoryInProgress directory;
    base::write_file(directory.path() + "/m.json", good);
    CHECK(read_model(directory.path() + "/m.json").tensor_name.empty());
    CHECK(refused([&] { (void)read_model(directory.path()); }) ==
          directory.path() + ": expected a file, found a directory");
    CHECK(refused([&] { (void)read_model(directory.path() + "/none"); }) ==
          directory.path() + "/none: cannot read: No such file or directory");
    base::write_file(directory.path() + "/broken.json", "{\n]");
    CHECK(refused([&] {
              (void)read_model(directory.path() + "/broken.json");
          }).rfind(directory.path() + "/broken.json:2:1: expected JSON", 0) == 0);
}
