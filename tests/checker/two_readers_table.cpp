#include <catch2/catch.hpp>

#include "two_readers.hpp"

// Texts that the model format allows or refuses, each read by attest and by the checker. What is allowed and what a
// text means is decided by src/formats/MODEL.md; the rows are its sentences.

namespace attest::tests {

namespace {

struct Row {
    std::string text;
    bool accepted;
    std::string value = "";  ///< empty: not looked at
};

template <typename Read>
void hold(const std::vector<Row>& rows, Read read) {
    for (const Row& row : rows) {
        const Both both = read(row.text);
        CAPTURE(row.text.substr(0, 300), both.attest.what, both.checker.what);
        CHECK(both.attest.accepted == row.accepted);
        CHECK(both.checker.accepted == row.accepted);
        if (!row.accepted) continue;
        CHECK(both.attest.what == both.checker.what);
        if (!row.value.empty()) CHECK(both.attest.what == row.value);
    }
}

std::string repeat(const std::string& part, std::size_t times) {
    std::string text;
    for (std::size_t k = 0; k < times; ++k) text += part;
    return text;
}

std::string file_of(const std::string& header, const std::string& data) {
    std::string bytes;
    for (int k = 0; k < 8; ++k) bytes += static_cast<char>(header.size() >> (8 * k) & 0xff);
    return bytes + header + data;
}

/// A model of width 1 over {0, 1}; `key` is a member that it has besides, `replaced` what stands in its place.
std::string document(const std::string& from = "", const std::string& to = "") {
    std::string text =
        R"({"format": "attest/model", "version": 1, "alphabet": ["0", "1"], "dimension": 1, "embedding": {"0": [-1], "1": [1]}, "layers": [], "readout": {"position": "last", "weight": [1], "bias": 0}})";
    if (from.empty()) return text;
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}

/// The same with these layers, in this version.
std::string layers(const std::string& list, int version = 1) {
    std::string text = document(R"("layers": [])", R"("layers": )" + list);
    return text.replace(text.find("\"version\": 1"), 12, "\"version\": " + std::to_string(version));
}

std::string attention(const std::string& members, int version = 1) {
    return layers(R"([{"attention": {"kind": "hard", )" + members + "}}]", version);
}

std::string head(const std::string& members, int version = 1) {
    return attention(R"("heads": [{)" + members + "}]", version);
}

const std::string value_output = R"("value": [[1]], "output": [[1]])";

}  // namespace

TEST_CASE("two readers: JSON documents", "[dialect]") {
    using namespace std::string_literals;
    hold({{"3", true, "3"},
          {" \t\r\n3 \n", true, "3"},
          {"\xef\xbb\xbf"
           "3",
           false},
          {"3\0"s, false},
          {"3 // three", false},
          {"3,", false},
          {"", false},
          {"'3'", false},
          {"\"3", false},
          {"\"\xff\"", false},
          {"\"\\u0033\"", true, "3"},
          {"\"\\ud800\"", false}},
         read_number);
    hold({{document(), true},
          {document("\"layers\": []", "\"layers\": [], \"layers\": []"), false},
          {document("\"layers\": []", "\"layers\": [],"), false},
          {document("\"0\": [-1]", "\"0\": [-1], \"0\": [-1]"), false},
          {repeat("[", 64) + repeat("]", 64), false},
          {"[]", false},
          {"{}", false},
          {document().substr(0, 100), false}},
         [](const std::string& text) { return read_model(text); });
    // Depth 64 is read, 65 is not: told apart by what is said of it.
    const auto deep = [](std::size_t depth) {
        return document("\"weight\": [1]", "\"weight\": " + repeat("[", depth - 2) + repeat("]", depth - 2));
    };
    for (const std::size_t depth : {64, 65}) {
        const Both both = read_model(deep(depth));
        CHECK((both.attest.what.find("nesting") != std::string::npos) == (depth == 65));
        CHECK((both.checker.what.find("nested") != std::string::npos) == (depth == 65));
    }
}

TEST_CASE("two readers: numbers", "[dialect]") {
    hold({{"0", true, "0"},
          {"-0", true, "0"},
          {"-2", true, "-2"},
          {"0.1", true, "1/10"},
          {"-12.50E+1", true, "-125"},
          {"1e-5", true, "1/100000"},
          {"1e0", true, "1"},
          {"1e-0005", true, "1/100000"},
          {"18446744073709551615", true, "18446744073709551615"},
          {"9223372036854775808", true, "9223372036854775808"},
          {"-9223372036854775809", true, "-9223372036854775809"},
          {"01", false},
          {"+1", false},
          {".5", false},
          {"5.", false},
          {"1e", false},
          {"1e+", false},
          {"0x10", false},
          {"NaN", false},
          {"Infinity", false},
          {"1_000", false},
          {"true", false},
          {"null", false},
          {"[1]", false},
          {"{\"tensor\": \"t\"}", false},
          // Sizes
          {"1e4096", true},
          {"1e-4096", true},
          {"1e4097", false},
          {"1e-4097", false},
          {"0e4097", false},
          {"1e99999999999999999999", false},
          {repeat("9", 836) + "e4096", true},
          {repeat("9", 837) + "e4096", false},
          {repeat("9", 4932), true},
          {"1" + repeat("0", 4932), false},
          {"1.1" + repeat("0", 99997), true, "11/10"},
          {"1.1" + repeat("0", 99998), false},
          {"-1.1" + repeat("0", 99997), true, "-11/10"},
          // In quotes: integers and quotients of integers
          {"\"3\"", true, "3"},
          {"\"-3\"", true, "-3"},
          {"\"3/7\"", true, "3/7"},
          {"\"-1/2\"", true, "-1/2"},
          {"\"2/4\"", true, "1/2"},
          {"\"0/5\"", true, "0"},
          {"\"-0\"", true, "0"},
          {"\"1" + repeat("0", 4932) + "\"", true},
          {"\"1" + repeat("0", 99999) + "\"", true},
          {"\"1" + repeat("0", 100000) + "\"", false},
          {"\"-1" + repeat("0", 99999) + "\"", true},
          {"\"1/" + repeat("1", 99998) + "\"", true},
          {"\"1/" + repeat("1", 99999) + "\"", false},
          {"\"1e-5\"", false},
          {"\"0.5\"", false},
          {"\"01\"", false},
          {"\"00\"", false},
          {"\"01/2\"", false},
          {"\"1/02\"", false},
          {"\"+1\"", false},
          {"\"1/0\"", false},
          {"\"1/-2\"", false},
          {"\"1/2/3\"", false},
          {"\"1 / 2\"", false},
          {"\" 1\"", false},
          {"\"1 \"", false},
          {"\"1/\"", false},
          {"\"/2\"", false},
          {"\"-\"", false},
          {"\"\"", false}},
         read_number);
}

TEST_CASE("two readers: expressions", "[dialect]") {
    hold({{"1", true, "1;1;1;"},
          {"i", true, "1;2;3;"},
          {"i*n - j", true, "0;9;10;"},
          {"0.1 * 10", true, "1;1;1;"},
          {"1e2", true, "100;100;100;"},
          {"1E-2", true, "1/100;1/100;1/100;"},
          {"2^3^2", true, "512;512;512;"},
          {"-2^2", true, "-4;-4;-4;"},
          {"2^-2", true, "1/4;1/4;1/4;"},
          {"--1", true, "1;1;1;"},
          {"1 - -1", true, "2;2;2;"},
          {"8/4/2", true, "1;1;1;"},
          {"2-3-4", true, "-5;-5;-5;"},
          {"(-1)^i", true, "-1;1;-1;"},
          {"1/(i-1)", true, "none;1;1/2;"},
          {"mod(-1, n)", true, "0;6;3;"},
          {"floor(-7/2)", true, "-4;-4;-4;"},
          {"floor (i)", true, "1;2;3;"},
          {"[i < j]", true, "0;1;0;"},
          {"[i <= j]", true, "1;1;0;"},
          {"[i<=j]", true, "1;1;0;"},
          {"[i != j]", true, "0;1;1;"},
          {"[i = j]", true, "1;0;0;"},
          {"min(i, max(j, 2))", true, "1;2;2;"},
          {"\t i \t+\t1", true, "2;3;4;"},
          {"0^0", true, "1;1;1;"},
          // Not the grammar
          {"", false},
          {" ", false},
          {"01", false},
          {"1 + 02", false},
          {"1.", false},
          {".5", false},
          {"2e", false},
          {"2e+", false},
          {"2exp(1)", false},
          {"1e5000", false},
          {"+1", false},
          {"1 2", false},
          {"i j", false},
          {"2i", false},
          {"2**3", false},
          {"i\n+1", false},
          {"i\r", false},
          {"i\v", false},
          {std::string("i\0", 2), false},
          {std::string("i\0+1", 4), false},
          {"i\xc2\xa0", false},
          {"[i < = j]", false},
          {"[i > = j]", false},
          {"[i ! = j]", false},
          {"[i == j]", false},
          {"[i ! j]", false},
          {"[i => j]", false},
          {"[i <> j]", false},
          {"[i < j < n]", false},
          {"[i]", false},
          {"i < j", false},
          {"(i", false},
          {"i)", false},
          {"()", false},
          {"I", false},
          {"dk", false},
          {"k", false},
          {"ni", false},
          {"i2", false},
          {"Floor(1)", false},
          {"floor 1", false},
          {"floor()", false},
          {"floor(1,2)", false},
          {"min(1)", false},
          {"min(1,2,3)", false},
          {"max(1 2)", false},
          {"\"1\"", false},
          {"1/2/", false},
          {"1;2", false},
          {"1,2", false},
          // Limits: 200 sums and signed powers inside one another, 10000 characters
          {repeat("(", 99) + "1" + repeat(")", 99), true, "1;1;1;"},
          {repeat("(", 100) + "1" + repeat(")", 100), false},
          {repeat("-", 198) + "1", true},
          {repeat("-", 199) + "1", false},
          {"1" + repeat("^1", 198), true},
          {"1" + repeat("^1", 199), false},
          {repeat("floor(", 99) + "1" + repeat(")", 99), true},
          {repeat("floor(", 100) + "1" + repeat(")", 100), false},
          {repeat("[", 99) + "1" + repeat("=1]", 99), true},
          {repeat("[", 100) + "1" + repeat("=1]", 100), false},
          {"1" + repeat("+1", 4999) + " ", true, "5000;5000;5000;"},
          {"1" + repeat("+1", 4999) + "  ", false},
          {"1" + repeat("+1", 5000), false},
          {"pi", false},
          {"sqrt(2)", false}},
         [](const std::string& text) { return read_expression(text); });
    hold({{"pi", true, "soft;soft;soft;"},
          {"cos(pi*i)", true},
          {"sqrt(log(exp(sin(n))))", true},
          {"pi(1)", false},
          {"tan(1)", false},
          {"i", true, "1;2;3;"}},
         [](const std::string& text) { return read_expression(text, true); });
}

TEST_CASE("two readers: the top level of a model", "[dialect]") {
    hold({{document(), true, "-010101"},
          {document("attest/model", "attest/dfa"), false},
          {document("\"version\": 1", "\"version\": 2"), true},
          {document("\"version\": 1", "\"version\": 3"), false},
          {document("\"version\": 1", "\"version\": 0"), false},
          {document("\"version\": 1", "\"version\": 1.0"), false},
          {document("\"version\": 1", "\"version\": \"1\""), false},
          {document("\"version\": 1, ", ""), false},
          {document("\"layers\": [], ", ""), false},
          {document("\"layers\": []", "\"layers\": null"), false},
          {document("\"layers\": []", "\"layers\": [], \"name\": null"), false},
          {document("\"layers\": []", "\"layers\": [], \"name\": \"\""), true},
          {document("\"layers\": []", "\"layers\": [], \"cite\": []"), true},
          {document("\"layers\": []", "\"layers\": [], \"cite\": [1]"), false},
          {document("\"layers\": []", "\"layers\": [], \"cite\": \"k\""), false},
          {document("\"layers\": []", "\"layers\": [], \"comment\": \"k\""), false},
          {document("\"layers\": []", "\"layers\": [], \"begin\": null, \"end\": null"), true, "-010101"},
          {document("\"layers\": []", "\"layers\": [], \"begin\": \"0\""), false},
          {document("\"layers\": []", "\"layers\": [], \"begin\": \"^\""), false},  // without an embedding
          {document("\"1\": [1]", "\"1\": [1], \"<s>\": [1]"), false},              // of no symbol
          {document("\"1\": [1]}", "\"1\": [1], \"<s>\": [1]}, \"begin\": \"<s>\""), true},
          {document("\"1\": [1]}", "\"1\": [1], \"<s>\": [1]}, \"begin\": \"<s>\", \"end\": \"<s>\""), true},
          {document("\"1\": [1]}", "\"1\": [1], \"\": [1]}, \"begin\": \"\""), false},
          {document("\"1\": [1]}", "\"1\": [1], \"\\n\": [1]}, \"begin\": \"\\n\""), false},
          {document("\"1\": [1]}", "\"1\": [1], \"a\\u0085\": [1]}, \"begin\": \"a\\u0085\""), false},
          {document("\"0\": [-1], ", ""), false},
          {document("[\"0\", \"1\"]", "[]"), false},
          {document("[\"0\", \"1\"]", "[\"0\", \"1\", \"1\"]"), false},
          {document("[\"0\", \"1\"]", "\"01\""), false},
          {document("[\"0\", \"1\"]", "{\"0\": 1}"), false},
          {document("\"dimension\": 1", "\"dimension\": 0"), false},
          {document("\"dimension\": 1", "\"dimension\": 1.0"), false},
          {document("\"dimension\": 1", "\"dimension\": 1e0"), false},
          {document("\"dimension\": 1", "\"dimension\": \"1\""), false},
          {document("\"dimension\": 1", "\"dimension\": 2"), false},
          {document("[-1]", "[-1, 0]"), false},
          {document("[-1]", "-1"), false},
          {document("[-1]", "[[-1]]"), false},
          {document("[-1]", "[null]"), false},
          {document("[-1]", "[\"-1/3\"]"), true, "-010101"},
          {document("[-1]", "[\"-1e0\"]"), false},
          {document("[-1]", "{\"tensor\": \"t\"}"), false},
          {document("\"layers\": []", "\"layers\": [], \"position\": [\"i\"]"), true, "-011111"},
          {document("\"layers\": []", "\"layers\": [], \"position\": [0]"), true, "-010101"},
          {document("\"layers\": []", "\"layers\": [], \"position\": [\"1/3\"]"), true, "-010101"},
          {document("\"layers\": []", "\"layers\": [], \"position\": null"), false},
          {document("\"layers\": []", "\"layers\": [], \"position\": []"), false},
          {document("\"layers\": []", "\"layers\": [], \"position\": [\"j\"]"), false},
          {document("\"layers\": []", "\"layers\": [], \"position\": [\"dk\"]"), false},
          {document("\"layers\": []", "\"layers\": [], \"position\": \"i\""), false},
          {document("\"layers\": []", "\"layers\": [], \"position\": [[1]]"), false},
          {document("\"layers\": []", "\"layers\": [], \"position\": [\"pi\"]"), false},
          {document("\"layers\": []", "\"layers\": [], \"position\": {\"tensor\": \"t\"}"), false}},
         [](const std::string& text) { return read_model(text); });
    for (const std::string name : {"", ".", "..", "a/b", "/w", "w\\u0000", "manifest.json", "model.json",
                                   "language.json", "circuit.json", "formula.cnf", "proof.lrat", "proof.xlrup"})
        hold({{document("\"layers\": []", "\"layers\": [], \"tensors\": \"" + name + "\""), false}},
             [](const std::string& text) { return read_model(text, file_of("{}", "")); });
    hold({{document("\"layers\": []", "\"layers\": [], \"tensors\": \"w\""), true},
          {document("\"layers\": []", "\"layers\": [], \"tensors\": \"" + repeat("w", 255) + "\""), true},
          {document("\"layers\": []", "\"layers\": [], \"tensors\": \"" + repeat("w", 256) + "\""), false},
          {document("\"layers\": []", "\"layers\": [], \"tensors\": null"), false},
          {document("\"layers\": []", "\"layers\": [], \"tensors\": [\"w\"]"), false}},
         [](const std::string& text) { return read_model(text, file_of("{}", "")); });
}

TEST_CASE("two readers: the readout of a model", "[dialect]") {
    const auto readout = [](const std::string& object) {
        return document(R"({"position": "last", "weight": [1], "bias": 0})", object);
    };
    hold({{readout(R"({"position": "first", "weight": [1], "bias": 0})"), true, "-010011"},
          {readout(R"({"position": 1, "weight": [1], "bias": 0})"), true, "-010011"},
          {readout(R"({"position": -1, "weight": [1], "bias": 0})"), true, "-010101"},
          {readout(R"({"position": 1000000000, "weight": [1], "bias": 0})"), true, "-------"},
          {readout(R"({"position": 1000000001, "weight": [1], "bias": 0})"), false},
          {readout(R"({"position": -1000000001, "weight": [1], "bias": 0})"), false},
          {readout(R"({"position": 0, "weight": [1], "bias": 0})"), false},
          {readout(R"({"position": 1.0, "weight": [1], "bias": 0})"), false},
          {readout(R"({"position": "middle", "weight": [1], "bias": 0})"), false},
          {readout(R"({"position": "1", "weight": [1], "bias": 0})"), false},
          {readout(R"({"weight": [1], "bias": 0})"), false},
          {readout(R"({"position": "last", "bias": 0})"), false},
          {readout(R"({"position": "last", "weight": [1]})"), false},
          {readout(R"({"position": "last", "weight": [1], "bias": null})"), false},
          {readout(R"({"position": "last", "weight": [1], "bias": "i"})"), false},
          {readout(R"({"position": "last", "weight": [1], "bias": [0]})"), false},
          {readout(R"({"position": "last", "weight": 1, "bias": 0})"), false},
          {readout(R"({"position": "last", "weight": [1], "bias": 0, "classes": []})"), false}},
         [](const std::string& text) { return read_model(text); });
}

TEST_CASE("two readers: layers", "[dialect]") {
    hold(
        {{layers("[{}]"), true, "-010101"},
         {layers("[null]"), false},
         {layers("[[]]"), false},
         {layers(R"([{"attention": null}])"), false},
         {layers(R"([{"feedforward": null}])"), false},
         {layers(R"([{"conv": {}}])"), false},
         {attention(R"("heads": [])"), true, "-010101"},
         {attention(R"("heads": [], "residual": false)"), true, "-000000"},
         {attention(R"("heads": [], "residual": null)"), false},
         {attention(R"("heads": [], "residual": 1)"), false},
         {attention(R"("heads": [], "norm": null)"), true},
         {attention(R"("heads": [], "norm": {"placement": "pre", "eps": 1})"), false},
         {attention(R"("heads": null)"), false},
         {attention(R"("tie": "left")"), false},
         {attention(R"("heads": [], "tie": "middle")"), false},
         {attention(R"("heads": [], "tie": null)"), false},
         {attention(R"("heads": [], "mask": "strict-future")"), true},
         {attention(R"("heads": [], "mask": "Causal")"), false},
         {attention(R"("heads": [], "scale": 0)"), false},
         {attention(R"("heads": [], "scale": -1)"), false},
         {attention(R"("heads": [], "scale": "0")"), false},
         {attention(R"x("heads": [], "scale": "(0)")x"), false},
         {attention(R"("heads": [], "scale": "-1")"), true},  // nothing is scaled by it
         {attention(R"("heads": [], "scale": "1/dk")"), true},
         {attention(R"("heads": [], "scale": "i")"), false},
         {attention(R"("heads": [], "scale": null)"), false},
         {layers(R"([{"attention": {"heads": []}}])"), false},
         {layers(R"([{"attention": {"kind": "soft", "heads": []}}])"), false},
         {layers(R"([{"attention": {"kind": "hard", "heads": []}}, {"attention": {"kind": "average", "heads": []}}])"),
          true},
         {layers(R"([{"attention": {"kind": "hard", "heads": []}}, {"attention": {"kind": "softmax", "heads": []}}])"),
          false},
         {layers(R"x([{"attention": {"kind": "softmax", "heads": [], "scale": "sqrt(n)"}}])x"), true},
         {layers(R"x([{"attention": {"kind": "hard", "heads": [], "scale": "sqrt(n)"}}])x"), false},
         {layers(R"([{"feedforward": {"maps": [[[1]]], "norm": {"placement": "pre", "eps": 1}}}])"), true},
         {layers(R"([{"feedforward": {"maps": [[[1]]], "norm": {"placement": "pre", "eps": -1}}}])"), false},
         {layers(R"([{"feedforward": {"maps": [[[1]]], "norm": {"placement": "pre"}}}])"), false},
         {layers(R"([{"feedforward": {"maps": [[[1]]], "norm": {"eps": 1}}}])"), false},
         {layers(R"([{"feedforward": {"maps": [[[1]]], "norm": {"placement": "mid", "eps": 1}}}])"), false},
         {layers(R"([{"feedforward": {"maps": [[[1]]], "norm": {"placement": "pre", "eps": "1e-5"}}}])"), false},
         {layers(
              R"([{"feedforward": {"maps": [[[1]]], "norm": {"placement": "pre", "eps": 1e-5, "gain": [2], "bias": [0]}}}])"),
          true},
         {layers(R"([{"feedforward": {"maps": [[[1]]], "norm": {"placement": "pre", "eps": 1, "gain": [2, 2]}}}])"),
          false},
         {layers(R"([{"feedforward": {"maps": [[[1]]]}}])"), true, "-010101"},
         {layers(R"([{"feedforward": {"maps": []}}])"), false},
         {layers(R"([{"feedforward": {}}])"), false},
         {layers(R"([{"feedforward": {"maps": [[[1], [1]]]}}])"), false},
         {layers(R"([{"feedforward": {"maps": [[[1], [1]], [[1, -1]]], "residual": false}}])"), true, "-000000"},
         {layers(R"([{"feedforward": {"maps": [[[1], [1]], [[1]]]}}])"), false},
         {head(value_output), true},
         {head(R"("value": [[1]])"), false},
         {head(R"("output": [[1]])"), false},
         {head(R"("query": [[1]], )" + value_output), false},
         {head(R"("key": [[1]], )" + value_output), false},
         {head(R"("query": [[1]], "key": [[1], [1]], )" + value_output), false},
         {head(R"("query": [[1], [0]], "key": [[1], [1]], )" + value_output), true},
         {head(R"("query": [[1]], "key": [[1]], "bias": "j", )" + value_output), true},
         {head(R"("bias": "dk", )" + value_output), false},
         {head(R"("bias": null, )" + value_output), false},
         {head(R"("bias": 0.5, )" + value_output), true},
         {head(R"("bias": "1/2", )" + value_output), true},
         {head(R"("bias": "i-j", )" + value_output), true},
         {head(R"("value": [[1], [1]], "output": [[1]])"), false},
         {head(R"("value": [[1, 1]], "output": [[1]])"), false},
         {head(R"("value": [[1]], "output": [[1], [1]])"), false},
         {head(R"("tie": "left", )" + value_output), false}},
        [](const std::string& text) { return read_model(text); });
}

TEST_CASE("two readers: matrices and maps", "[dialect]") {
    const auto map = [](const std::string& text, int version) {
        return layers(R"([{"feedforward": {"maps": [)" + text + R"(], "residual": false}}])", version);
    };
    // With a norm, so that nobody evaluates it.
    const auto wide = [](const std::string& text, int version) {
        return layers(R"([{"feedforward": {"norm": {"placement": "pre", "eps": 1}, "maps": [)" + text + "]}}]",
                      version);
    };
    for (const int version : {1, 2})
        hold({{map(R"({"weight": [[1]], "bias": [1]})", version), true, "-010101"},
              {map(R"({"weight": [[1]], "bias": [1, 1]})", version), false},
              {map(R"({"weight": [[1]], "bias": null})", version), false},
              {map(R"({"weight": [[1]], "bias": 1})", version), false},
              {map(R"({"bias": [1]})", version), false},
              {map(R"({"weight": [[1]], "scale": 1})", version), false},
              {map(R"({"weight": {"weight": [[1]]}})", version), false},
              {map(R"({"rows": 1, "cols": 1, "entries": [[0, 0, 2]]})", version), true, "-010101"},
              {map(R"({"rows": 1, "cols": 1, "entries": []})", version), true, "-000000"},
              {map(R"({"rows": 1, "cols": 1, "entries": [[0, 0, 0]]})", version), true},
              {map(R"({"rows": 1, "cols": 1, "entries": [[0, 0, 2], [0, 0, 2]]})", version), false},
              {map(R"({"rows": 1, "cols": 1, "entries": [[0, 0, 0], [0, 0, 2]]})", version), false},
              {map(R"({"rows": 1, "cols": 1, "entries": [[0, 1, 2]]})", version), false},
              {map(R"({"rows": 1, "cols": 1, "entries": [[-1, 0, 2]]})", version), false},
              {map(R"({"rows": 1, "cols": 1, "entries": [[0, 0]]})", version), false},
              {map(R"({"rows": 1, "cols": 1, "entries": [[0, 0, 2, 3]]})", version), false},
              {map(R"({"rows": 1, "cols": 1, "entries": [["0", 0, 2]]})", version), false},
              {map(R"({"rows": 1, "cols": 1})", version), false},
              {map(R"({"rows": 1, "entries": []})", version), false},
              {map(R"({"rows": 1, "columns": 1, "entries": []})", version), false},
              {map(R"({"rows": 2, "cols": 1, "entries": []})", version), false},
              {map(R"({"rows": 1, "cols": 2, "entries": []})", version), false},
              {wide(R"({"rows": 1048576, "cols": 1, "entries": []}, {"rows": 1, "cols": 1048576, "entries": []})",
                    version),
               true},
              {wide(R"({"rows": 1048577, "cols": 1, "entries": []}, {"rows": 1, "cols": 1048577, "entries": []})",
                    version),
               false},
              {map("[]", version), false},
              {map("[[]]", version), false},
              {map("[1]", version), false},
              {map("1", version), false},
              {map("null", version), false},
              {map("{}", version), false},
              {map("[[1], [1, 2]]", version), false}},
             [](const std::string& text) { return read_model(text); });
    const std::string million =
        R"({"rows": 1048576, "cols": 1, "entries": []}, {"rows": 1, "cols": 1048576, "entries": []}, )";
    hold({{wide(million + million + million + R"({"rows": 1, "cols": 1, "entries": []})", 1), true},
          {wide(million + million + million + million + R"({"rows": 1, "cols": 1, "entries": []})", 1), false}},
         [](const std::string& text) { return read_model(text); });

    // Empty sums belong to version 2.
    const std::vector<std::string> empty = {
        R"({"rows": 0, "cols": 1, "entries": []}, {"rows": 1, "cols": 0, "entries": []})", R"([], [[]])",
        R"({"weight": [], "bias": []}, {"weight": [[]], "bias": [3]})"};
    for (const std::string& maps : empty)
        hold({{map(maps, 1), false}, {map(maps, 2), true, maps.find('3') == std::string::npos ? "-000000" : "-111111"}},
             [](const std::string& text) { return read_model(text); });
    hold({{head(R"("query": [], "key": [], )" + value_output, 1), false},
          {head(R"("query": [], "key": [], )" + value_output, 2), true, "-010001"},
          {head(R"("value": [], "output": [[]])", 2), true, "-010101"},
          {head(R"("value": [], "output": {"weight": [[]], "bias": [3]})", 2), true, "-111111"},
          {head(R"("value": [], "output": [])", 2), false},
          {head(R"("value": [[]], "output": [[1]])", 2), false},
          {head(R"("query": [], "key": [[1]], )" + value_output, 2), false}},
         [](const std::string& text) { return read_model(text); });
}

TEST_CASE("two readers: symbols of several characters", "[dialect]") {
    const auto over = [](const std::string& first, const std::string& second, int version) {
        return R"({"format": "attest/model", "version": )" + std::to_string(version) + R"(, "alphabet": [")" + first +
               R"(", ")" + second + R"("], "dimension": 1, "embedding": {")" + first + R"(": [-1], ")" + second +
               R"(": [1]}, "layers": [], "readout": {"position": "last", "weight": [1], "bias": 0}})";
    };
    hold({{over("<s>", "a", 1), false},
          {over("<s>", "a", 2), true, "-010101"},
          {over("matrix", "rows", 2), true, "-010101"},
          {over("é", "日", 1), true},
          {over("e\\u0301", "a", 1), false},  // two characters, however they are shown
          {over("e\\u0301", "a", 2), true},
          {over(" ", "a", 1), true},
          {over(" ", "a", 2), true},
          {over(" ", "ab", 2), false},
          {over("a b", "c", 2), false},
          {over("", "a", 2), false},
          {over("a\\t", "c", 2), false},
          {over("\\t", "c", 1), false},
          {over("\\u007f", "c", 1), false},
          {over("\\u0080", "c", 1), false},
          {over("\\u00a0", "c", 1), true},
          {over("ab", "ab", 2), false}},
         [](const std::string& text) { return read_model(text); });
}

