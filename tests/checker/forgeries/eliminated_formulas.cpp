#include "counting.hpp"

// Section 39.2: more 1 than 0 against majority, and a formula whose machine has no end against a plain one of the same language.

namespace forgeries {
namespace {

const char* const more = R"({"format": "attest/foc", "version": 1, "name": "more", "alphabet": ["0", "1"], "nodes": [
    ["symbol", 0, "1"], ["exactly", 0, 0, 0], ["symbol", 0, "0"], ["exactly", 1, 0, 2], ["and", 1, 3],
    ["least", [[0, 1], [1, -1]], -1], ["and", 4, 5], ["exists", 1, 6], ["exists", 0, 7]]})";

/// More 1 than 0 or not, whatever is odd.
const char* const odd = R"({"format": "attest/foc", "version": 1, "name": "odd", "alphabet": ["0", "1"], "nodes": [
    ["symbol", 0, "1"], ["exactly", 0, 0, 0], ["not", 0], ["exactly", 1, 0, 2], ["and", 1, 3],
    ["least", [[0, 1], [1, -1]], -1], ["multiple", 2, [[0, 1]], 1], ["and", 5, 6], ["least", [[0, -1], [1, 1]], 0],
    ["and", 8, 6], ["or", 7, 9], ["and", 4, 10], ["exists", 1, 11], ["exists", 0, 12]]})";
const char* const plain = R"({"format": "attest/foc", "version": 1, "name": "", "alphabet": ["0", "1"], "nodes": [
    ["symbol", 0, "1"], ["exactly", 0, 0, 0], ["multiple", 2, [[0, 1]], 1], ["and", 1, 2], ["exists", 0, 3]]})";

constexpr const char* evidence =
    "A claim `defines` with `lengths` that is `verified` may have the evidence `{\"kind\": \"elimination\", "
    "\"formulas\": f}`, f = 1 or 2";
constexpr const char* regular = "With f = 2 the language is regular, and there is the further file `other.json`";
constexpr const char* same_alphabet = "a formula over the same alphabet as that of `formula.json`";
constexpr const char* majority = "With f = 1 the language is `majority`";
constexpr const char* closure = "f = 2 alone: as in 33.2, of the formula of `other.json`";
constexpr const char* no_vector = "no vector makes the following condition true";
constexpr const char* from = "the sum of all v is at least from";
constexpr const char* false_in_the_end = "What is left has no variables, and must be false";

Certificate defined(const char* name, const char* language, const char* lengths, const char* shown,
                    std::map<std::string, std::string> files) {
    return {std::string(R"({"kind": "defines", "formula": ")") + name + R"(", "language": ")" + language +
                R"(", "lengths": {"from": )" + lengths + R"(}, "verdict": "verified"})",
            shown, std::move(files)};
}

Edit said(const std::string& before, const std::string& after) { return in("claim", before, after); }
Edit formula(const std::string& before, const std::string& after) { return in("formula.json", before, after); }
Edit other(const std::string& before, const std::string& after) { return in("other.json", before, after); }
Edit formulas(const std::string& number) { return in("evidence", "\"formulas\": 2", "\"formulas\": " + number); }

}  // namespace

Originals originals_of_eliminated_formulas() {
    return {{"more by elimination",
             [] {
                 return defined("more", "majority", "0", R"({"kind": "elimination", "formulas": 1})",
                                {{"formula.json", more}});
             }},
            {"odd by elimination", [] {
                 return defined("odd", "parity", "1", R"({"kind": "elimination", "formulas": 2})",
                                {{"formula.json", odd}, {"other.json", plain}});
             }}};
}

std::vector<Forgery> forged_eliminations() {
    const char *const one = "more by elimination", *const two = "odd by elimination";
    return {
        {evidence, two, formulas("3"), "question", "evidence.formulas"},
        {evidence, two, formulas("0"), "question", "evidence.formulas"},
        {evidence, two, in("evidence", "\"formulas\": 2", "\"formulas\": 2, \"states\": 1"), "question", "states"},
        {evidence, one, said("\"lengths\": {\"from\": 0}", "\"length\": 5"), "question", "was expected"},
        {evidence, one, said("verified", "refuted"), "question", "was expected"},
        {regular, two, without("other.json"), "digest", "other.json"},
        {regular, two, said("parity", "majority"), "closure", "the language is not regular"},
        {regular, one, add_file("other.json", more), "digest", "other.json"},
        {same_alphabet, two, other(R"("alphabet": ["0", "1"])", R"("alphabet": ["1", "0"])"), "closure",
         "not the alphabet of the formula"},
        {majority, one, said("majority", "parity"), "question", "one formula is held against majority only"},
        {closure, two, other(R"(["multiple", 2, [[0, 1]], 1])", R"(["multiple", 2, [[0, 1]], 0])"), "closure",
         "differ"},
        {no_vector, one, formula("[1, -1]], -1]", "[1, -1]], 0]"), "elimination", "differ on some word"},
        {no_vector, one, formula(R"([1, -1]], -1])", R"([1, -1]], -2])"), "elimination", "differ on some word"},
        {no_vector, two, formula(R"(["least", [[0, -1], [1, 1]], 0])", R"(["least", [[0, -1], [1, 1]], -1])"),
         "elimination", "differ on some word"},
        {from, one,
         formula(R"(["exists", 0, 7])",
                 R"(["exists", 0, 7], ["true"], ["exactly", 0, 0, 9], ["zero", [[0, 1]], 0], ["and", 10, 11],
    ["exists", 0, 12], ["or", 8, 13])"),
         "elimination", "differ on some word"},
        {false_in_the_end, two, formula(R"(["multiple", 2, [[0, 1]], 1])", R"(["multiple", 4, [[0, 1]], 1])"),
         "elimination", "differ on some word"},
    };
}

}  // namespace forgeries
