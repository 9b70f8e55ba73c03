#include <bit>
#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "formats/import/checkpoint.hpp"
#include "formats/import/part.hpp"
#include "refused.hpp"
#include "writers.hpp"

// Files as torch.save writes them: views of storages, types of numbers, which dictionary, modules; and their defects.

using namespace attest;
using namespace attest::formats::import;
using namespace attest::formats::import::tests;
using namespace attest::formats::import::tests::pickle;
using Catch::Matchers::Contains;

namespace {

std::string floats(const std::vector<float>& values) {
    std::string bytes;
    for (const float value : values) bytes += number(std::bit_cast<std::uint32_t>(value), 4);
    return bytes;
}

const std::string six = floats({0, 1, 2, 3, 4, 5});

Checkpoint read(const std::string& pickle, const std::string& member = "") {
    return parse_checkpoint(torch_file(pickle, {{"0", six}}), "f.pt", member);
}
std::string refusal(const std::string& pickle, const std::string& member = "") {
    return attest::tests::refused([&] { (void)read(pickle, member); });
}

std::string view(std::uint64_t offset, const std::vector<std::uint64_t>& shape,
                 const std::vector<std::uint64_t>& strides) {
    return tensor(storage("Float", "0", 6), offset, shape, strides);
}

std::vector<double> values(const Array& array) {
    std::vector<double> all;
    for (std::uint64_t k = 0; k < array.count(); ++k) all.push_back(array.at(k, "").get_d());
    return all;
}

using Doubles = std::vector<double>;

}  // namespace

TEST_CASE("tensors are views of storages, which they may share", "[import]") {
    const Checkpoint c = read(dict({{"rows", view(0, {2, 3}, {3, 1})},
                                    {"columns", view(0, {3, 2}, {1, 3})},
                                    {"part", view(1, {2, 2}, {3, 1})},
                                    {"repeated", view(5, {2, 2}, {0, 0})},
                                    {"scalar", view(4, {}, {})},
                                    {"empty", view(6, {0, 3}, {3, 1})}}));
    CHECK(c.container == "PyTorch (zip)");
    CHECK(values(c.tensors.at("rows")) == Doubles{0, 1, 2, 3, 4, 5});
    CHECK(values(c.tensors.at("columns")) == Doubles{0, 3, 1, 4, 2, 5});
    CHECK(values(c.tensors.at("part")) == Doubles{1, 2, 4, 5});
    CHECK(values(c.tensors.at("repeated")) == Doubles{5, 5, 5, 5});
    CHECK(values(c.tensors.at("scalar")) == Doubles{4});
    CHECK(values(c.tensors.at("empty")).empty());
}

TEST_CASE("parts of views are views", "[import]") {
    const Checkpoint c = read(dict({{"w", view(0, {2, 3}, {3, 1})}}));
    const Part w{"w", c.tensors.at("w")};
    CHECK(item(w, 1).name == "w[1]");
    CHECK(values(item(w, 1).array) == Doubles{3, 4, 5});
    CHECK(transposed(w).name == "w.T");
    CHECK(values(transposed(w).array) == Doubles{0, 3, 1, 4, 2, 5});
    CHECK(columns(w, 1, 3).name == "w[:,1:3]");
    CHECK(values(columns(w, 1, 3).array) == Doubles{1, 2, 4, 5});
    CHECK(values(rows(transposed(columns(w, 1, 3)), 1, 2).array) == Doubles{2, 5});
    CHECK(rows(w, 0, 2).name == "w");
    CHECK(packed(transposed(w).array) == floats({0, 3, 1, 4, 2, 5}));
}

TEST_CASE("a view that leaves its storage is refused before a number is read", "[import]") {
    CHECK(
        refusal(dict({{"w", view(1, {2, 3}, {3, 1})}})) ==
        "f.pt:data.pkl:w: expected numbers within the storage, which has 6, found shape [2, 3], strides [3, 1] from 1");
    CHECK_THAT(refusal(dict({{"w", view(0, {2, 3}, {4, 1})}})), Contains("expected numbers within the storage"));
    CHECK_THAT(refusal(dict({{"w", view(6, {}, {})}})), Contains("expected numbers within the storage"));
    CHECK_THAT(refusal(dict({{"w", view(0, {2}, {0x7fffffff})}})), Contains("expected numbers within the storage"));
    CHECK_THAT(refusal(dict({{"w", view(0, {2, 3}, {1})}})), Contains("expected 2 strides, one a dimension, found 1"));
    CHECK_THAT(refusal(dict({{"w", view(0, {2}, {0xffffffff})}})),
               Contains("expected the strides of a tensor, found -1"));
    CHECK_THAT(refusal(dict({{"w", view(0, {0x7fffffff, 0x7fffffff, 0x7fffffff}, {0, 0, 0})}})),
               Contains("less than 2^64 bytes"));
}