TEST_CASE("two readers: keys of version 2", "[dialect]") {
    const auto v2 = [](const std::string& from, const std::string& to) {
        std::string text = document(from, to);
        return text.replace(text.find("\"version\": 1"), 12, "\"version\": 2");
    };
    hold({{v2("\"layers\"", "\"max_length\": 3, \"layers\""), true},
          {document("\"layers\"", "\"max_length\": 3, \"layers\""), false},
          {v2("\"layers\"", "\"max_length\": -1, \"layers\""), false},
          {v2("\"layers\"", "\"source\": {}, \"layers\""), false},
          {v2("{\"0\": [-1], \"1\": [1]}", "{\"matrix\": [[-1], [1]], \"rows\": {\"0\": 0, \"1\": 1}}"), true},
          {v2("{\"0\": [-1], \"1\": [1]}", "{\"matrix\": [[-1], [1]], \"rows\": {\"0\": 0, \"1\": 2}}"), false},
          {v2("\"layers\"", "\"position\": {\"table\": [[1], [0]], \"first\": 1}, \"layers\""), true},
          {v2("\"layers\"", "\"position\": {\"table\": [[1, 0]], \"first\": 1}, \"layers\""), false},
          {layers(R"([{"repeat": 2}])", 2), true},
          {layers(R"([{"repeat": 0.5}])", 2), false},
          {layers(R"([{"repeat": "i"}])", 2), false},
          {attention(R"("heads": [], "rotary": {})", 2), false},
          {layers(R"([{"attention": {"kind": "sparsemax", "heads": []}}])", 2), true},
          {head("\"mask\": \"causal\", " + value_output, 2), true},
          {head("\"mask\": \"banded\", " + value_output, 2), false},
          {layers(R"([{"feedforward": {"maps": [[[1]], [[1]]], "activation": "leaky-relu", "slope": "1/2"}}])", 2),
           true},
          {layers(R"([{"feedforward": {"maps": [[[1]], [[1]]], "activation": "leaky-relu", "slope": 2}}])", 2), false},
          {layers(R"([{"feedforward": {"maps": [[[1]]], "slope": 1}}])", 2), false},
          {layers(R"([{"feedforward": {"maps": [[[1]]], "gate": [[1]]}}])", 2), false},
          {v2("\"weight\"", "\"classes\": [\"a\"], \"weight\""), false},
          {v2("\"last\"", "\"mean\""), true},
          {v2("\"last\"", "\"each\""), false}},
         [](const std::string& text) { return read_model(text); });
}

