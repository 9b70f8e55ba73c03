#include "straight.hpp"

namespace forgeries {
namespace {

Edit straight_claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit straight_evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }
Edit text(const std::string& from, const std::string& to) { return in("program.brasp", from, to); }
Edit step(const std::string& from, const std::string& to) { return in("machine.json", from, to); }

constexpr const char* in_the_place = "byte for byte as it was read, in the place of `model.json`";
constexpr const char* from_is =
    "the model accepts what the program accepts. `from` is 0 or 1. The language is no `table`";
constexpr const char* of_its_word =
    "`refuted` has the evidence `witness`; N is the number of symbols of its word, at least from. `verified` has "
    "the evidence `invariant` of section 31";
constexpr const char* no_phases =
    "with `\"first\": 0` and `\"period\": 1`, its files and its obligations; the step is the one of 36.2";
constexpr const char* has_automaton = "The language has an automaton as section 21 needs it";
constexpr const char* one_alphabet =
    "There is one alphabet, in which no symbol occurs twice, and none has a blank if one has several characters";
constexpr const char* one_output = "at most one output, which else is the last definition. No name is defined twice";
constexpr const char* no_name = "or is `true` or `false`; it is defined above where it is used";
constexpr const char* only_there =
    "`@` stands only in `rightmost` and `leftmost`; a name without it there is meant at i";
constexpr const char* two_ways = "What can be read in two ways is the alternative that is written first";
constexpr const char* in_alphabet = "The symbol of a `symbol` is in the alphabet";
constexpr const char* deep = "Expressions are nested at most 200 deep";
constexpr const char* begins =
    "`bos` is true at position 0 alone; `symbol a` where the word has a, so not at position 0";
constexpr const char* greatest =
    "is at position i what V is for i and the greatest j < i, from 0 on, for which S is true for i and j, and false if "
    "there is none; `leftmost` has the least";
constexpr const char* at_the_end =
    "A word is accepted iff the output is true at its last position, the empty word iff it is true at position 0";
constexpr const char* cases = "A case is one alternative, and true or false for each of the others";
constexpr const char* most_cases = "There are at most 4096";
constexpr const char* two_latches =
    "for each attention, for each case, one, *holds*, and for `leftmost` behind it another, *seen*";
constexpr const char* first_values =
    "At first *seen* is what S is, and *holds* what S and V are, for j = 0, in this case";
constexpr const char* by_operations = "an expression by its operations, the operands first, the left one first";
constexpr const char* next_holds =
    "for `rightmost` t = and(s, v), u = and(¬s, holds), w = and(v, holds), next of holds = or(t, u, w)";
constexpr const char* next_seen = "next of holds = or(holds, t), next of seen = or(seen, s)";
constexpr const char* few_symbols =
    "if the alphabet has at most 64 symbols, it has the evidence `{\"kind\": \"closure\", \"states\": c, \"first\": 0, "
    "\"period\": 1, \"window\": 0}` and no files for it";
constexpr const char* bad_is_false =
    "from the first values of the latches, symbol by symbol, bad is false each time; at most c valuations of the "
    "latches are met, "
    "and those in which a latch is dead are none of them; if from is 0, the model accepts the empty word iff the "
    "language has it";
constexpr const char* dead =
    "with this latch true and all other inputs of the step's circuit open, its next literal is true and bad is false";
constexpr const char* for_the_model = "In `base` the program stands for the model";

/// An attention that asks 13 questions.
std::string thirteen() {
    std::string program = "alphabet a b\nx = symbol a\n", asked;
    for (int k = 0; k < 13; ++k) {
        const std::string name = "p" + std::to_string(k);
        program += name + " = x | x\n";
        asked += (k == 0 ? "" : " & ") + name + "@i";
    }
    return program + "seen = rightmost(x@j & " + asked + ", true)\nout = x | seen\n";
}

std::vector<Forgery> claims_about_straight_programs() {
    return {
        {in_the_place, "straight", add_file("model.json", "{}"), "digest", "model.json"},
        {in_the_place, "straight", without("program.brasp"), "digest", "model.json"},
        {from_is, "straight", straight_claim("\"from\": 0", "\"from\": 2"), "question", "claim.lengths.from"},
        {from_is, "straight",
         both(put("program.brasp", "alphabet 0 1\nout = true\n"), straight_claim("contains:a", "table:0")), "question",
         "a table is of one length"},
        {of_its_word, "straight: empty", straight_claim("\"from\": 0", "\"from\": 1"), "witness",
         "says nothing of the empty word"},
        {of_its_word, "straight witness", straight_evidence("\"ab\"", "\"aa\""), "witness",
         "the language says otherwise"},
        {of_its_word, "straight witness", straight_claim("refuted", "verified"), "question",
         "does not fit the verdict"},
        {of_its_word, "straight",
         put("evidence", R"({"kind": "closure", "states": 9, "first": 0, "period": 1, "window": 0})"), "digest",
         "formula.cnf"},
        {no_phases, "straight", straight_evidence("\"first\": 0", "\"first\": 1"), "question",
         "a program has no phases"},
        {no_phases, "straight", straight_evidence("\"period\": 1", "\"period\": 2"), "question",
         "a program has no phases"},
        {no_phases, "straight", without("machine.json"), "digest", "machine.json"},
        {no_phases, "straight", put("proof.lrat", ""), "refutation", "proof.lrat"},
        {no_phases, "straight", put("invariant.json", R"({"format": "attest/invariant", "version": 1, "latches": 3,
            "gates": [], "conjuncts": [0]})"),
         "translation", "it is never true"},
        {has_automaton, "straight", straight_claim("contains:a", "palindrome"), "translation",
         "no automaton at all lengths"},
        {for_the_model, "straight: all but the empty word", straight_claim("\"from\": 1", "\"from\": 0"), "base",
         "the empty word is told otherwise"},
    };
}