TEST_CASE("storages have as many numbers as the pickle says, of types that are read", "[import]") {
    CHECK_THAT(refusal(dict({{"w", tensor(storage("Float", "0", 5), 0, {1}, {1})}})),
               Contains("f.pt:\"archive/data/0\": expected 5 numbers of 4 bytes, found 24 bytes"));
    CHECK_THAT(refusal(dict({{"w", tensor(storage("Float", "1", 6), 0, {1}, {1})}})), Contains("found no such entry"));
    CHECK_THAT(refusal(dict({{"w", tensor(storage("ComplexFloat", "0", 3), 0, {1}, {1})}})),
               Contains("expected a storage of numbers that are read"));
    CHECK(values(read(dict({{"w", tensor(storage("Double", "0", 3), 0, {3}, {1})}})).tensors.at("w")).size() == 3);
    CHECK(values(read(dict({{"w", tensor(storage("Byte", "0", 24), 4, {4}, {1})}})).tensors.at("w")) ==
          Doubles{0, 0, 128, 63});
    CHECK(values(read(dict({{"w", tensor(storage("BFloat16", "0", 12), 2, {2}, {1})}})).tensors.at("w")) ==
          Doubles{0, 1});
    CHECK(values(read(dict({{"w", tensor(storage("Half", "0", 12), 3, {1}, {1})}})).tensors.at("w")) == Doubles{1.875});
    CHECK(values(read(dict({{"w", tensor(storage("Short", "0", 12), 3, {1}, {1})}})).tensors.at("w")) ==
          Doubles{16256});
}

TEST_CASE("the state dict is found among the members of a checkpoint", "[import]") {
    const std::string state = dict({{"w", view(0, {6}, {1})}});
    const Checkpoint c = read(dict({{"model", state},
                                    {"optimizer", dict({{"state", "}"}})},
                                    {"epoch", integer(3)},
                                    {"model_args", dict({{"n_head", integer(2)}, {"bias", "\x88"}})}}));
    CHECK(c.tensors.size() == 1);
    CHECK(c.ignored == std::vector<std::string>{"optimizer"});
    REQUIRE(c.hyperparameters.size() == 3);
    CHECK(c.hyperparameters[1].name + c.hyperparameters[1].value == "model_args.n_head2");
    const std::string twice = dict({{"model", state}, {"net", state}, {"teacher", state}});
    CHECK_THAT(refusal(twice),
               Contains("expected one member with the tensors of the network (--member), found model, net, teacher"));
    CHECK(read(twice, "teacher").tensors.size() == 1);
    CHECK_THAT(refusal(twice, "x"), Contains("expected a member x with tensors, found model, net, teacher"));
    CHECK_THAT(refusal(dict({{"a", integer(1)}})), Contains("expected tensors, found none in the dict"));
    CHECK_THAT(refusal(dict({{"enc", state}, {"w", view(0, {1}, {1})}})), Contains("found enc"));
}

TEST_CASE("prefixes of wrappers are dropped where all names have them", "[import]") {
    const std::string w = view(0, {6}, {1});
    const Checkpoint c = read(dict({{"module._orig_mod.model.a", w}, {"module._orig_mod.model.b", w}}));
    CHECK(c.tensors.contains("a"));
    CHECK(c.dropped == std::vector<std::string>{"module.", "_orig_mod.", "model."});
    CHECK(read(dict({{"module.a", w}, {"b", w}})).dropped.empty());
}

TEST_CASE("whole modules give the names of their state dicts and what their attributes say", "[import]") {
    const std::string parameter =
        global("torch._utils", "_rebuild_parameter") + tuple_of({view(0, {6}, {1}), "\x88", "}"}) + "R";
    const std::string inner = object(
        "torch.nn", "Linear",
        {{"_parameters", dict({{"weight", parameter}, {"bias", "N"}})},
         {"_buffers", dict({{"mask", view(0, {1}, {1})}, {"tmp", view(0, {1}, {1})}})},
         {"_non_persistent_buffers_set", global("__builtin__", "set") + tuple_of({"](" + text("tmp") + "e"}) + "R"},
         {"_modules", "}"},
         {"training", "\x88"},
         {"heads", integer(2)}});
    const Checkpoint c = read(object("__main__", "Net", {{"_parameters", "}"}, {"_modules", dict({{"fc", inner}})}}));
    CHECK(c.tensors.contains("fc.weight"));
    CHECK(c.tensors.contains("fc.mask"));
    CHECK(c.tensors.size() == 2);
    CHECK(c.ignored == std::vector<std::string>{"fc.tmp"});
    REQUIRE(c.hyperparameters.size() == 1);
    CHECK(c.hyperparameters[0].name == "fc.heads");
}