TEST_CASE("two readers: tables", "[dialect]") {
    const std::string good =
        R"({"format": "attest/guhat", "version": 1, "alphabet": ["0", "1"], "end": "$", "length": 2, "layers": 2, "heads": 1, "activations": 2, )"
        R"("attention": [{"layer": 1, "head": 1, "position": 1, "value": "0", "prefer": [[2, "1"], [1, "0"]]}], )"
        R"("activation": [{"layer": 1, "position": 1, "value": "0", "attended": [[2, "1"]], "becomes": 1}], "accept": [[1, [2, 0]]]})";
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        REQUIRE(text.find(from) != std::string::npos);
        return text.replace(text.find(from), from.size(), to);
    };
    hold({{good, true},
          {with("attest/guhat", "attest/model"), false},
          {with("\"version\": 1", "\"version\": 2"), false},
          {with("[\"0\", \"1\"]", "[\"0\", \"10\"]"), false},
          {with("[\"0\", \"1\"]", "[\"0\", \"1\", \"\\n\"]"), false},
          {with("\"end\": \"$\"", "\"end\": \"<end>\""), true},
          {with("\"end\": \"$\"", "\"end\": \"\\n\""), false},
          {with("\"end\": \"$\"", "\"end\": \"1\""), false},
          {with("\"end\": \"$\"", "\"end\": null"), true},
          {with("\"length\": 2", "\"length\": 1"), false},
          {with("\"length\": 2", "\"length\": 65536"), true},
          {with("\"length\": 2", "\"length\": 65537"), false},
          {with("\"length\": 2", "\"length\": 2.0"), false},
          {with("\"layers\": 2", "\"layers\": 65"), false},
          {with("\"layers\": 2", "\"layers\": 1"), false},
          {with("\"heads\": 1", "\"heads\": 1025"), false},
          {with("\"heads\": 1", "\"heads\": 2"), false},
          {with("\"activations\": 2", "\"activations\": 0"), false},
          {with("\"activations\": 2", "\"activations\": null"), false},
          {with("\"activations\": 2, ", ""), false},
          {with("\"head\": 1", "\"head\": 0"), false},
          {with("\"layer\": 1", "\"layer\": 3"), false},
          {with("\"position\": 1", "\"position\": 4"), false},
          {with("\"value\": \"0\"", "\"value\": \"2\""), false},
          {with("\"value\": \"0\"", "\"value\": 0"), false},
          {with("[2, \"1\"], [1, \"0\"]", "[2, \"1\"], [2, \"1\"]"), false},
          {with("[2, \"1\"], [1, \"0\"]", "[2, \"1\"], [3, \"1\"]"), false},
          {with("[2, \"1\"], [1, \"0\"]", "[2, \"1\"], [3, \"$\"]"), true},
          {with("[2, \"1\"], [1, \"0\"]", "[2, \"1\", 1]"), false},
          {with("\"becomes\": 1", "\"becomes\": 2"), false},
          {with("[[1, [2, 0]]]", "[[1, [2, 0]], [1, [2, 0]]]"), false},
          {with("[[1, [2, 0]]]", "[[2, [2, 0]]]"), false},
          {with("[[1, [2, 0]]]", "[1]"), false},
          {with("[[1, [2, 0]]]", "[]"), true},
          {with(", \"accept\": [[1, [2, 0]]]", ""), false},
          {with("\"accept\"", "\"comment\": 1, \"accept\""), false}},
         [](const std::string& text) { return read_tables(text); });
}

