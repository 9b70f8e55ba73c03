#include <catch2/catch.hpp>

#include "documents.hpp"

// Model files: the keys at the top level, the embedding, positions and the readout.

using namespace attest;
using namespace attest::formats;
using namespace attest::formats::tests;
using namespace attest::network;
using attest::tests::refused;

TEST_CASE("a file with every key is read as it stands", "[model]") {
    const Transformer t = read({});
    CHECK(t.name == "m");
    CHECK(t.cite == std::vector<std::string>{"k"});
    CHECK(t.alphabet.symbols() == std::vector<std::string>{"0", "1"});
    CHECK(t.begin == "^");
    CHECK(t.end == "$");
    CHECK(t.dimension == 2);
    CHECK(t.embedding == std::vector<exact::Vector>{{0, 1}, {1, 0}});
    CHECK(t.begin_embedding == exact::Vector{0, 0});
    CHECK(t.end_embedding == exact::Vector{2, 2});
    CHECK(t.position[1].evaluate({.i = 1, .n = 4}) == exact::Rational(1, 4));
    REQUIRE(t.layers.size() == 1);
    CHECK(t.readout.position == -1);
    CHECK(t.readout.weight == exact::Vector{1, -2});
    CHECK(t.readout.bias == exact::Rational(-1, 2));
    CHECK(t.sequence_length(3) == 5);
}

TEST_CASE("what is optional at the top level may be absent", "[model]") {
    const Transformer t = parse_model(R"({"format": "attest/model", "version": 1, "alphabet": ["0"], "dimension": 1,
                                          "embedding": {"0": [1]}, "layers": [], "readout": {"position": 2, "weight": [1], "bias": 0}})",
                                      "dir/small.json");
    CHECK(t.name == "small");
    CHECK(t.cite.empty());
    CHECK(!t.begin);
    CHECK(!t.end);
    CHECK(t.position.empty());
    CHECK(t.layers.empty());
    CHECK(t.kind() == AttentionKind::hard);
    CHECK(t.sequence_length(3) == 3);
}

TEST_CASE("a document that is no object is refused", "[model]") {
    const auto parse = [](const std::string& text) { return refused([&] { (void)parse_model(text, "m.json"); }); };
    CHECK(parse("[]") == "m.json: expected an object, found a list of 0");
    CHECK(parse("3") == "m.json: expected an object, found the number 3");
    CHECK(parse("") == "m.json:1:1: expected JSON, found the file is empty");
    CHECK(parse("{}") == "m.json: expected the key \"format\", found an empty object");
    for (std::size_t length = 0; length < good.size(); length += 7)
        CHECK(parse(good.substr(0, length)).rfind("m.json:", 0) == 0);
    CHECK(parse(good.substr(0, good.size() - 1)).find("the document ends too early") != std::string::npos);
}

TEST_CASE("format and version are those of this text", "[model]") {
    CHECK(refusal("attest/model", "attest/dfa") ==
          "m.json:format: expected \"attest/model\", found the string \"attest/dfa\"");
    CHECK(refusal("\"attest/model\"", "1") == "m.json:format: expected a string, found the number 1");
    CHECK(refusal("\"version\": 1", "\"version\": 2") == "accepted");
    CHECK(refusal("\"version\": 1", "\"version\": 3") ==
          "m.json:version: expected a whole number from 1 to 2, found the number 3");
    CHECK(refusal("\"version\": 1", "\"version\": \"1\"") ==
          "m.json:version: expected a whole number from 1 to 2, found the string \"1\"");
    CHECK(refusal("\"version\": 1, ", "") == "m.json: expected the key \"version\", found none");
}

TEST_CASE("each required key is missed by name", "[model]") {
    const std::string smallest =
        R"({"format": "attest/model", "version": 1, "alphabet": ["0"], "dimension": 1, "embedding": {"0": [1]}, "layers": [], "readout": {"position": 1, "weight": [1], "bias": 0}})";
    for (const auto& [key, member] : Changes{{"alphabet", R"("alphabet": ["0"], )"},
                                             {"dimension", R"("dimension": 1, )"},
                                             {"embedding", R"("embedding": {"0": [1]}, )"},
                                             {"layers", R"("layers": [], )"},
                                             {"readout", R"(, "readout": {"position": 1, "weight": [1], "bias": 0})"}})
        CHECK(refused([&, member = member] {
                  (void)parse_model(changed(smallest, {{member, ""}}), "m.json");
              }) == "m.json: expected the key \"" + key + "\", found none");
}

