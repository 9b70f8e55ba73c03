#include <catch2/catch.hpp>
#include <filesystem>

#include "model_text.hpp"
#include "run.hpp"

// Model files that are not what their format promises: one line that names the file and the place, status 2.

using namespace attest::tests;

namespace {

struct Bad {
    std::string bytes;
    std::string says;
};

void refuse(const std::vector<Bad>& files) {
    const Folder folder;
    for (const Bad& bad : files) {
        folder.write("m.json", bad.bytes);
        const std::vector<std::string> before = folder.listing();
        for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
                 {"eval", "m.json", "--word", "01"},
                 {"compile", "m.json", "--length", "2", "-o", "f.aag"},
                 {"prove", "m.json", "--language", "last", "--length", "1..3", "--certificate", "c"}}) {
            const Run result = run_attest(folder, arguments);
            CAPTURE(bad.bytes.substr(0, 2000), arguments, result.out, result.err);
            CHECK(result.status == 2);
            CHECK(result.complains("m.json:"));
            CHECK(result.complains(bad.says));
            CHECK(folder.listing() == before);
        }
    }
}

Bad wrong(const std::string& key, const std::string& value, const std::string& says) {
    return {with(bits(), {{key, value}}), says};
}

Bad head(const std::string& members, const std::string& says) {
    return wrong("layers", "[" + copying_layer(R"("kind": "hard")", members) + "]", says);
}

Bad attention(const std::string& members, const std::string& says) {
    return wrong("layers", "[" + copying_layer(members) + "]", says);
}

Bad bias(const std::string& number, const std::string& says) {
    return wrong("readout", R"({"position": "last", "weight": [1], "bias": )" + number + "}", says);
}

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t k = 0; k < times; ++k) all += text;
    return all;
}

/// A safetensors file.
std::string tensors(const std::string& header, const std::string& data, std::int64_t claimed = -1) {
    const auto size = static_cast<std::uint64_t>(claimed < 0 ? static_cast<std::int64_t>(header.size()) : claimed);
    std::string bytes;
    for (int k = 0; k < 8; ++k) bytes += static_cast<char>(size >> (8 * k) & 255);
    return bytes + header + data;
}

std::string eight(std::uint64_t value) {
    std::string bytes;
    for (int k = 0; k < 8; ++k) bytes += static_cast<char>(value >> (8 * k) & 255);
    return bytes;
}

}  // namespace

TEST_CASE("what is no JSON", "[cli]") {
    const std::string good = text(bits());
    refuse({{"", "m.json:1:1: expected JSON"},
            {" \n", "expected JSON"},
            {good.substr(0, good.size() / 2), "expected JSON"},
            {good.substr(0, good.size() - 1), "expected JSON"},
            {good + "x", "expected JSON"},
            {good + good, "expected JSON"},
            {"\xEF\xBB\xBF" + good, "byte order mark"},
            {good + std::string(1, '\0'), "m.json:"},
            {"// comment\n" + good, "expected JSON"},
            {"[]", "expected an object"},
            {"null", "expected an object"},
            {repeated("[", 100000) + repeated("]", 100000), "nesting"},
            {repeated("[", 100000), "nesting"},
            {repeated(R"({"a":)", 100000), "nesting"},
            {good.substr(0, good.size() - 1) + R"(, "version": 1})", "the key \"version\" twice"},
            {with(bits(), {{"name", "\"\xff\xfe\""}}), "UTF-8"},
            {with(bits(), {{"name", R"("\ud800")"}}), "m.json:"}});
}

