#include <catch2/catch.hpp>

#include "attest/formats/file.hpp"
#include "refused.hpp"

using namespace attest;
using Rational = exact::Rational;

namespace {

const std::string good =
    R"({"format": "attest/program", "version": 1, "name": "p", "alphabet": ["0", "1"], "begin": "<s>",
 "lengths": [1, 6],
 "variables": [{"name": "s", "input": "symbol"}, {"name": "i", "input": "position", "first": 0},
  {"name": "c", "constant": "-3/2"},
  {"name": "x", "attend": {"query": "i", "key": "s", "pairs": [[0, "1"], ["0", "1"]], "mask": "causal",
                           "take": "right", "value": "s", "none": "first"}},
  {"name": "m", "map": {"of": ["x", "i"], "table": [[["0", 1], 4], [["1", 1], 0.5]], "otherwise": "y"}}],
 "output": {"positions": "word", "classes": ["A", "B"],
            "scores": [{"of": "x", "weights": {"0": [1, 0.1], "1": ["1/3", 0]}}, {"times": "c", "weights": [1, 2]}],
            "tie": "first", "accept": ["B"]}})";

std::string changed(const std::string& from, const std::string& to) {
    std::string text = good;
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}
std::string refusal(const std::string& from, const std::string& to) {
    return tests::refused([&] { (void)formats::parse_program(changed(from, to), "p.json"); });
}

}  // namespace

TEST_CASE("Programs are read as they stand", "[program]") {
    const network::Program p = formats::parse_program(good, "some/q.json");
    CHECK(p.name == "p");
    CHECK(p.begin == "<s>");
    CHECK(p.lengths == std::pair<std::int64_t, std::int64_t>{1, 6});
    REQUIRE(p.variables.size() == 5);
    CHECK(std::get<network::Program::Position>(p.variables[1].step).first == 0);
    CHECK(std::get<network::Program::Constant>(p.variables[2].step).value == network::Program::Value(Rational(-3, 2)));
    const auto& attend = std::get<network::Program::Attend>(p.variables[3].step);
    CHECK(attend.pairs.size() == 2);  // the number 0 and the text "0" are two values
    CHECK(attend.take == network::Program::Take::right);
    CHECK_FALSE(attend.none);
    const auto& map = std::get<network::Program::Map>(p.variables[4].step);
    CHECK(map.table.at({std::string("1"), Rational(1)}) == network::Program::Value(Rational(1, 2)));
    CHECK(p.output.scores[0].weights.at("0")[1] == Rational(1, 10));
    CHECK(p.output.scores[1].times == exact::Vector{1, 2});
    CHECK(p.output.accept == std::vector<std::string>{"B"});
}

TEST_CASE("Programs: what does not fit is said in one line with its place", "[program]") {
    CHECK(refusal("\"lengths\"", "\"length\"").find("p.json: expected a known key (perhaps \"lengths\")") == 0);
    CHECK(refusal("\"version\": 1", "\"version\": 2").find("p.json:version: ") == 0);
    CHECK(refusal("[1, 6]", "[6, 1]").find("p.json:lengths[1]: ") == 0);
    CHECK(refusal("\"query\": \"i\"", "\"query\": \"x\"")
              .find("p.json:variables[3].attend.query: expected the name of a variable that stands before") == 0);
    CHECK(refusal("\"name\": \"i\"", "\"name\": \"s\"")
              .find("p.json:variables[1].name: expected a name that no variable before has") == 0);
    CHECK(refusal("\"constant\": \"-3/2\"", "\"constant\": \"-4/2\"")
              .find("p.json:variables[2].constant: expected a rational in lowest terms") == 0);
    CHECK(refusal("\"constant\": \"-3/2\"", "\"constant\": \"1/0\"").find("p.json:variables[2].constant: ") == 0);
    CHECK(refusal("\"constant\"", "\"constants\"")
              .find("p.json:variables[2]: expected one of the keys input, constant, attend and map") == 0);
    CHECK(refusal("[\"0\", \"1\"]], \"mask\"", "[0, \"1\"]], \"mask\"")
              .find("p.json:variables[3].attend.pairs[1]: expected each pair once") == 0);
    CHECK(refusal("\"take\": \"right\"", "\"take\": \"last\"")
              .find("p.json:variables[3].attend.take: expected one of \"nearest\"") == 0);
    CHECK(refusal("\"take\": \"right\"", "\"take\": \"count\"")
              .find("p.json:variables[3].attend.value: expected no value") == 0);
    CHECK(refusal(", \"none\": \"first\"", "").find("p.json:variables[3].attend") == 0);
    CHECK(refusal("[[\"1\", 1], 0.5]", "[[\"0\", 1], 0.5]")
              .find("p.json:variables[4].map.table[1][0]: expected each tuple once") == 0);
    CHECK(refusal("[\"1\", 1]", "[\"1\"]").find("p.json:variables[4].map.table[1][0]: expected 2 values") == 0);
    CHECK(refusal("[1, 0.1]", "[1]").find("p.json:output.scores[0].weights.0: expected 2 weights") == 0);
    CHECK(refusal("\"accept\": [\"B\"]", "\"accept\": [\"C\"]")
              .find("p.json:output.accept[0]: expected one of the classes") == 0);
    CHECK(refusal("\"accept\": [\"B\"]", "\"accept\": []").find("p.json:output.accept: ") == 0);
    CHECK(refusal("\"tie\": \"first\"", "\"tie\": \"last\"").find("p.json:output.tie: ") == 0);
    CHECK(refusal("\"begin\": \"<s>\"", "\"begin\": \"1/2\"")
              .find("p.json:begin: expected symbols that are no rationals") == 0);
    CHECK(refusal("\"begin\": \"<s>\"", "\"begin\": \"0\"")
              .find("p.json:begin: expected a symbol outside the alphabet") == 0);
}

TEST_CASE("Programs: where a model file is expected, a program is called one", "[program]") {
    CHECK(tests::refused([&] {
              (void)formats::parse_model(good, "p.json");
          }).find("p.json:format: expected \"attest/model\"") == 0);
}
