#include "counting.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit program(const std::string& from, const std::string& to) { return in("program.crasp", from, to); }
Edit invariant(const std::string& from, const std::string& to) { return in("invariant.json", from, to); }
Edit text_of_step(int number, const std::string& text) {
    return line("steps.txt", number, [=](const std::string&) { return text + "\n"; });
}
Edit without_step(int number) { return without_line("steps.txt", number); }

constexpr const char* from = "`from` is 1: a program reads its last symbol, so that there is no empty word";
constexpr const char* no_table = "The language is no `table`";
constexpr const char* witness = "N is the number of symbols of its word, at least 1";
constexpr const char* only_such = "the evidence `{\"kind\": \"linear-invariant\"}`, which only such a claim has";
constexpr const char* files = "and the further files `invariant.json` and `steps.txt`";
constexpr const char* one_alphabet = "There is one alphabet, before all of its symbols";
constexpr const char* symbols = "in which no symbol occurs twice, and none has a blank if one has several characters";
constexpr const char* output = "at most one output, which else is the last definition, and is a Boolean";
constexpr const char* names = "No name is defined twice, or is `Q`, `true`, `false`, `min` or `max`";
constexpr const char* above = "it is defined above where it is used, and is a Boolean or a count as its definition is";
constexpr const char* digits = "a number has at most 15 digits";
constexpr const char* nested = "Expressions are nested at most 200 deep";
constexpr const char* later = "Counts of what comes later (`#>[b]`) are refused";
constexpr const char* symbol_is =
    "`Q(a)` says that its symbol is a, and `#[b]` is the number of positions j ≤ i at which b is true";
constexpr const char* says = "the language says of a word whether it leads to an accepting state";
constexpr const char* others = "Others have no such evidence";
constexpr const char* states =
    "`invariant.json` is a list with, for each state in order, a list of lists of constraints";
constexpr const char* constraint =
    "A constraint is `[relation, constant, [counter, coefficient], …]`, relation `\"=\"` or `\">=\"`, the counters "
    "ascending, all numbers whole, from −2⁶² to 2⁶², no coefficient 0";
constexpr const char* base = "some list of state 0 has only constraints whose constant is 0, or for `>=` at least 0";
constexpr const char* trees =
    "`steps.txt` has, for each state, each of its lists and each symbol of the program's alphabet in order, a *tree*";
constexpr const char* tokens =
    "Lines are tokens with one blank between them, each line ended by a newline; numbers are decimal, from −2⁶² to 2⁶²";
constexpr const char* sums =
    "premises i, each with a whole λ that is not 0, and is positive if the premise is no equation";
constexpr const char* below = "The sum of λ times premise i must be a constant below 0";
constexpr const char* no_split = "No test is split that is split already";
constexpr const char* cut =
    "with the further premise that the sum of c times counter k is at most b, and a tree with "
    "the one that it is at least b + 1";
constexpr const char* deep = "`split` and `cut` are nested at most 64 deep";
constexpr const char* no_line = "No line is left after the last tree";
constexpr const char* walk =
    "Counter c after the symbol is counter c before it, plus 1 if its Boolean is true, plus 0 if it "
    "is false";
constexpr const char* outcome =
    "t a comparison, a `min` or a `max`: its outcome is o, for with the constraint of any other outcome as one more "
    "premise there is a sum, in the order of these outcomes";
constexpr const char* conjunction = "t a conjunction: it is false, for if it were true its parts would be";
constexpr const char* agree = "the program's output and what the language says are known and the same";
constexpr const char* list =
    "and the list j, counted from 1, of the next state holds after the symbol. For each of its constraints in order";
constexpr const char* equation = "if it is an equation, another one with the premise that it is at least 1";