std::vector<Forgery> texts_of_straight_programs() {
    return {
        {one_alphabet, "straight", text("alphabet a b\n", "alphabet a b\nalphabet a b\n"), "question",
         "a second alphabet"},
        {one_alphabet, "straight", text("alphabet a b\n", ""), "question", "there is no alphabet"},
        {one_alphabet, "straight", text("alphabet a b", "alphabet a b a"), "question", "occurs twice"},
        {one_alphabet, "straight", text("alphabet a b", "alphabet a b \"c d\""), "question", "has a blank"},
        {one_output, "straight: leftmost", text("output out\n", "output out\noutput out\n"), "question",
         "a second output"},
        {one_output, "straight: leftmost", text("output out\n", "output seen\n"), "translation", "machine.json"},
        {one_output, "straight", text("out = x | seen\n", "out = x | seen\nlast = x\n"), "translation", "machine.json"},
        {one_output, "straight", text("out = ", "x = "), "question", "is defined before"},
        {no_name, "straight", text("out = ", "true = "), "question", "is no name"},
        {no_name, "straight", text("x | seen", "x | later"), "question", "a name that is defined above"},
        {no_name, "straight", text("rightmost(x@j", "rightmost(seen@j"), "question", "a name that is defined above"},
        {only_there, "straight", text("x | seen", "x@i | seen"), "question", "@ stands outside"},
        {only_there, "straight: cases", text("x@i", "x@j"), "translation", "machine.json"},
        {only_there, "straight", text("x@j, true", "x, true"), "translation", "machine.json"},
        {only_there, "straight", text("x@j", "x@k"), "question", "'i' was expected"},
        {in_alphabet, "straight", text("symbol a", "symbol c"), "question", "is not in the alphabet"},
        {deep, "straight", text("x | seen", std::string(201, '(') + "x | seen" + std::string(201, ')')), "question",
         "nested deeper than 200"},
        {begins, "straight: after the start", straight_evidence("\"a\"", "\"aa\""), "witness",
         "the model does otherwise"},
        {begins, "straight: after the start", text("begins = bos", "begins = symbol a"), "witness",
         "the model does otherwise"},
        {begins, "straight: empty", text("out = bos", "x = symbol a\nout = x"), "witness", "the model does otherwise"},
        {greatest, "straight: nearest", text("rightmost", "leftmost"), "witness", "the model does otherwise"},
        {greatest, "straight: nearest", straight_evidence("\"bab\"", "\"abb\""), "witness", "the model does otherwise"},
        {greatest, "straight: nearest", straight_evidence("\"bab\"", "\"a\""), "witness", "the model does otherwise"},
        {at_the_end, "straight: nearest", straight_evidence("\"bab\"", "\"baba\""), "witness",
         "the model does otherwise"},
        {at_the_end, "straight: empty", straight_evidence("\"\"", "\"b\""), "witness", "the model does otherwise"},
    };
}