TEST_CASE("two readers: safetensors", "[dialect]") {
    const std::string good = R"({"dtype": "U8", "shape": [2, 2], "data_offsets": [0, 4]})";
    const auto one = [](const std::string& entry, std::size_t size) {
        return file_of("{\"t\": " + entry + "}", std::string(size, '\0'));
    };
    std::vector<Row> rows = {
        {one(good, 4), true, "t:4;"},
        {one(good, 5), false},
        {one(good, 3), false},
        {"", false},
        {"1234567", false},
        {std::string(8, '\xff') + "{}", false},
        {file_of("{}", ""), true},
        {file_of("{}", "x"), false},
        {file_of("{}   ", ""), true},
        {file_of(" {}", ""), false},
        {file_of(std::string("{}\0\0", 4), ""), false},
        {file_of("[]", ""), false},
        {file_of("{}", "").substr(0, 9), false},
        {file_of(R"({"__metadata__": null})", ""), true},
        {file_of(R"({"__metadata__": {}})", ""), true},
        {file_of(R"({"__metadata__": {"a": "b"}})", ""), true},
        {file_of(R"({"__metadata__": {"a": 1}})", ""), false},
        {file_of(R"({"__metadata__": []})", ""), false},
        {one(R"({"dtype": "U8", "shape": [4], "data_offsets": [0, 4], "stride": [1], "x": {"y": null}})", 4), true,
         "t:4;"},
        {one(R"({"dtype": "U8", "shape": [4], "data_offsets": [0, 4], "x": 1, "x": 1})", 4), false},
        {one(R"({"dtype": "U8", "shape": [4]})", 4), false},
        {one(R"({"dtype": "U8", "data_offsets": [0, 4]})", 4), false},
        {one(R"({"shape": [4], "data_offsets": [0, 4]})", 4), false},
        {one(R"({"dtype": "U8", "shape": [4], "data_offsets": [0, 4.0]})", 4), false},
        {one(R"({"dtype": "U8", "shape": [4], "data_offsets": [4, 0]})", 4), false},
        {one(R"({"dtype": "U8", "shape": [4], "data_offsets": [0, 4, 4]})", 4), false},
        {one(R"({"dtype": "U8", "shape": [-4], "data_offsets": [0, 4]})", 4), false},
        {one(R"({"dtype": "U8", "shape": ["4"], "data_offsets": [0, 4]})", 4), false},
        {one(R"({"dtype": "U8", "shape": 4, "data_offsets": [0, 4]})", 4), false},
        {one(R"({"dtype": "U8", "shape": [], "data_offsets": [0, 1]})", 1), true, "t:1;"},
        {one(R"({"dtype": "U8", "shape": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], "data_offsets": [0, 1]})", 1), true, "t:1;"},
        {one(R"({"dtype": "U8", "shape": [0], "data_offsets": [0, 0]})", 0), true, "t:0;"},
        {one(R"({"dtype": "F64", "shape": [9223372036854775807, 0], "data_offsets": [0, 0]})", 0), true, "t:0;"},
        {one(R"({"dtype": "F64", "shape": [9223372036854775807, 3, 0], "data_offsets": [0, 0]})", 0), false},
        {one(R"({"dtype": "U8", "shape": [9223372036854775808, 0], "data_offsets": [0, 0]})", 0), false},
        {one(R"({"dtype": "U8", "shape": [4611686018427387904, 4], "data_offsets": [0, 0]})", 0), false},
        {one(R"({"dtype": "U8", "shape": [2305843009213693952], "data_offsets": [0, 0]})", 0), false},
        {one(R"({"dtype": "u8", "shape": [4], "data_offsets": [0, 4]})", 4), false},
        {one(R"({"dtype": "F8", "shape": [4], "data_offsets": [0, 4]})", 4), false},
        {one(R"({"dtype": "F128", "shape": [1], "data_offsets": [0, 16]})", 16), false},
        {one(R"({"dtype": "F4", "shape": [2], "data_offsets": [0, 1]})", 1), true, "t:2;"},
        {one(R"({"dtype": "F4", "shape": [3], "data_offsets": [0, 2]})", 2), false},
        {one(R"({"dtype": "F4", "shape": [3], "data_offsets": [0, 1]})", 1), false},
        {one(R"({"dtype": "F6_E2M3", "shape": [4], "data_offsets": [0, 3]})", 3), true, "t:4;"},
        {one(R"({"dtype": "C64", "shape": [1], "data_offsets": [0, 8]})", 8), true, "t:1;"},
        {one(R"({"dtype": "C64", "shape": [1], "data_offsets": [0, 4]})", 4), false}};
    for (const std::string type : {"F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E5M2FNUZ", "F8_E4M3FNUZ", "BOOL", "I8"})
        rows.push_back({one("{\"dtype\": \"" + type + R"(", "shape": [2], "data_offsets": [0, 2]})", 2), true, "t:2;"});
    const auto two = [](const std::string& a, const std::string& b, const std::string& name) {
        return file_of(R"({"s": {"dtype": "U8", "shape": [2], "data_offsets": )" + a + "}, \"" + name +
                           R"(": {"dtype": "U8", "shape": [2], "data_offsets": )" + b + "}}",
                       "1234");
    };
    rows.push_back({two("[0, 2]", "[2, 4]", "t"), true, "s:2;t:2;"});
    rows.push_back({two("[2, 4]", "[0, 2]", "t"), true});
    rows.push_back({two("[0, 2]", "[1, 3]", "t"), false});
    rows.push_back({two("[1, 3]", "[2, 4]", "t"), false});
    rows.push_back({two("[0, 2]", "[0, 2]", "t"), false});
    rows.push_back({two("[0, 2]", "[2, 4]", "s"), false});
    hold(rows, read_tensors);
}