std::vector<Forgery> claims() {
    return {
        {from, "counted program", claim("\"from\": 1", "\"from\": 0"), "question", "there is no empty word"},
        {no_table, "counted program", claim("contains:1", "table:0"), "question", "a table is of one length"},
        {witness, "not counted", in("evidence", "\"01\"", "\"\""), "witness", "says nothing of the empty word"},
        {witness, "not counted", in("evidence", "\"01\"", "\"11\""), "witness", "the language says otherwise"},
        {witness, "not counted", in("evidence", "\"01\"", "\"00\""), "witness", "the model does otherwise"},
        {only_such, "counted program", claim("\"lengths\": {\"from\": 1}", "\"length\": 2"), "question",
         "is about all lengths"},
        {only_such, "counted program", claim("verified", "refuted"), "question", "does not fit the verdict"},
        {only_such, "counted program", in("evidence", "\"linear-invariant\"", "\"linear-invariant\", \"states\": 2"),
         "question", "unknown key \"states\""},
        {files, "counted program", without("invariant.json"), "digest", "invariant.json"},
        {files, "counted program", without("steps.txt"), "digest", "steps.txt"},
        {files, "counted program", add_file("machine.json", "{}"), "digest", "machine.json"},
        {says, "counted program", claim("contains:1", "contains:0"), "inductive",
         "does not say what the language says"},
        {says, "counted program", claim("contains:1", "last"), "inductive", "steps.txt line 6"},
        {others, "counted program", claim("contains:1", "palindrome"), "question",
         "no program of this format says what it is"},
        {others, "counted brackets", claim("dyck:1", "reset-dyck"), "question",
         "no program of this format says what it is"},
    };
}

std::vector<Forgery> programs_of_counts() {
    const std::string deep_bracket(201, '(');
    return {
        {one_alphabet, "counted program", program("alphabet 0 1\n", "alphabet 0 1\nalphabet 0 1\n"), "question",
         "a second alphabet"},
        {one_alphabet, "counted program", program("alphabet 0 1\n", ""), "question", "is not in the alphabet"},
        {symbols, "counted program", program("alphabet 0 1", "alphabet 0 1 1"), "question", "occurs twice"},
        {symbols, "counted program", program("alphabet 0 1", "alphabet 0 1 \"a b\""), "question", "has a blank"},
        {output, "counted program", program("out = n >= 1\n", "out = n >= 1\noutput out\noutput out\n"), "question",
         "a second output"},
        {output, "counted program", program("out = n >= 1\n", "out = n >= 1\noutput n\n"), "question",
         "the output is a count"},
        {output, "counted program", program("n >= 1", "n + 1"), "question", "the output is a count"},
        {names, "counted program", program("out = ", "n = "), "question", "is defined before"},
        {names, "counted program", program("out = ", "true = "), "question", "is no name"},
        {above, "counted program", program("n >= 1", "m >= 1"), "question", "a name that is defined above"},
        {above, "counted program", program("n >= 1", "n & n"), "question", "a Boolean was expected"},
        {above, "counted program", program("Q(1)", "n"), "question", "a name that is defined above"},
        {digits, "counted program", program(">= 1", ">= 1000000000000000"), "question", "more than 15 digits"},
        {nested, "counted program", program("n >= 1", deep_bracket + "n >= 1" + std::string(201, ')')), "question",
         "nested deeper than 200"},
        {later, "counted program", program("#[Q(1)]", "#>[Q(1)]"), "question", "a count of what comes later"},
        {symbol_is, "counted program", program("Q(1)", "Q(0)"), "inductive", "steps.txt line"},
        {symbol_is, "counted program", program("n >= 1", "n >= 2"), "inductive", "steps.txt line 3"},
        {symbol_is, "counted program", program("n >= 1", "n > 1"), "inductive", "steps.txt line 3"},
        {symbol_is, "counted brackets", program("opened < closed", "opened <= closed"), "inductive", "steps.txt line"},
        {symbol_is, "counted brackets", program("below = 0 &", "below = 0 |"), "inductive", "steps.txt line"},
    };
}