TEST_CASE("unknown, missing and wrong members", "[cli]") {
    Members no_dimension = bits();
    no_dimension.erase("dimension");
    refuse({wrong("layr", "[]", "unknown key \"layr\""),
            {text(no_dimension), "\"dimension\""},
            wrong("format", R"("attest/modl")", "format"),
            wrong("version", "3", "version"),
            wrong("version", "1.0", "version"),
            wrong("name", "5", "name: expected a string, found the number 5"),
            wrong("dimension", "0", "dimension"),
            wrong("dimension", "1000000000000", "dimension"),
            wrong("alphabet", "[]", "alphabet"),
            wrong("alphabet", R"(["0","0"])", "found \"0\" again"),
            wrong("alphabet", R"(["00","1"])", "one character"),
            wrong("alphabet", R"(["","1"])", "one character"),
            wrong("end", R"("1")", "outside the alphabet"),
            wrong("embedding", R"({"0":[0]})", "\"1\""),
            wrong("embedding", R"({"0":[0],"1":[1],"2":[2]})", "unknown key \"2\""),
            wrong("embedding", R"({"0":[0,0],"1":[1]})", "embedding.0: expected a list of 1 numbers, found 2"),
            wrong("position", R"(["0","0"])", "position"),
            wrong("readout", R"({"position":"middle","weight":[1],"bias":0})", "readout.position"),
            wrong("readout", R"({"position":0,"weight":[1],"bias":0})", "readout.position"),
            wrong("readout", R"({"position":1.5,"weight":[1],"bias":0})", "readout.position"),
            wrong("readout", R"({"position":"last","weight":[1,1],"bias":0})", "readout.weight"),
            wrong("layers", R"([{"feedforward": {"maps": []}}])", "maps"),
            attention(R"("kind": "hard", "norm": {"placement": "post", "eps": 1, "gain": [1], "bias": [0]})", "norm"),
            attention(R"("kind": "hrd")", "\"hard\" \"average\" \"softmax\""),
            attention(R"("kind": "hard", "mask": "casual")", "\"causal\""),
            attention(R"("kind": "hard", "tie": "middle")", "\"left\" \"right\""),
            attention(R"("kind": "hard", "msk": "none")", "unknown key \"msk\""),
            head(R"("query": [[1]])", "query and key"),
            head(R"("query": [[1, 0]], "key": [[1]])", "query[0]: expected a row of 1 numbers, found 2"),
            head(R"("query": [[1]], "key": [[1], [1]])", "key"),
            head(R"("query": {"rows": 1, "cols": 1, "entries": [[0, 0, 1], [0, 0, 1]]}, "key": [[1]])", "twice"),
            head(R"("query": {"rows": 1, "cols": 1, "entries": [[0, 1, 1]]}, "key": [[1]])", "entries[0][1]"),
            head(R"("query": {"rows": 1000000000, "cols": 1, "entries": []}, "key": [[1]])", "rows")});
    const Folder folder;
    folder.write("m.json", with(bits(), {{"layers", "[" + copying_layer(R"("kind": "hard")") + "," +
                                                        copying_layer(R"("kind": "softmax")") + "]"}}));
    CHECK(run_attest(folder, {"eval", "m.json", "--word", "0"}).complains("softmax"));
}

TEST_CASE("numbers that are none, or of no sane size", "[cli]") {
    for (const char* number : {"NaN",
                               "-Infinity",
                               "0x10",
                               "+1",
                               "01",
                               "1.",
                               ".5",
                               "true",
                               "\"1/0\"",
                               "\"0/0\"",
                               "\"1/-2\"",
                               "\"+1/2\"",
                               "\" 1/2\"",
                               "\"0.5\"",
                               "\"1+1\"",
                               "\"\"",
                               "1e999999999",
                               "1e-999999999",
                               "1e99999999999999999999",
                               "[1]",
                               "null"})
        refuse({bias(number, "m.json:")});
    refuse({bias("1e999999999", "1e999999999"), bias(R"("1/0")", "readout.bias"),
            bias(std::string(1000000, '9'), "m.json:")});
}

TEST_CASE("expressions without a value", "[cli]") {
    for (const char* expression : {"1/(i-2)",    "1/0",          "0^-1",        "mod(i,0)", "mod(i,-2)",
                                   "2^(1/2)",    "2^1000000000", "2^2^2^2^2^2", "sqrt(i)",  "pi",
                                   "log(i)",     "cos(pi*i)",    "j",           "x",        "",
                                   "1 2",        "(1",           "1)",          "[1<2<3]",  "min(1)",
                                   "floor(1,2)", "1e999999999",  "i i"}) {
        const std::string quoted = "[\"" + std::string(expression) + "\"]";
        refuse({wrong("position", quoted, "position[0]")});
    }
    refuse({wrong("position", "[\"" + repeated("(", 100000) + "1" + repeated(")", 100000) + "\"]", "position[0]"),
            wrong("position", "[\"" + repeated("-", 100000) + "1\"]", "position[0]"),
            head(R"x("bias": "1/(i-2)")x", "layers[0].attention.heads[0].bias"),
            head(R"x("bias": "1/(j-1)")x", "layers[0].attention.heads[0].bias"),
            head(R"x("bias": "sqrt(i)")x", "layers[0].attention.heads[0].bias"),
            attention(R"("kind": "hard", "scale": "0")", "scale"),
            attention(R"("kind": "hard", "scale": "i")", "scale")});
}

TEST_CASE("a division by zero at one position that is not read is an error too, with the place, i and n", "[cli]") {
    const Folder folder;
    folder.write("m.json",
                 with(bits(), {{"layers", "[" + copying_layer(R"("kind": "hard")", R"x("bias": "1/(i-1)")x") + "]"}}));
    for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
             {"eval", "m.json", "--word", "011"},
             {"compile", "m.json", "--length", "3"},
             {"prove", "m.json", "--language", "last", "--length", "3"},
             {"prove", "m.json", "--language", "last", "--length", "3", "--method", "exhaustion"}}) {
        const Run result = run_attest(folder, arguments);
        CAPTURE(arguments, result.err);
        CHECK(result.status == 2);
        CHECK(result.complains("m.json:layers[0].attention.heads[0].bias"));
        CHECK(result.complains("i = 1"));
        CHECK(result.complains("n = 3"));
    }
}