TEST_CASE("an unknown key is named at every level", "[model]") {
    const auto unknown = [](const std::string& before) { return refusal(before, "\"zzzzzzzz\": 1, " + before); };
    const std::string found = ", found the unknown key \"zzzzzzzz\"";
    CHECK(unknown("\"format\"") ==
          "m.json: expected one of the keys format, version, name, cite, alphabet, begin, end, dimension, "
          "embedding, "
          "position, layers, readout, tensors" +
              found);
    CHECK(unknown("\"0\": [0, 1]") == "m.json:embedding: expected one of the keys 0, 1, ^, $" + found);
    CHECK(unknown("\"attention\"") == "m.json:layers[0]: expected one of the keys attention, feedforward" + found);
    CHECK(unknown("\"kind\"") ==
          "m.json:layers[0].attention: expected one of the keys kind, tie, mask, scale, heads, residual, norm" + found);
    CHECK(unknown("\"query\"") ==
          "m.json:layers[0].attention.heads[0]: expected one of the keys query, key, value, output, bias" + found);
    CHECK(unknown("\"maps\"") == "m.json:layers[0].feedforward: expected one of the keys maps, residual, norm" + found);
    CHECK(unknown("\"weight\": [[1, 0, 0]") ==
          "m.json:layers[0].feedforward.maps[1]: expected one of the keys weight, bias" + found);
    CHECK(unknown("\"position\": \"last\"") ==
          "m.json:readout: expected one of the keys position, weight, bias" + found);
    CHECK(refusal("\"dimension\"", "\"dimensoin\"") ==
          "m.json: expected a known key (perhaps \"dimension\"), found the unknown key \"dimensoin\"");
}

TEST_CASE("a key twice is refused wherever it stands", "[model]") {
    CHECK(refusal("\"name\": \"m\"", "\"name\": \"m\", \"name\": \"m\"") ==
          "m.json: expected each key once, found the key \"name\" twice");
    CHECK(refusal("\"0\": [0, 1]", "\"0\": [0, 1], \"0\": [0, 1]") ==
          "m.json:embedding: expected each key once, found the key \"0\" twice");
    CHECK(refusal("\"key\"", "\"query\"") ==
          "m.json:layers[0].attention.heads[0]: expected each key once, found the key \"query\" twice");
}

TEST_CASE("name and cite are texts", "[model]") {
    CHECK(refusal("\"m\"", "3") == "m.json:name: expected a string, found the number 3");
    CHECK(refusal("[\"k\"]", "\"k\"") == "m.json:cite: expected a list, found the string \"k\"");
    CHECK(refusal("[\"k\"]", "[\"k\", 1]") == "m.json:cite[1]: expected a string, found the number 1");
}

TEST_CASE("the alphabet is a list of distinct symbols of one character", "[model]") {
    const std::string alphabet = R"("alphabet": ["0", "1"])";
    const auto with = [&](const std::string& list) { return refusal(alphabet, "\"alphabet\": " + list); };
    CHECK(with("[]") == "m.json:alphabet: expected at least one symbol, found a list of 0");
    CHECK(with("\"01\"") == "m.json:alphabet: expected a list, found the string \"01\"");
    CHECK(with(R"(["0", 1])") == "m.json:alphabet[1]: expected a string, found the number 1");
    CHECK(with(R"(["0", "1", "0"])") == "m.json:alphabet[2]: expected each symbol once, found \"0\" again");
    CHECK(with(R"(["0", "10"])") == "m.json:alphabet[1]: expected a symbol of one character, found the string \"10\"");
    CHECK(with(R"(["0", ""])") == "m.json:alphabet[1]: expected a symbol of one character, found the string \"\"");
    CHECK(refusal({{alphabet, R"("alphabet": ["0", "é"])"}, {R"("1": [1, 0])", R"("é": [1, 0])"}}) == "accepted");
}

TEST_CASE("begin and end are symbols outside the alphabet", "[model]") {
    CHECK(refusal(R"("begin": "^")", R"("begin": "0")") ==
          "m.json:begin: expected a symbol outside the alphabet, found the string \"0\"");
    CHECK(refusal(R"("end": "$")", R"("end": "1")") ==
          "m.json:end: expected a symbol outside the alphabet, found the string \"1\"");
    CHECK(refusal(R"("begin": "^")", R"("begin": "")") == "m.json:begin: expected a symbol, found the string \"\"");
    CHECK(refusal(R"("end": "$")", R"("end": 7)") == "m.json:end: expected a string, found the number 7");
    const Transformer t = read({{R"("begin": "^", )", ""},
                                {R"("^": [0, 0], )", ""},
                                {R"("end": "$")", R"("end": "<end>")"},
                                {R"("$": [2, 2])", R"("<end>": [2, 2])"}});
    CHECK(!t.begin);
    CHECK(t.end == "<end>");
}

TEST_CASE("the dimension is a whole number from 1", "[model]") {
    for (const std::string value : {"0", "-1", "2.0", "1e3", "1048577"})
        CHECK(refusal("\"dimension\": 2", "\"dimension\": " + value) ==
              "m.json:dimension: expected a whole number from 1 to 1048576, found the number " + value);
    CHECK(refusal("\"dimension\": 2", "\"dimension\": 3") ==
          "m.json:embedding.0: expected a list of 3 numbers, found 2");
}