std::vector<Forgery> steps_of_straight_programs() {
    return {
        {cases, "straight: cases", text("x@i", "x@i & !x@i"), "translation", "machine.json"},
        {cases, "straight: cases",
         step("\"latches\": [{\"initial\": 0", "\"latches\": [{\"initial\": 0, \"next\": 2}, {\"initial\": 0"),
         "translation", "latches were expected"},
        {most_cases, "straight", put("program.brasp", thirteen()), "translation", "more than 4096 ways"},
        {two_ways, "straight witness", put("program.brasp", "alphabet a b\nbos = symbol b\nout = bos\n"), "witness",
         "the model does otherwise"},
        {most_cases, "straight witness", put("program.brasp", thirteen()), "witness", "more than 4096 ways"},
        {two_latches, "straight: leftmost", text("leftmost", "rightmost"), "translation", "latches were expected"},
        {two_latches, "straight", text("rightmost", "leftmost"), "translation", "latches were expected"},
        {first_values, "straight: at first", step("[{\"initial\": 1", "[{\"initial\": 0"), "translation",
         "latches[0].initial"},
        {first_values, "straight", step("[{\"initial\": 0", "[{\"initial\": 1"), "translation", "latches[0].initial"},
        {first_values, "straight: at first", text("rightmost(true", "rightmost(!begins@j"), "translation",
         "machine.json"},
        {by_operations, "straight", text("x | seen", "x & seen"), "translation", "machine.json"},
        {by_operations, "straight", text("x | seen", "x | !seen"), "translation", "machine.json"},
        {by_operations, "straight", step("\"gates\": [[\"and\", ", "\"gates\": [[\"and\", 1"), "translation",
         "machine.json: gates"},
        {by_operations, "straight", step("\"bad\": ", "\"bad\": 1"), "translation", "machine.json: bad"},
        {next_holds, "straight", text("x@j, true", "true, x@j"), "translation", "machine.json"},
        {next_holds, "straight", text("x@j, true", "x@j, false"), "translation", "machine.json"},
        {next_seen, "straight: leftmost", text("leftmost(x@j | y@j, x@j)", "leftmost(x@j | y@j, y@j)"), "translation",
         "machine.json"},
    };
}

/// A program over 65 symbols.
const char* const of_many_symbols =
    "alphabet a b c d e f g h i j k l m n o p q r s t u v w x y z A B C D E F G H I J K L M N O P Q R S T U V W X Y Z "
    "0 1 2 3 4 5 6 7 8 9 + - *\nx = symbol a\nout = x\n";

std::vector<Forgery> closures_of_straight_programs() {
    const char* const closure = "straight closure";
    return {
        {few_symbols, closure, straight_evidence("\"window\": 0", "\"window\": 1"), "question", "no window"},
        {few_symbols, closure, straight_evidence("\"period\": 1", "\"period\": 2"), "question", "no phases"},
        {few_symbols, closure, add_file("machine.json", "{}"), "digest", "machine.json"},
        {few_symbols, closure, put("program.brasp", of_many_symbols), "closure", "at most 64 symbols"},
        {bad_is_false, closure, straight_evidence("\"states\": 2", "\"states\": 1"), "closure", "more than 1 states"},
        {bad_is_false, closure, straight_claim("contains:a", "contains:b"), "closure", "is told otherwise"},
        {bad_is_false, closure, text("x | seen", "seen"), "closure", "is told otherwise"},
        {bad_is_false, closure, text("x | seen", "x | seen | !x & !seen"), "closure", "the empty word"},
        {dead, "straight closure: dead",
         both(text("out = now & !lost", "out = now & !lost | lost & x"),
              straight_evidence("\"states\": 1", "\"states\": 9")),
         "closure", "is told otherwise"},
        {dead, "straight closure: dead", text("rightmost(y@j, true)", "rightmost(y@j, y@j)"), "closure",
         "more than 1 states"},
        {dead, "straight closure: dead", text("lost = rightmost(y@j, true)", "lost = rightmost(true, y@j)"), "closure",
         "more than 1 states"},
    };
}

}  // namespace

Section straight_programs() {
    std::vector<Forgery> all;
    for (const auto& some : {claims_about_straight_programs(), texts_of_straight_programs(),
                             steps_of_straight_programs(), closures_of_straight_programs()})
        all.insert(all.end(), some.begin(), some.end());
    return {"36", std::move(all)};
}

}  // namespace forgeries