TEST_CASE("what is no dictionary of tensors is refused, and never run", "[import]") {
    CHECK(refusal(global("posix", "system") + tuple_of({text("touch called")}) + "R") ==
          "f.pt:data.pkl: expected tensors, found an object of posix.system");
    CHECK_THAT(refusal(dict({{"w", view(0, {1}, {1})}, {"q", global("torch._utils", "_rebuild_qtensor") + ")R"}})),
               Contains("f.pt:data.pkl:q: expected a tensor of numbers, found a quantised tensor"));
    CHECK_THAT(refusal("]"), Contains("expected tensors, found a list of 0"));
    std::string deep = "K\x01";
    for (int k = 0; k < 2000; ++k) deep = dict({{"", deep}});
    CHECK_THAT(refusal(dict({{"w", view(0, {1}, {1})}, {"", deep}})), Contains("nested at most 1000 deep"));
    // Each holds the one before twice: 2^40 values, if one goes to all of them.
    std::string many = std::string("}q\1", 3);
    for (char k = 2; k < 42; ++k)
        many = many + "}q" + k + "(" + text("a") + "h" + static_cast<char>(k - 1) + text("b") + "h" +
               static_cast<char>(k - 1) + "u";
    std::string list = "}" + mark + text("w") + view(0, {1}, {1}) + text("m") + "(" + many + "t";
    list += text("d") + "h\x29u";
    CHECK_THAT(refusal(list), Contains("at most 200000 values"));
}

TEST_CASE("archives of other kinds say what they are", "[import]") {
    const auto refused = [](const std::string& file, const std::string& name = "f.pt") {
        return attest::tests::refused([&] { (void)parse_checkpoint(file, name, ""); });
    };
    const std::string good = whole(dict({{"w", view(0, {1}, {1})}}));
    CHECK_THAT(refused(zip({{"a/data.pkl", good}, {"a/constants.pkl", ""}})), Contains("TorchScript"));
    CHECK_THAT(refused(zip({{"a/data.pkl", good}, {"a/code/x.py", ""}})), Contains("TorchScript"));
    CHECK_THAT(refused(zip({{"a/data.pkl", good}, {"a/byteorder", "big"}})),
               Contains("f.pt:byteorder: expected little, found \"big\""));
    CHECK_THAT(refused(zip({{"word/document.xml", ""}})), Contains("expected an archive that torch.save wrote"));
    CHECK_THAT(refused(zip({{"a/data.pkl", good}, {"a/data.pkl", good}})), Contains("expected each entry once"));
    CHECK_THAT(refused(std::string(257, 'x') + "ustar" + std::string(300, 'x')), Contains("a tar archive"));
    CHECK_THAT(refused(good), Contains("a pickle that it did not write"));
    CHECK_THAT(refused("hello"), Contains("expected a checkpoint"));
    CHECK_THAT(refused(number(0, 8), "f.safetensors"), Contains("expected a header that starts with '{'"));
    CHECK_THAT(refused("\x08\x07", "f.onnx"), Contains("ONNX holds a graph, not a transformer; save the state dict: "
                                                       "torch.save(model.state_dict(), \"model.pt\")"));
    const std::string node = "\x22\x04Gemm", graph = "\x0a" + number(node.size(), 1) + node;
    CHECK_THAT(refused("\x3a" + number(graph.size(), 1) + graph, "f.onnx"), Contains("(operators found: Gemm)"));
}

TEST_CASE("a file that is cut anywhere is refused with one line", "[import]") {
    const std::string file = torch_file(dict({{"w", view(0, {6}, {1})}}), {{"0", six}});
    for (std::size_t size = 0; size < file.size(); ++size) {
        const std::string message =
            attest::tests::refused([&] { (void)parse_checkpoint(file.substr(0, size), "f.pt", ""); });
        CAPTURE(size, message);
        CHECK(message != "accepted");
        CHECK(message.find('\n') == std::string::npos);
    }
}

TEST_CASE("a folder holds one file of tensors, or several that an index names", "[import]") {
    const base::DirectoryInProgress folder;
    const auto write = [&](const std::string& name, const std::string& tensor) {
        const std::string header = R"({")" + tensor + R"(": {"dtype": "F32", "shape": [6], "data_offsets": [0, 24]}})";
        base::write_file(folder.path() + "/" + name, number(header.size(), 8) + header + six);
    };
    const auto index = [&](const std::string& map) {
        base::write_file(folder.path() + "/model.safetensors.index.json", R"({"weight_map": )" + map + "}");
    };
    const auto refused = [&] {
        return attest::tests::refused([&] { (void)read_checkpoint(folder.path(), "", 1 << 20); });
    };
    CHECK_THAT(refused(),
               Contains("expected model.safetensors, pytorch_model.bin or an index of such files, found neither"));
    write("1.safetensors", "a");
    write("2.safetensors", "b");
    index(R"({"a": "1.safetensors", "b": "2.safetensors"})");
    const Checkpoint both = read_checkpoint(folder.path(), "", 1 << 20);
    CHECK(both.tensors.size() == 2);
    CHECK(values(both.tensors.at("b")) == Doubles{0, 1, 2, 3, 4, 5});
    CHECK(both.sha256.size() == 64);
    write("2.safetensors", "a");
    CHECK_THAT(refused(), Contains("expected each tensor in one file, found a again"));
    index(R"({"a": "../1.safetensors"})");
    CHECK_THAT(refused(), Contains("expected the name of a file beside the index"));
    index(R"({"a": "3.safetensors"})");
    CHECK_THAT(refused(), Contains("3.safetensors: cannot read"));
    write("model.safetensors", "w");
    CHECK(read_checkpoint(folder.path(), "", 1 << 20).tensors.contains("w"));
}