TEST_CASE("tensor files that are not sound", "[cli]") {
    const Folder folder;
    folder.write("m.json", with(bits(), {{"tensors", R"("t.safetensors")"},
                                         {"readout", R"({"position":"last","weight":{"tensor":"w"},"bias":0})"}}));
    const std::string one = eight(0x3FF0000000000000), nan = eight(0x7FF8000000000000),
                      infinity = eight(0xFFF0000000000000);
    const auto header = [](const std::string& begin, const std::string& end, const std::string& more = "") {
        return R"({"w": {"dtype": "F64", "shape": [1], "data_offsets": [)" + begin + "," + end + "]}" + more + "}";
    };
    const auto evaluate = [&] { return run_attest(folder, {"eval", "m.json", "--word", "01"}); };
    CHECK(evaluate().complains("t.safetensors: cannot read"));
    folder.write("t.safetensors", tensors(header("0", "8"), one));
    CHECK(evaluate().out == "01 accept\n");
    // The official reader passes over keys that it does not know.
    folder.write("t.safetensors",
                 tensors(R"({"w": {"dtype": "F64", "shape": [1], "data_offsets": [0,8], "x": 1}})", one));
    CHECK(evaluate().out == "01 accept\n");
    const std::string other = R"(, "v": {"dtype": "F64", "shape": [1], "data_offsets": [)";
    const std::vector<std::string> files = {
        "",
        "1234567",
        tensors(header("0", "8"), nan),
        tensors(header("0", "8"), infinity),
        tensors(header("0", "8"), ""),
        tensors(header("0", "8"), one + one),
        tensors(header("8", "16"), one + one),
        tensors(header("0", "16"), one + one),
        tensors(header("8", "0"), one),
        tensors(header("1000000000000", "1000000000008"), one),
        tensors(header("-8", "0"), one),
        tensors(header("0", "8", other + "4,12]}"), one + one),
        tensors(header("0", "8", other + "16,24]}"), one + one + one),
        tensors(header("0", "8", other + "0,8]}"), one),
        tensors(header("0", "8"), one, std::int64_t{1} << 62),
        tensors(header("0", "8"), one, 1000),
        tensors(header("0", "8", R"(, "w": {"dtype": "F64", "shape": [1], "data_offsets": [8,16]})"), one + one),
        tensors(R"({"w": {"dtype": "F99", "shape": [1], "data_offsets": [0,8]}})", one),
        tensors(R"({"w": {"dtype": "F64", "shape": [2], "data_offsets": [0,8]}})", one),
        tensors(R"({"w": {"dtype": "F64", "shape": [4294967296, 4294967296], "data_offsets": [0,8]}})", one),
        tensors(R"({"v": {"dtype": "F64", "shape": [1], "data_offsets": [0,8]}})", one),
        tensors("[]", ""),
        tensors("{", ""),
        tensors(repeated("[", 100000), ""),
    };
    for (const std::string& bytes : files) {
        folder.write("t.safetensors", bytes);
        const Run result = evaluate();
        CAPTURE(bytes.substr(0, 200), result.out, result.err);
        CHECK(result.status == 2);
        CHECK(result.complains("attest: "));
    }
    for (const char* name : {"../t.safetensors", "/etc/passwd", "", ".", ".."}) {
        folder.write("m.json", with(bits(), {{"tensors", "\"" + std::string(name) + "\""}}));
        const Run result = evaluate();
        CAPTURE(name, result.err);
        CHECK(result.status == 2);
        CHECK(result.complains("tensors"));
    }
}

TEST_CASE("files of a gigabyte and more are refused without being read", "[cli]") {
    const Folder folder;
    folder.write("m.json", with(bits(), {{"tensors", R"("t.safetensors")"}}));
    for (const char* name : {"huge.json", "huge.aag", "t.safetensors"}) {
        folder.write(name, "");
        std::filesystem::resize_file(folder / name, std::uintmax_t{1} << 32);
    }
    Setting setting;
    setting.folder = folder.path();
    setting.timeout = 5;  // to read one takes longer
    const std::string sizes = "expected at most 536870912 bytes, found 4294967296";
    CHECK(run_attest({"eval", "huge.json", "--word", "0"}, setting).complains("huge.json: " + sizes));
    CHECK(run_attest({"measure", "--circuit", "huge.aag"}, setting).complains("huge.aag: " + sizes));
    CHECK(
        run_attest({"eval", "m.json", "--word", "0"}, setting).complains("t.safetensors: expected a safetensors file"));
}

TEST_CASE("files that are none", "[cli]") {
    const Folder folder;
    std::filesystem::create_directory(folder / "folder");
    std::filesystem::create_symlink("loop", folder / "loop");
    std::filesystem::create_symlink("nowhere", folder / "dangling");
    const std::vector<std::pair<std::string, std::string>> files = {
        {"none", "none: cannot read: No such file or directory"},
        {"folder", "folder: expected a file, found a directory"},
        {"loop", "loop: cannot read"},
        {"dangling", "dangling: cannot read"},
        {"", "expected a value, found an empty one"},
        {"/dev/null", "/dev/null:1:1: expected JSON"},
        {"zoo:", "zoo:"},
        {"/proc/self/mem", "/proc/self/mem"}};
    for (const auto& [name, says] : files) {
        const Run result = run_attest(folder, {"eval", name, "--word", "0"});
        CAPTURE(name, result.err);
        CHECK(result.status == 2);
        CHECK(result.complains(says));
    }
}
