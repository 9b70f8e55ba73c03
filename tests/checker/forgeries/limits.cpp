#include "forgery.hpp"
#include "originals.hpp"

// The limits that the end of section 1.1 states.

namespace forgeries {
namespace {

Edit bias(const std::string& number) { return in("model.json", "\"bias\": 0", "\"bias\": " + number); }
Edit place(const std::string& expression) { return in("model.json", "\"1/n\"", "\"" + expression + "\""); }

Edit symbol(const std::string& text) {
    return both(in("model.json", "[\"0\", \"1\"]", "[\"0\", \"" + text + "\"]"),
                both(in("model.json", "\"1\": [1]", "\"" + text + "\": [1]"), in("claim", "last\"", "palindrome\"")));
}

std::string many_states(std::size_t states) {
    std::string rows;
    for (std::size_t k = 0; k < states; ++k) rows += k == 0 ? "[0, 1]" : ",[0,1]";
    return R"({"format": "attest/dfa", "version": 1, "alphabet": ["0", "1"], "states": )" + std::to_string(states) +
           R"(, "start": 0, "accept": [1], "transitions": [)" + rows + "]}";
}

constexpr const char* digits = "without its sign a number has at most 100,000 characters";
constexpr const char* exponent = "an exponent is between −4096 and 4096";
constexpr const char* step = "a step of an expression at most 2²¹ bits";
constexpr const char* one_character =
    "a symbol is not empty and has no control character (U+0000–1F, 7F–9F), a symbol of a language, of "
    "tables or of an automaton is one character";

}  // namespace

Section limits() {
    const std::string half(50001, '1');
    return {
        "1.1, limits",
        {{digits, "exhaustion", bias("\"" + std::string(100001, '1') + "\""), "question",
          "readout.bias: a number of more than 100000 characters"},
         {digits, "exhaustion", bias("0." + std::string(100001, '1')), "question", "more than 100000 characters"},
         {digits, "exhaustion", bias("\"" + half + "/" + half + "\""), "question", "more than 100000 characters"},
         {digits, "exhaustion", bias("\"1/" + std::string(100001, '1') + "\""), "question",
          "more than 100000 characters"},
         {digits, "rich model", place(half + "." + half), "question", "expression: longer than 10000 characters"},
         {exponent, "exhaustion", bias("1e4097"), "question", "readout.bias: the exponent of a number is beyond 4096"},
         {exponent, "exhaustion", bias("1e-4097"), "question", "readout.bias: the exponent of a number is beyond 4096"},
         {exponent, "exhaustion", bias("1e99999999999999999999"), "question", "model.json"},
         {exponent, "rich model", place("1e4097"), "question", "position[1]: the exponent of a number is beyond 4096"},
         {step, "rich model", place("2^(2^21)"), "question", "position[1]: a power of more than 2^21 bits"},
         {step, "rich model", place("2^(2^(2^(2^(2^9))))"), "question", "position[1]: a power of more than 2^21 bits"},
         {step, "rich model", place("(2^1048576)*(2^1048576)"), "question",
          "position[1]: a number of more than 2^21 bits"},
         {"a dimension is at most 2²⁰", "exhaustion", in("model.json", "\"dimension\": 1", "\"dimension\": 1048577"),
          "question", "dimension: 1048577 is not between 1 and 1048576"},
         {one_character, "exhaustion", symbol("10"), "question", "alphabet[1]: a symbol is one character"},
         {one_character, "exhaustion", symbol(""), "question", "alphabet[1]: a symbol is one character"},
         {one_character, "exhaustion", symbol("\\u0001"), "question", "alphabet[1]: a symbol is one character"},
         {one_character, "exhaustion", symbol("\\u001f"), "question", "alphabet[1]: a symbol is one character"},
         {one_character, "exhaustion", symbol("\\u007f"), "question", "alphabet[1]: a symbol is one character"},
         {one_character, "exhaustion", symbol("\\u0085"), "question", "alphabet[1]: a symbol is one character"},
         {one_character, "exhaustion", symbol("\\u009f"), "question", "alphabet[1]: a symbol is one character"},
         {one_character, "exhaustion", symbol("\\u0000"), "question", "alphabet[1]: a symbol is one character"},
         {one_character, "exhaustion", symbol("e\\u0301"), "question", "alphabet[1]: a symbol is one character"},
         {"has at most 100,000 states", "automaton", put("language.json", many_states(100001)), "question",
          "states: 100001 is not between 1 and 100000"},
         {"made from a regular expression before it is minimised", "exhaustion",
          in("claim", "\"last\"", "\"regex:.*1.{17}\""), "question",
          "claim.language: the automaton has more than 100000 states"}}};
}

}  // namespace forgeries