std::vector<Forgery> invariants() {
    return {
        {states, "counted program", invariant(", [[[\">=\", -1, [0, 1]]]]", ""), "base", "2 states were expected"},
        {states, "counted program", invariant("]]]]]\n", "]]]], []]\n"), "base", "2 states were expected"},
        {constraint, "counted program", invariant("\">=\"", "\"<=\""), "base", "was expected"},
        {constraint, "counted program", invariant("[0, 1]]]],", "[1, 1]]]],"), "base", "[0][0][0][2]"},
        {constraint, "counted program", invariant("-1, [0, 1]", "-1, [0, 1], [0, 1]"), "base", "do not ascend"},
        {constraint, "counted program", invariant("-1, [0, 1]", "-1, [0, 0]"), "base", "a coefficient is 0"},
        {constraint, "counted program", invariant("-1, [0, 1]", "-0.5, [0, 1]"), "base", "[1][0][0][1]"},
        {constraint, "counted program", invariant("-1, [0, 1]", "-4611686018427387905, [0, 1]"), "base",
         "[1][0][0][1]"},
        {base, "counted program", invariant("\"=\", 0", "\"=\", -1"), "base", "no list of state 0 holds"},
        {base, "counted program", invariant("[[\"=\", 0, [0, 1]]]", ""), "base", "no list of state 0 holds"},
        {base, "counted brackets", invariant("\"=\", 0, [2, -1]", "\"=\", 1, [2, -1]"), "base",
         "no list of state 0 holds"},
        // An invariant that steps do not keep.
        {trees, "counted program", invariant("\">=\", -1", "\"=\", -1"), "inductive", "steps.txt line"},
        {trees, "counted program", invariant("\"=\", 0, [0, 1]", "\">=\", 0, [0, 1]"), "inductive", "steps.txt line 1"},
        {trees, "counted brackets", invariant(", [\"=\", 0, [2, -1], [5, 1]]", ""), "inductive", "steps.txt line"},
        {list, "counted program", both(invariant("[[\">=\", -1, [0, 1]]]", ""), text_of_step(4, "goal 1")), "inductive",
         "the next state has no such list"},
    };
}

std::vector<Forgery> steps_of_trees() {
    std::string cuts, closed;
    for (int k = 0; k < 65; ++k) cuts += "cut 1 1 0 0\n";
    return {
        {trees, "counted program", without_step(-1), "inductive", "the file ends"},
        {trees, "counted program", both(without_step(-1), without_step(-1)), "inductive",
         "the file ends before all cases"},
        {trees, "counted program", both(without_step(2), without_step(2)), "inductive", "steps.txt line 5"},
        {tokens, "counted program", text_of_step(0, "test 2 0  2 -1 3 1 0"), "inductive",
         "steps.txt line 1: a number was expected"},
        {tokens, "counted program", text_of_step(0, "test 2 0 2 -1 03 1 0"), "inductive", "a leading zero"},
        {tokens, "counted program", text_of_step(0, "test 2 0 2 -4611686018427387905 3 1 0"), "inductive",
         "a number is too large"},
        {tokens, "counted program", text_of_step(0, "say 2 0"), "inductive",
         "split, cut, test, goal or none was expected"},
        {sums, "counted program", text_of_step(0, "test 2 0 2 0 3 1 0"), "inductive", "a premise is taken 0 times"},
        {sums, "counted program", text_of_step(0, "test 2 0 2 1 3 -1 0"), "inductive",
         "is an inequality, and is not taken -1 times"},
        {sums, "counted program", text_of_step(4, "test 2 1 2 -1 3 1 0"), "inductive", "is not taken -1 times"},
        {sums, "counted program", text_of_step(0, "test 2 0 2 -1 4 1 0"), "inductive", "there is no premise 4"},
        {below, "counted program", text_of_step(0, "test 2 0 3 1 0"), "inductive", "the sum is no constant"},
        {below, "counted program", text_of_step(0, "test 2 0 0"), "inductive", "it is not below 0"},
        {below, "counted program", text_of_step(4, "test 2 1 0"), "inductive", "it is not below 0"},
        {no_split, "counted brackets", text_of_step(1, "split 3"), "inductive", "the test is split already"},
        {no_split, "counted brackets", text_of_step(1, "split 15"), "inductive", "there is no such test"},
        {cut, "counted by halves", text_of_step(4, "cut 1 1 0 1"), "inductive", "steps.txt line 6"},
        {cut, "counted by halves", text_of_step(4, "cut 1 1 0 -1"), "inductive", "steps.txt line 7"},
        {cut, "counted by halves", text_of_step(4, "cut 2 1 0 0"), "inductive", "there is no such counter"},
        {cut, "counted by halves", both(without_step(4), without_step(4)), "inductive", "steps.txt line 5"},
        {deep, "counted program", in("steps.txt", "test 2 0 2 -1 3 1 0\n", cuts + "test 2 0 2 -1 3 1 0\n"), "inductive",
         "nested deeper than 64"},
        {no_line, "counted program", with_line("steps.txt", 0, "none 1 1 0\n"), "inductive", "steps.txt line 1"},
        {no_line, "counted program",
         in("steps.txt", "goal 1 2 1 3 1 0\ntest 2 1 1 1 3 1 0\ngoal 1 1 1 3 1 0\n",
            "goal 1 2 1 3 1 0\ntest 2 1 1 1 3 1 0\ngoal 1 1 1 3 1 0\nnone 0\n"),
         "inductive", "all cases are closed before"},
    };
}

