#include <catch2/catch.hpp>
#include <map>

#include "attest/formats/file.hpp"
#include "refused.hpp"

using namespace attest;

namespace {

/// Bounded tables of two layers and one head over words of two symbols, as members that a test can change.
std::string tables(const std::map<std::string, std::string>& changes) {
    std::map<std::string, std::string> members = {
        {"format", R"("attest/guhat")"},
        {"version", "1"},
        {"alphabet", R"(["0","1"])"},
        {"end", R"("$")"},
        {"length", "2"},
        {"layers", "2"},
        {"heads", "1"},
        {"activations", "2"},
        {"attention",
         R"([{"layer":1,"head":1,"position":2,"value":"1","prefer":[[1,"1"],[3,"$"]]},{"layer":2,"head":1,"position":3,"value":0,"prefer":[[2,1]]}])"},
        {"activation", R"([{"layer":1,"position":2,"value":"1","attended":[[1,"1"]],"becomes":1}])"},
        {"accept", R"([[0,[2,1]]])"}};
    for (const auto& [key, value] : changes) members[key] = value;
    std::string text;
    for (const auto& [key, value] : members)
        if (!value.empty()) text += (text.empty() ? "{\"" : ",\"") + key + "\":" + value;
    return text + "}";
}

std::string refusal(const std::map<std::string, std::string>& changes) {
    return tests::refused([&] { (void)formats::parse_guhat(tables(changes), "t.json"); });
}

std::string attention(const std::string& entry) { return refusal({{"attention", "[" + entry + "]"}}); }

}  // namespace

TEST_CASE("Tables are read with their head, entries and accepted values", "[guhat]") {
    const network::Guhat g = formats::parse_guhat(tables({}), "some/t.json");
    CHECK(g.name == "t");
    CHECK(g.positions() == 3);
    CHECK(g.activations == 2);
    CHECK(g.attention.size() == 2);
    CHECK(g.activation.size() == 1);
    CHECK(g.accept.size() == 1);
    CHECK(formats::spell(g, *g.accept.begin()) == "[0,[2,1]]");
}

TEST_CASE("Tables without the list of activations have none that is not 0", "[guhat]") {
    CHECK(formats::parse_guhat(tables({{"activation", ""}}), "t.json").activation.empty());
}

TEST_CASE("The head of tables is held to the letter", "[guhat]") {
    CHECK(refusal({{"format", R"("attest/model")"}}) ==
          "t.json:format: expected \"attest/guhat\", found the string \"attest/model\"");
    CHECK(refusal({{"version", "2"}}) == "t.json:version: expected a whole number from 1 to 1, found the number 2");
    CHECK(refusal({{"mask", "null"}}).find("found the unknown key \"mask\"") != std::string::npos);
    CHECK(refusal({{"layers", ""}}).find("t.json: ") == 0);
    CHECK(refusal({{"end", R"("1")"}}) == "t.json:end: expected a symbol outside the alphabet, found the string \"1\"");
    CHECK(refusal({{"alphabet", R"(["0","0"])"}}) ==
          "t.json:alphabet[1]: expected each symbol once, found \"0\" again");
    CHECK(refusal({{"length", "-1"}}) == "t.json:length: expected a whole number from 0 to 65536, found the number -1");
    CHECK(refusal({{"length", "0"}, {"end", ""}}) ==
          "t.json:length: expected a sequence of at least one position: length 1 or more, or an end symbol, found the "
          "number 0");
    CHECK(refusal({{"layers", "65"}}) == "t.json:layers: expected a whole number from 0 to 64, found the number 65");
    CHECK(refusal({{"heads", "1025"}}) ==
          "t.json:heads: expected a whole number from 0 to 1024, found the number 1025");
    CHECK(refusal({{"activations", "0"}}) ==
          "t.json:activations: expected a whole number from 1 to 1048576, found the number 0");
    CHECK(refusal({{"activations", "null"}, {"attention", "[]"}, {"accept", "[]"}}) ==
          "t.json:activation: expected no such key where activations is null, found a list of 1");
}