TEST_CASE("each symbol has an embedding of d numbers, and nothing else has", "[model]") {
    CHECK(refusal(R"("1": [1, 0], )", "") ==
          "m.json:embedding: expected an embedding of each symbol, also of \"1\", found none");
    CHECK(refusal(R"("^": [0, 0], )", "") ==
          "m.json:embedding: expected an embedding of each symbol, also of \"^\", found none");
    CHECK(refusal(R"(, "$": [2, 2])", "") ==
          "m.json:embedding: expected an embedding of each symbol, also of \"$\", found none");
    CHECK(refusal(R"("begin": "^", )", "") ==
          "m.json:embedding: expected a known key (perhaps \"0\"), found the unknown key \"^\"");
    CHECK(refusal(R"("0": [0, 1])", R"("0": [0, 1, 2])") ==
          "m.json:embedding.0: expected a list of 2 numbers, found 3");
    CHECK(refusal(R"("0": [0, 1])", R"("0": [[0, 1]])") == "m.json:embedding.0: expected a list of 2 numbers, found 1");
    CHECK(refusal(R"("0": [0, 1])", R"("0": 0)") == "m.json:embedding.0: expected a list, found the number 0");
    CHECK(refusal(R"("0": [0, 1])", R"("0": [0, "1/0"])") ==
          "m.json:embedding.0[1]: expected a denominator other than 0, found \"1/0\"");
    CHECK(refusal(R"("0": [0, 1])", R"("0": [0, "i"])") ==
          "m.json:embedding.0[1]: expected a number or a rational \"p/q\", found the string \"i\"");
    CHECK(refusal(R"("0": [0, 1])", R"("0": [0, null])") ==
          "m.json:embedding.0[1]: expected a number or a rational \"p/q\", found null");
    CHECK(refusal(R"({"0": [0, 1], "1": [1, 0], "^": [0, 0], "$": [2, 2]})", "[]") ==
          "m.json:embedding: expected an object, found a list of 0");
}

TEST_CASE("a position is d expressions in i and n", "[model]") {
    const std::string position = R"(["i", "1/n"])";
    CHECK(refusal(position, R"(["i"])") == "m.json:position: expected 2 expressions, found 1");
    CHECK(refusal(position, R"(["i", "j"])") ==
          "m.json:position[1]:1: expected one of the variables i, n or a function, found 'j'");
    CHECK(refusal(position, R"(["i", "dk"])") ==
          "m.json:position[1]:1: expected one of the variables i, n or a function, found 'dk'");
    CHECK(refusal(position, "[\"i\", \"sqrt(n)\"]") ==
          "m.json:position[1]:1: expected exact operations only (pi, sqrt, log, exp, sin, cos are for "
          "softmax models), found 'sqrt'");
    CHECK(refusal(position, R"(["i", []])") ==
          "m.json:position[1]: expected an expression (a string or a number), found a list of 0");
    CHECK(refusal(position, "\"i\"") == "m.json:position: expected a list, found the string \"i\"");
    CHECK(read({{position, "[0.1, \"-1/3\"]"}}).position[0].evaluate({}) == exact::Rational(1, 10));
}

TEST_CASE("the readout has position, weight and bias", "[model]") {
    const auto position = [](const std::string& p) { return read({{"\"last\"", p}}).readout.position; };
    CHECK(position("\"first\"") == 1);
    CHECK(position("\"last\"") == -1);
    CHECK(position("7") == 7);
    CHECK(position("-2") == -2);
    CHECK(refusal("\"last\"", "0") ==
          "m.json:readout.position: expected a position from 1, or from -1 backwards, found the number 0");
    CHECK(refusal("\"last\"", "\"middle\"") ==
          "m.json:readout.position: expected one of \"first\" \"last\", found the string \"middle\"");
    CHECK(refusal("\"last\"", "1.5").rfind("m.json:readout.position: expected a whole number", 0) == 0);
    CHECK(refusal("[1, -2]", "[1]") == "m.json:readout.weight: expected a list of 2 numbers, found 1");
    CHECK(refusal("-0.5", "[0]") == "m.json:readout.bias: expected a number or a rational \"p/q\", found a list of 1");
    CHECK(refusal(R"("position": "last", )", "") == "m.json:readout: expected the key \"position\", found none");
    CHECK(refusal(R"("weight": [1, -2], )", "") == "m.json:readout: expected the key \"weight\", found none");
    CHECK(refusal(R"(, "bias": -0.5)", "") == "m.json:readout: expected the key \"bias\", found none");
}

TEST_CASE("a symbol is no control character, and messages stay on one line", "[model]") {
    const std::string message =
        refusal({{R"("alphabet": ["0", "1"])", R"("alphabet": ["0", "\n"])"}, {R"("1": [1, 0])", R"("\n": [1])"}});
    CHECK(message == "m.json:alphabet[1]: expected a symbol that is no control character, found the string \"\\x0a\"");
}
