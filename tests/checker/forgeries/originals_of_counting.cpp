#include "counting.hpp"

// Claims about C-RASP programs (section 30): one whose every line can be followed by hand, the same with a cut, one with splits
// against a language that a second program says, and a word.

namespace forgeries {
namespace {

const char* const some_one = "alphabet 0 1\nn = #[Q(1)]\nout = n >= 1\n";

/// Before a 1 there is none, after it at least one.
const char* const none_or_some = "[[[[\"=\", 0, [0, 1]]]], [[[\">=\", -1, [0, 1]]]]]\n";
const char* const steps_of_none_or_some =
    "test 2 0 2 -1 3 1 0\ngoal 1 1 1 3 1 0 2 -1 3 1 0\n"
    "test 2 1 1 1 3 1 0\ngoal 1 1 1 3 1 0\n"
    "test 2 1 2 1 3 1 0\ngoal 1 2 1 3 1 0\n"
    "test 2 1 1 1 3 1 0\ngoal 1 1 1 3 1 0\n";

/// Said so that whole numbers are needed: twice the count is at least 1.
const char* const by_halves = "[[[[\"=\", 0, [0, 1]]]], [[[\">=\", -1, [0, 2]]]]]\n";
const char* const steps_of_halves =
    "test 2 0 2 -1 3 1 0\ngoal 1 1 1 3 1 0 2 -1 3 1 0\n"
    "test 2 1 1 1 3 1 0\ngoal 1 1 2 3 1 0\n"
    "cut 1 1 0 0\nnone 2 1 3 2 0\ntest 2 1 3 1 4 1 0\ngoal 1 2 1 4 1 0\n"
    "test 2 1 1 1 3 1 0\ngoal 1 1 2 3 1 0\n";

const char* const brackets =
    "alphabet \"(\" \")\"\nopened = #[Q(\"(\")]\nclosed = #[Q(\")\")]\nbelow = #[opened < closed]\n"
    "balanced = below = 0 & opened = closed\noutput balanced\n";

/// The counts of program and language are the same.
const char* const same_counts =
    "[[[[\"=\", 0, [0, -1], [3, 1]], [\"=\", 0, [1, -1], [4, 1]], [\"=\", 0, [2, -1], [5, 1]]]]]\n";
const char* const steps_of_same_counts =
    "split 3\n"
    "split 5\n"
    "test 10 0 7 1 8 -1 10 1 12 1 0\n"
    "test 14 0 3 1 11 1 0\n"
    "none 3 1 11 1 0\n"
    "split 6\n"
    "test 14 0 10 1 12 1 0\n"
    "none 10 1 12 1 0\n"
    "test 10 0 7 1 8 -1 10 1 13 1 0\n"
    "test 12 1 6 1 13 1 0 9 -1 11 1 13 1 0\n"
    "test 13 1 7 1 8 -1 10 1 13 1 0 7 -1 8 1 12 1 13 1 0\n"
    "goal 1 7 1 13 1 0 7 -1 13 1 0 8 1 13 1 0 8 -1 13 1 0 9 1 13 1 0 9 -1 13 1 0\n"
    "test 10 0 7 1 8 -1 12 1 13 1 0\n"
    "test 12 1 6 1 13 1 0 9 -1 11 1 13 1 0\n"
    "test 13 2 7 1 8 -1 12 1 13 1 0 7 1 8 -1 12 1 13 1 0\n"
    "goal 1 7 1 13 1 0 7 -1 13 1 0 8 1 13 1 0 8 -1 13 1 0 9 1 13 1 0 9 -1 13 1 0\n"
    "test 10 0 7 1 8 -1 10 1 12 1 0\n"
    "test 12 2 9 1 11 1 12 1 0 9 1 11 1 12 1 0\n"
    "goal 1 7 1 12 1 0 7 -1 12 1 0 8 1 12 1 0 8 -1 12 1 0 9 1 12 1 0 9 -1 12 1 0\n"
    "test 5 2 3 1 11 1 0 3 1 11 1 0\n"
    "test 6 0 10 1 11 -1 0 10 1 11 1 0\n"
    "test 10 1 7 -1 8 1 10 1 11 1 0\n"
    "test 12 2 6 1 11 1 0 6 1 11 1 0\n"
    "test 13 0 7 -1 8 1 10 1 11 -1 0 7 -1 8 1 10 1 11 1 0\n"
    "goal 1 7 1 11 1 0 7 -1 11 1 0 8 1 11 1 0 8 -1 11 1 0 9 1 11 1 0 9 -1 11 1 0\n"
    "split 3\n"
    "split 5\n"
    "test 10 0 7 1 8 -1 10 1 12 1 0\n"
    "test 14 0 3 1 11 1 0\n"
    "none 3 1 11 1 0\n"
    "split 6\n"
    "test 14 0 10 1 12 1 0\n"
    "none 10 1 12 1 0\n"
    "test 10 0 7 1 8 -1 10 1 13 1 0\n"
    "test 12 1 6 1 13 1 0 9 -1 11 1 13 1 0\n"
    "test 13 1 7 1 8 -1 10 1 13 1 0 7 -1 8 1 12 1 13 1 0\n"
    "goal 1 7 1 13 1 0 7 -1 13 1 0 8 1 13 1 0 8 -1 13 1 0 9 1 13 1 0 9 -1 13 1 0\n"
    "test 10 0 7 1 8 -1 12 1 13 1 0\n"
    "test 12 1 6 1 13 1 0 9 -1 11 1 13 1 0\n"
    "test 13 2 7 1 8 -1 12 1 13 1 0 7 1 8 -1 12 1 13 1 0\n"
    "goal 1 7 1 13 1 0 7 -1 13 1 0 8 1 13 1 0 8 -1 13 1 0 9 1 13 1 0 9 -1 13 1 0\n"
    "test 10 0 7 1 8 -1 10 1 12 1 0\n"
    "test 12 2 9 1 11 1 12 1 0 9 1 11 1 12 1 0\n"
    "goal 1 7 1 12 1 0 7 -1 12 1 0 8 1 12 1 0 8 -1 12 1 0 9 1 12 1 0 9 -1 12 1 0\n"
    "test 5 2 3 1 11 1 0 3 1 11 1 0\n"
    "test 6 0 10 1 11 -1 0 10 1 11 1 0\n"
    "test 10 1 7 -1 8 1 10 1 11 1 0\n"
    "test 12 2 6 1 11 1 0 6 1 11 1 0\n"
    "test 13 0 7 -1 8 1 10 1 11 -1 0 7 -1 8 1 10 1 11 1 0\n"
    "goal 1 7 1 11 1 0 7 -1 11 1 0 8 1 11 1 0 8 -1 11 1 0 9 1 11 1 0 9 -1 11 1 0\n";

Certificate of_program(const char* program, const std::string& language, const char* invariant, const char* steps) {
    return {R"({"kind": "recognises", "model": "p", "language": ")" + language +
                R"(", "lengths": {"from": 1}, "verdict": "verified"})",
            R"({"kind": "linear-invariant"})",
            {{"program.crasp", program}, {"invariant.json", invariant}, {"steps.txt", steps}}};
}

}  // namespace

Originals originals_of_counting() {
    return {{"counted program", [] { return of_program(some_one, "contains:1", none_or_some, steps_of_none_or_some); }},
            {"counted by halves", [] { return of_program(some_one, "contains:1", by_halves, steps_of_halves); }},
            {"counted brackets", [] { return of_program(brackets, "dyck:1", same_counts, steps_of_same_counts); }},
            {"not counted", [] {
                 return Certificate{R"({"kind": "recognises", "model": "p", "language": "contains:11",
 "lengths": {"from": 1}, "verdict": "refuted"})",
                                    R"({"kind": "witness", "word": "01", "expected": "reject", "actual": "accept"})",
                                    {{"program.crasp", some_one}}};
             }}};
}

}  // namespace forgeries