TEST_CASE("two readers: what a model takes from a tensor", "[dialect]") {
    using namespace std::string_literals;
    // m = [[1, 2, 3], [4, 5, 6]], v = [-1, 1], s = 1, big = 2 × 2 × 2, f8, no (2 × 0), half (a BOOL of 2)
    const std::string file = file_of(
        R"({"m": {"dtype": "I8", "shape": [2, 3], "data_offsets": [0, 6]}, "v": {"dtype": "I8", "shape": [2], "data_offsets": [6, 8]}, )"
        R"("s": {"dtype": "I8", "shape": [], "data_offsets": [8, 9]}, "big": {"dtype": "I8", "shape": [2, 2, 2], "data_offsets": [9, 17]}, )"
        R"("f8": {"dtype": "F8_E4M3", "shape": [1], "data_offsets": [17, 18]}, "no": {"dtype": "I8", "shape": [2, 0], "data_offsets": [18, 18]}, )"
        R"("yes": {"dtype": "BOOL", "shape": [1], "data_offsets": [18, 19]}, "half": {"dtype": "BOOL", "shape": [1], "data_offsets": [19, 20]}, )"
        R"("nan": {"dtype": "BF16", "shape": [1], "data_offsets": [20, 22]}, "one": {"dtype": "I8", "shape": [1, 1, 1], "data_offsets": [22, 23]}})",
        "\1\2\3\4\5\6\xff\1\1"s + std::string(8, '\1') + "\x38\1\2\xc0\x7f\1"s);
    const auto read = [&](const std::string& text) { return read_model(text, file); };
    const auto named = [](std::string text, int version) {
        return text.replace(text.find("\"version\": 1"), 12,
                            "\"version\": " + std::to_string(version) + ", \"tensors\": \"w\"");
    };
    // The embedding of 1, which is 1 where nothing is said: accepted iff positive.
    const auto embedding = [&](const std::string& array, int version) {
        return named(document("\"1\": [1]", "\"1\": " + array), version);
    };
    const auto bias = [&](const std::string& number, int version) {
        return named(document("\"bias\": 0", "\"bias\": " + number), version);
    };
    const auto map = [&](const std::string& matrix, int version) {
        return named(document("\"layers\": []",
                              R"("layers": [{"feedforward": {"maps": [)" + matrix + R"(], "residual": false}}])"),
                     version);
    };
    for (const int version : {1, 2})
        hold({{embedding(R"({"tensor": "yes"})", version), true, "-010101"},
              {embedding(R"({"tensor": "half"})", version), false},
              {embedding(R"({"tensor": "nan"})", version), false},
              {embedding(R"({"tensor": "f8"})", version), false},
              {embedding(R"({"tensor": "v"})", version), false},
              {embedding(R"({"tensor": "none"})", version), false},
              {embedding(R"({"tensor": 1})", version), false},
              {embedding(R"({"tensor": "s"})", version), false},
              {embedding(R"({"tensor": "yes", "row": 0})", version), false},
              {embedding(R"({"name": "yes"})", version), false},
              {map(R"({"tensor": "v"})", version), false},
              {map(R"({"tensor": "big"})", version), false},
              {map(R"({"tensor": "m"})", version), false}},
             read);
    const auto only_in_2 = [&](const std::string& in_1, const std::string& in_2, const std::string& value) {
        hold({{in_1, false}, {in_2, true, value}}, read);
    };
    const auto both = [&](const auto& make, const std::string& part, const std::string& value) {
        only_in_2(make(part, 1), make(part, 2), value);
    };
    both(embedding, R"({"tensor": "v", "rows": [0, 1]})", "-000000");
    both(embedding, R"({"tensor": "v", "rows": [1, 2]})", "-010101");
    both(embedding, R"({"tensor": "m", "rows": [1, 2], "columns": [2, 3]})", "-010101");
    both(embedding, R"([{"tensor": "s"}])", "-010101");
    both(embedding, R"([{"tensor": "one"}])", "-010101");
    both(bias, R"({"tensor": "s"})", "-010101");
    both(bias, R"({"tensor": "m", "rows": [1, 2], "columns": [2, 3]})", "-111111");
    both(map, R"({"tensor": "m", "rows": [0, 1], "columns": [0, 1]})", "-010101");
    both(map, R"({"tensor": "m", "columns": [0, 1]}, {"tensor": "m", "rows": [0, 1], "columns": [1, 3]})", "-010101");
    both(
        map,
        R"({"tensor": "m", "rows": [0, 1], "columns": [1, 3], "transpose": true}, {"tensor": "m", "rows": [1, 2], "columns": [0, 2], "transpose": false})",
        "-010101");
    both(map, R"({"tensor": "no", "transpose": true, "rows": [0, 1]}, {"tensor": "no", "rows": [0, 1]})", "-000000");
    both(map, R"([[{"tensor": "s"}]])", "-010101");
    both(map, R"({"rows": 1, "cols": 1, "entries": [[0, 0, {"tensor": "s"}]]})", "-010101");
    both(
        [&](const std::string& part, int version) {
            return named(document("\"layers\": []", "\"layers\": [], \"position\": [" + part + "]"), version);
        },
        R"({"tensor": "m", "rows": [0, 1], "columns": [1, 2]})", "-111111");
    hold({{embedding(R"({"tensor": "v", "rows": [1, 3]})", 2), false},
          {embedding(R"({"tensor": "v", "rows": [2, 1]})", 2), false},
          {embedding(R"({"tensor": "v", "rows": [1]})", 2), false},
          {embedding(R"({"tensor": "v", "rows": [1, 1]})", 2), false},
          {embedding(R"({"tensor": "v", "rows": 1})", 2), false},
          {embedding(R"({"tensor": "v", "columns": [0, 1]})", 2), false},
          {embedding(R"({"tensor": "yes", "transpose": true})", 2), false},
          {embedding(R"({"tensor": "s", "rows": [0, 1]})", 2), false},
          {embedding(R"({"tensor": "one", "rows": [0, 1]})", 2), false},
          {embedding(R"({"tensor": "one"})", 2), false},
          {bias(R"({"tensor": "v"})", 2), false},
          {bias(R"({"tensor": "no"})", 2), false},
          {bias(R"({"tensor": "half"})", 2), false},
          {bias(R"({"tensor": "s", "transpose": false})", 2), false},
          {map(R"({"tensor": "m", "rows": [0, 1], "columns": [0, 1], "transpose": 1})", 2), false},
          {map(R"({"tensor": "v", "rows": [0, 1]})", 2), false}},
         read);
}

}  // namespace attest::tests