TEST_CASE("Entries of tables name values that their positions can hold", "[guhat]") {
    CHECK(attention(R"({"layer":3,"head":1,"position":1,"value":"0","prefer":[]})") ==
          "t.json:attention[0].layer: expected a whole number from 1 to 2, found the number 3");
    CHECK(attention(R"({"layer":1,"head":2,"position":1,"value":"0","prefer":[]})") ==
          "t.json:attention[0].head: expected a whole number from 1 to 1, found the number 2");
    CHECK(attention(R"({"layer":1,"head":1,"position":4,"value":"0","prefer":[]})") ==
          "t.json:attention[0].position: expected a whole number from 1 to 3, found the number 4");
    CHECK(attention(R"({"layer":2,"head":1,"position":1,"value":0,"prefer":[]})") ==
          "t.json:attention[0].position: expected 3 in the last layer, the position that is read, found the number 1");
    CHECK(attention(R"({"layer":1,"head":1,"position":1,"value":"$","prefer":[]})") ==
          "t.json:attention[0].value: expected a symbol of the alphabet {0, 1} at position 1, found the string \"$\"");
    CHECK(attention(R"({"layer":1,"head":1,"position":3,"value":"1","prefer":[]})") ==
          "t.json:attention[0].value: expected the end symbol \"$\" at position 3, found the string \"1\"");
    CHECK(attention(R"({"layer":2,"head":1,"position":3,"value":2,"prefer":[]})") ==
          "t.json:attention[0].value: expected a whole number from 0 to 1, found the number 2");
    CHECK(attention(R"({"layer":1,"head":1,"position":3,"value":"$","prefer":[[1]]})") ==
          "t.json:attention[0].prefer[0]: expected a pair [position, value], found a list of 1");
    CHECK(attention(R"({"layer":1,"head":1,"position":3,"value":"$","prefer":[[1,"0"],[1,"0"]]})") ==
          "t.json:attention[0].prefer[1]: expected each pair once, found it again");
    CHECK(attention(R"({"layer":1,"head":1,"position":3,"value":"$","prefer":[[3,"0"]]})") ==
          "t.json:attention[0].prefer[0][1]: expected the end symbol \"$\" at position 3, found the string \"0\"");
    const std::string entry = R"({"layer":1,"head":1,"position":3,"value":"$","prefer":[]})";
    CHECK(attention(entry + "," + entry) ==
          "t.json:attention[1]: expected one entry for each layer, head, position and value, found a second one");
    CHECK(attention(R"({"layer":1,"head":1,"position":3,"value":"$"})").find("t.json:attention[0]: ") == 0);
    CHECK(attention(R"({"layer":1,"head":1,"position":3,"value":"$","prefer":[],"bias":0})") ==
          "t.json:attention[0]: expected one of the keys layer, head, position, value, prefer, found the unknown key "
          "\"bias\"");
}

TEST_CASE("Activations of tables are those of bounded layers and have one pair a head", "[guhat]") {
    const auto activation = [](const std::string& entry) { return refusal({{"activation", "[" + entry + "]"}}); };
    CHECK(activation(R"({"layer":2,"position":3,"value":0,"attended":[[1,0]],"becomes":1})") ==
          "t.json:activation[0].layer: expected a whole number from 1 to 1, found the number 2");
    CHECK(activation(R"({"layer":1,"position":3,"value":"$","attended":[],"becomes":1})") ==
          "t.json:activation[0].attended: expected one pair for each of 1 heads, found a list of 0");
    CHECK(activation(R"({"layer":1,"position":3,"value":"$","attended":[[1,"0"]],"becomes":2})") ==
          "t.json:activation[0].becomes: expected a whole number from 0 to 1, found the number 2");
    const std::string entry = R"({"layer":1,"position":3,"value":"$","attended":[[1,"0"]],"becomes":1})";
    CHECK(activation(entry + "," + entry) ==
          "t.json:activation[1]: expected one entry for each layer, position, value and attended, found a second one");
}

TEST_CASE("Accepted values are tuples of the last layer", "[guhat]") {
    CHECK(refusal({{"accept", R"([0])"}}) == "t.json:accept[0]: expected a list, found the number 0");
    CHECK(
        refusal({{"accept", R"([[]])"}}) ==
        "t.json:accept[0]: expected a value of layer 2: the one before, then a pair for each head, found a list of 0");
    CHECK(refusal({{"accept", R"([[0]])"}}) ==
          "t.json:accept[0]: expected a value, then one pair for each of 1 heads, found a list of 1");
    CHECK(refusal({{"accept", R"([[0,[1,1]],[0,[1,1]]])"}}) ==
          "t.json:accept[1]: expected each value once, found it again");
    CHECK(refusal({{"accept", R"([["$",[1,1]]])"}}) ==
          "t.json:accept[0][0]: expected a whole number from 0 to 1, found the string \"$\"");
}

TEST_CASE("Tables take words of their length and no others", "[guhat]") {
    network::GuhatEvaluator evaluator(formats::parse_guhat(tables({}), "t.json"));
    CHECK(evaluator.accepts({1, 1}));
    CHECK_FALSE(evaluator.accepts({0, 1}));
    CHECK(tests::refused([&] { (void)evaluator.accepts({1}); }) ==
          "t: expected words of 2 symbols, the length of the tables, found one of 1");
}