std::vector<Forgery> walks() {
    return {
        {walk, "counted program", text_of_step(2, "test 2 0 2 -1 3 1 0"), "inductive", "steps.txt line 3"},
        {outcome, "counted program", text_of_step(0, "test 2 1 1 1 3 1 0"), "inductive", "steps.txt line 1"},
        {outcome, "counted program", text_of_step(0, "test 2 2 2 -1 3 1 0"), "inductive",
         "the test has no such outcome"},
        {outcome, "counted program", text_of_step(0, "test 1 0 2 -1 3 1 0"), "inductive",
         "nothing asks for this test here"},
        {outcome, "counted brackets", text_of_step(19, "test 5 2 3 1 11 1 0"), "inductive", "the line ends too early"},
        {conjunction, "counted brackets", text_of_step(2, "test 10 1 7 1 8 -1 10 1 12 1 0"), "inductive",
         "steps.txt line 3"},
        {conjunction, "counted brackets", text_of_step(3, "test 14 1 3 1 11 1 0"), "inductive",
         "a conjunction is told to be false only"},
        {agree, "counted program", without_step(0), "inductive", "what the program says is left open"},
        {agree, "counted program", program("n >= 1", "n < 1"), "inductive", "steps.txt line 1"},
        {agree, "counted brackets", program("output balanced", "output b2\n"), "question", "defined above"},
        {list, "counted program", text_of_step(1, "goal 2 1 1 3 1 0 2 -1 3 1 0"), "inductive",
         "the next state has no such list"},
        {list, "counted program", text_of_step(1, "goal 0"), "inductive", "the next state has no such list"},
        {equation, "counted program", text_of_step(1, "goal 1 1 1 3 1 0"), "inductive", "the line ends too early"},
        {equation, "counted program", text_of_step(1, "goal 1 1 1 3 1 0 1 1 3 1 0"), "inductive", "the sum is no"},
        {equation, "counted program", text_of_step(3, "goal 1 1 1 3 1 0 2 -1 3 1 0"), "inductive",
         "the end of the line"},
    };
}

}  // namespace

Section counting() {
    Section section{"30", claims()};
    for (const auto& more : {programs_of_counts(), invariants(), steps_of_trees(), walks()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
