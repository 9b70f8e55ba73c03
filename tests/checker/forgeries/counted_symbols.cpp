#include "counting.hpp"

// Section 39: a program that counts all and counts 0, held against whether there is a 1, which only the counts of symbols tell in one
// constraint.

namespace forgeries {
namespace {

const char* const some_one = "alphabet 0 1\nn = #[true]\nz = #[Q(0)]\nout = z < n\n";
const char* const none_or_some =
    "[[[[\"=\", 0, [0, -1], [2, 1], [3, 1]], [\"=\", 0, [1, -1], [2, 1]], [\"=\", 0, [3, 1]]]],\n"
    " [[[\"=\", 0, [0, -1], [2, 1], [3, 1]], [\"=\", 0, [1, -1], [2, 1]], [\">=\", -1, [3, 1]]]]]\n";
const char* const steps_of_none_or_some =
    "test 3 0 5 1 6 -1 7 -1 8 1 0\n"
    "goal 1 5 1 8 1 0 5 -1 8 1 0 6 1 8 1 0 6 -1 8 1 0 4 1 8 1 0 7 -1 8 1 0\n"
    "test 3 1 4 1 5 -1 6 1 8 1 0\n"
    "goal 1 5 1 8 1 0 5 -1 8 1 0 6 1 8 1 0 6 -1 8 1 0 4 1 8 1 0\n"
    "test 3 1 5 -1 6 1 7 1 8 1 0\n"
    "goal 1 5 1 8 1 0 5 -1 8 1 0 6 1 8 1 0 6 -1 8 1 0 7 1 8 1 0\n"
    "test 3 1 5 -1 6 1 7 1 8 1 0\n"
    "goal 1 5 1 8 1 0 5 -1 8 1 0 6 1 8 1 0 6 -1 8 1 0 7 1 8 1 0\n";

constexpr const char* never_false = "`symbols` is never false";
constexpr const char* last_ones =
    "So there is one more counter for each symbol, the last ones, of which `invariant.json` and `cut` may speak as of "
    "others";
constexpr const char* two_steps = "that the symbol is this one, and the count of it";
constexpr const char* tests = "each of these counts is a test, numbered on";
constexpr const char* as_before = "All else is as in section 30";

Edit invariant(const std::string& from, const std::string& to) { return in("invariant.json", from, to); }
Edit steps(const std::string& from, const std::string& to) { return in("steps.txt", from, to); }

}  // namespace

Originals originals_of_counted_symbols() {
    return {
        {"counted symbols", [] {
             return Certificate{
                 R"({"kind": "recognises", "model": "p", "language": "contains:1",
 "lengths": {"from": 1}, "verdict": "verified"})",
                 R"({"kind": "linear-invariant", "symbols": true})",
                 {{"program.crasp", some_one}, {"invariant.json", none_or_some}, {"steps.txt", steps_of_none_or_some}}};
         }}};
}

Section counted_symbols() {
    const char* const original = "counted symbols";
    Section section{
        "39",
        {{never_false, original, in("evidence", "true", "false"), "question", "true was expected"},
         {never_false, original, in("evidence", "true", "2"), "question", "evidence.symbols"},
         {last_ones, original, in("evidence", ", \"symbols\": true", ""), "base", "invariant.json"},
         {last_ones, original, invariant("\">=\", -1, [3, 1]", "\">=\", -1, [4, 1]"), "base", "invariant.json"},
         {last_ones, original, steps("test 3 0 5", "cut 5 1 0 0\ntest 3 0 5"), "inductive", "there is no such counter"},
         {two_steps, original, invariant("[1, -1], [2, 1]], [\"=\"", "[1, -1], [3, 1]], [\"=\""), "inductive",
          "steps.txt line 1"},
         {two_steps, original, invariant("\">=\", -1, [3, 1]", "\">=\", -1, [2, 1]"), "inductive", "steps.txt line"},
         {tests, original, steps("test 3 0 5", "split 6\ntest 3 0 5"), "inductive", "there is no such test"},
         {as_before, original, in("program.crasp", "z < n", "z <= n"), "inductive", "steps.txt line 1"},
         {as_before, original, in("claim", "contains:1", "contains:0"), "inductive", "steps.txt line"},
         {as_before, original, invariant("\">=\", -1", "\"=\", -1"), "inductive", "steps.txt line"}}};
    const auto more = forged_eliminations();
    section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
