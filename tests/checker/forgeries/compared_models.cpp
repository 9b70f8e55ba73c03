#include "compared_models.hpp"

// Section 41. "compared": each kind of line comes about, and the answer is that of the bias; "compared at last": the answer is told by
// the last symbol, after two heads of softmax attention.

namespace forgeries {
namespace {

const char* const compared =
    R"json({"format": "attest/model", "version": 1, "name": "compared", "alphabet": ["a", "b"], "begin": "^", "dimension": 12,
    "embedding": {"a": [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "b": [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
                  "^": [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]},
    "position": [0, 0, 0, "1/i", 0, 0, 0, 0, 0, 0, 0, 0],
    "layers": [
      {"attention": {"kind": "average", "mask": "causal", "heads": [
         {"value": [[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]], "output": [[0], [0], [0], [0], [1], [0], [0], [0], [0], [0], [0], [0]]}]},
       "feedforward": {"maps": [[[1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, -1, 1, 0, 0, 0, 0, 0, 0, 0]],
         [[0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [1, 0], [0, 1], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0]]]}},
      {"attention": {"kind": "average", "mask": "causal", "scale": "1/2", "heads": [
         {"query": [[0, 0, 0, -1, 2, 0, 0, 0, 0, 0, 0, 0]], "key": [[0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
          "value": [[0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]], "output": [[0], [0], [0], [0], [0], [0], [0], [1], [0], [0], [0], [0]]},
         {"query": [[0, 0, 0, -3, 3, 0, 0, 0, 0, 0, 0, 0]], "key": [[0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
          "value": [[0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]], "output": [[0], [0], [0], [0], [0], [0], [0], [0], [1], [0], [0], [0]]}]},
       "feedforward": {"maps": [{"weight": [[1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0], [0, 0, 0, 0, "1/2", 0, 0, 4, 0, 0, 0, 0]],
                                 "bias": [-1, -2]},
         [[0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [1, 0], [0, 1], [0, 0]]]}},
      {"attention": {"kind": "average", "mask": "causal", "heads": [
         {"value": [[0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0]], "output": [[0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [0], [1]]}]}}],
    "readout": {"position": "last", "weight": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "bias": "1/2"}})json";
const char* const at_last =
    R"json({"format": "attest/model", "version": 1, "name": "compared at last", "alphabet": ["a", "b"], "begin": "^", "dimension": 4,
    "embedding": {"a": [1, 0, 0, 0], "b": [0, 1, 0, 0], "^": [0, 0, 0, 0]},
    "layers": [
      {"attention": {"kind": "softmax", "mask": "causal", "heads": [{"value": [[0, 1, 0, 0]], "output": [[0], [0], [0], [1]]}]}},
      {"attention": {"kind": "softmax", "mask": "causal", "heads": [{"value": [[1, 0, 0, 0]], "output": [[0], [0], [1], [0]]}]}}],
    "readout": {"position": "last", "weight": [0, 1, 1, 0], "bias": 0}})json";

const char* const counts = "alphabet \"a\" \"b\"\nt1 = #[Q(\"a\")]\nt2 = #[Q(\"b\")]\n";
const char* const lines_of_compared =
    "r1 = max(0, 0 - 1 + 1*t1)\n"
    "b1 = 0 < 0 + 1*t1\n"
    "b2 = 0 < 0 - 1 + 1*t1\n"
    "r2 = (0 = 0 - 3 + 3*t1 ? 1 : 0)\n"
    "b3 = Q(\"a\") & b1\n"
    "r3 = (!b1 ? 0 : 4 + 5*t1 + 4*t2)\n"
    "c3 = #[b3]\n"
    "out = true\n";
const char* const lines_of_last = "out = (Q(\"a\")) & 0 < 0 + 1*t1 | (Q(\"b\"))\n";

/// Of two states, each with one list that says nothing.
const char* const nothing = "[[[]], [[]]]\n";
const char* const steps_of_compared = "goal 1\ngoal 1\ngoal 1\ngoal 1\n";
const char* const steps_of_last = "test 3 1 1 1 3 1 0\ngoal 1\ngoal 1\ntest 3 1 1 1 3 1 0\ngoal 1\ngoal 1\n";

Certificate of_model(const char* name, const char* model, const char* program, const char* steps) {
    return {std::string(R"({"kind": "recognises", "model": ")") + name +
                R"(", "language": "regex:(a|b)+", "lengths": {"from": 1}, "verdict": "verified"})",
            R"({"kind": "linear-invariant"})",
            {{"model.json", model},
             {"program.crasp", std::string(counts) + program},
             {"invariant.json", nothing},
             {"steps.txt", steps}}};
}

Edit model(const std::string& from, const std::string& to) { return in("model.json", from, to); }
Edit program(const std::string& from, const std::string& to) { return in("program.crasp", from, to); }
Edit version_2(Edit edit) { return both(model("\"version\": 1", "\"version\": 2"), std::move(edit)); }

constexpr const char* begin = "The model has a begin symbol and no end symbol.";
constexpr const char* no =
    "The model has no `max_length`, no position table, no norm, no `rotary`, no gate, no activation but `relu`, and no "
    "layer that is repeated. Each coordinate of `position` has no variable, or is `1/i` or `1/(i*[n>1])`";
constexpr const char* readout = "The readout has no classes and is at position −1. Each attention is";
constexpr const char* attention =
    "Each attention is `average` or `softmax`, its scale is positive and has no variable, each of its heads has the "
    "mask `causal` and a bias without variables";
constexpr const char* by_itself =
    "Its vector is a list of numbers: heads see it alone there, and all maps are evaluated";
constexpr const char* embedded =
    "a coordinate of `position` adds its number to B, or 1 to the number of L if it is one of the two with i";
constexpr const char* positions = "The form p x, x a number, has the number x, and x for each ta.";
constexpr const char* in_order =
    "then the lines that come about below, in the order in which they do: layers in order, in a layer the heads in "
    "order";
constexpr const char* once =
    "What a line says stands in one line alone: where it would come about again its name is used";
constexpr const char* whens =
    "if the multiples of all Q(a) are not the same, each symbol in order has all of them, else none is named";
constexpr const char* ascending = "There are at most 64 numbers, and they are taken in ascending order";
constexpr const char* never =
    "never, if nothing in the form p x + L is positive; always, if nothing is negative and its";
constexpr const char* divided =
    "the multiples of names are divided by their greatest common divisor g, and the number e becomes ⌊(e − 1)/g⌋ + 1";
constexpr const char* where_always = "else `(WHEN(x))` where it always is, and `(WHEN(x)) & ` and the condition";
constexpr const char* finite =
    "itself if no x is negative; if it has no Booleans, without its negative multiples; else the sum of x times a "
    "Boolean";
constexpr const char* unit = "else L is 1/D for a new unit, a count, where D makes all these forms whole";
constexpr const char* branch =
    "A form's text is `0` if nothing in it is positive, FORM with this D if nothing is negative, else `max(0, FORM)`";
constexpr const char* keys =
    "For each row of the query map whose value is not 0, the key's row has a number κ at the positions of a word";
constexpr const char* more = "*More* is scale times Σ (κ0 − κ) times the query's row";
constexpr const char* averaged = "each row of the value map has L = 0 at the positions of a word";
constexpr const char* counted = "its multiple of Q(a) for ta, and its multiple of bk for ck, which is a count";
constexpr const char* compares =
    "Else it *compares*: its attention is `average`; each row of the value map has a number ν";
constexpr const char* taken = "It takes ν + (ν0 − ν) g + (ν0 − ν) z/p";
constexpr const char* tie = "is not 0 and does not divide its number times D. If none is left there is no z.";

/// All of its attention is softmax.
std::string softened(std::string text) {
    const std::string from = "\"average\"", to = "\"softmax\"";
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
    return text;
}

Forgery another_kind(const char* sentence, Edit edit, const char* where, const char* original = "compared") {
    return {sentence, original, std::move(edit), "translation", where};
}
Forgery another(const char* sentence, Edit edit, const char* original = "compared") {
    return {sentence, original, std::move(edit), "translation",
            "program.crasp: not the program that the model becomes"};
}

std::vector<Forgery> of_kinds() {
    const char* const m = "model.json";
    return {
        another_kind(begin, both(model("\"begin\": \"^\", ", ""), model(", \"^\": [0, 0, 0, 0]", "")), m,
                     "compared at last"),
        another_kind(begin,
                     both(model("\"begin\": \"^\"", "\"begin\": \"^\", \"end\": \"$\""),
                          model("\"^\": [0, 0, 0, 0]", "\"^\": [0, 0, 0, 0], \"$\": [0, 0, 0, 0]")),
                     m, "compared at last"),
        another_kind(no, version_2(model("\"dimension\": 12", "\"max_length\": 9, \"dimension\": 12")), m),
        another_kind(no,
                     version_2(model("{\"kind\": \"softmax\"",
                                     "{\"norm\": {\"placement\": \"pre\", \"kind\": \"rms\", "
                                     "\"eps\": 1}, \"kind\": \"softmax\"")),
                     m, "compared at last"),
        another_kind(no,
                     version_2(model("{\"attention\": {\"kind\": \"softmax\"",
                                     "{\"repeat\": 2, \"attention\": {\"kind\": \"softmax\"")),
                     m, "compared at last"),
        another_kind(no, model("\"1/i\"", "\"1/n\""), "model.json: position: the coordinates are numbers, or 1/i"),
        another_kind(no, model("\"1/i\"", "\"2/i\""), "model.json: position: the coordinates are numbers, or 1/i"),
        another_kind(no, model("\"1/i\"", "\"1/(n*[n>1])\""),
                     "model.json: position: the coordinates are numbers, or 1/i"),
        another_kind(readout, model("\"last\"", "1"), "model.json: readout"),
        another_kind(readout, version_2(model("\"bias\": \"1/2\"", "\"bias\": \"n\"")), "model.json: readout"),
        another_kind(attention,
                     model("\"average\", \"mask\": \"causal\", \"scale\"", "\"hard\", \"mask\": \"causal\", \"scale\""),
                     m),
        another_kind(attention, model("\"scale\": \"1/2\"", "\"scale\": \"n\""), m),
        another_kind(attention, model("\"softmax\", \"mask\": \"causal\"", "\"softmax\", \"mask\": \"none\""), m,
                     "compared at last"),
        another_kind(attention, model("\"softmax\", \"mask\": \"causal\"", "\"softmax\", \"mask\": \"strict\""), m,
                     "compared at last"),
        another_kind(attention,
                     model("\"output\": [[0], [0], [1], [0]]", "\"output\": [[0], [0], [1], [0]], \"bias\": \"j\""), m,
                     "compared at last"),
        another_kind(keys,
                     model("\"query\": [[0, 0, 0, -1, 2, 0, 0, 0, 0, 0, 0, 0]], \"key\": [[0",
                           "\"query\": [[0, 0, 0, -1, 2, 0, 0, 0, 0, 0, 0, 0]], \"key\": [[1"),
                     "model.json: layers[1].attention.heads[0]"),
        another_kind(keys,
                     model("\"query\": [[0, 0, 0, -1, 2, 0, 0, 0, 0, 0, 0, 0]], \"key\": [[0, 0, 1, 0",
                           "\"query\": [[0, 0, 0, -1, 2, 0, 0, 0, 0, 0, 0, 0]], \"key\": [[0, 0, 1, 1"),
                     "model.json: layers[1].attention.heads[0]"),
        another_kind(averaged,
                     model("\"value\": [[0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0]]",
                           "\"value\": [[0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0]]"),
                     "model.json: layers[2].attention.heads[0]"),
        another_kind(compares, put("model.json", softened(compared)), "model.json: layers[1].attention.heads[0]"),
        another_kind(compares,
                     model("\"value\": [[0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]], \"output\": [[0], [0], [0], [0], [0], "
                           "[0], [0], [1]",
                           "\"value\": [[1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]], \"output\": [[0], [0], [0], [0], [0], "
                           "[0], [0], [1]"),
                     "model.json: layers[1].attention.heads[0]"),
    };
}

std::vector<Forgery> of_texts() {
    const char* const last = "compared at last";
    return {
        another(by_itself, model("\"^\": [0, 0, 1, 0", "\"^\": [0, 0, 2, 0")),
        another(by_itself, model("\"^\": [0, 0, 0, 0]", "\"^\": [1, 0, 0, 0]"), last),
        another(embedded, model("\"1/i\", 0", "\"1/i\", \"1/i\"")),
        another(embedded, model("\"1/i\", 0", "\"1/i\", \"1/3\"")),
        another(positions, program("4 + 5*t1 + 4*t2", "4 + 5*t1")),
        another(positions, program("4 + 5*t1 + 4*t2", "0 + 5*t1 + 4*t2")),
        another(in_order,
                program("b1 = 0 < 0 + 1*t1\nb2 = 0 < 0 - 1 + 1*t1\n", "b2 = 0 < 0 - 1 + 1*t1\nb1 = 0 < 0 + 1*t1\n")),
        another(in_order, program("out = true\n", "out = true\n\n")),
        another(in_order, program("r1 = max(0, 0 - 1 + 1*t1)\n", "")),
        another(once, both(model("[0, 0, 0, -3, 3, 0", "[0, 0, 0, -1, 2, 0"),
                           program("r2 = (0 = 0 - 3 + 3*t1 ? 1 : 0)\n", ""))),
        another(whens, program("b3 = Q(\"a\") & b1", "b3 = b1")),
        another(whens, program("(!b1 ? 0", "(Q(\"a\") & !b1 | Q(\"b\") & !b1 ? 0")),
        another(ascending, program("(!b1 ? 0 : 4 + 5*t1 + 4*t2)", "(b1 ? 4 + 5*t1 + 4*t2 : 0)")),
        another(never, program("out = true", "out = 0 < 1 + 1*t1 + 1*t2")),
        another(never, model("\"bias\": \"1/2\"", "\"bias\": \"-1/2\"")),
        another(never, model("\"bias\": \"1/2\"", "\"bias\": 0")),
        another(divided, program("b1 = 0 < 0 + 1*t1", "b1 = 0 < 0 - 1 + 2*t1")),
        another(divided, program("b2 = 0 < 0 - 1 + 1*t1", "b2 = 0 < 0 + 1*t1")),
        another(where_always, program("out = (Q(\"a\")) & 0 < 0 + 1*t1 | (Q(\"b\"))", "out = (Q(\"b\"))"), last),
        another(where_always, program("(Q(\"a\")) & 0 < 0 + 1*t1", "(Q(\"a\"))"), last),
        another(where_always, model("\"weight\": [0, 1, 1, 0]", "\"weight\": [0, 0, 1, 0]"), last),
        another(finite, model("\"bias\": [-1, -2]", "\"bias\": [0, -2]")),
        another(finite, program("b3 = Q(\"a\") & b1", "b3 = Q(\"a\")")),
        another(unit, program("4 + 5*t1 + 4*t2", "8 + 10*t1 + 8*t2")),
        another(branch, program("max(0, 0 - 1 + 1*t1)", "max(0, 0 - 2 + 2*t1)")),
        another(branch, program("? 0 : 4 + 5*t1 + 4*t2", "? 0 : max(0, 4 + 5*t1 + 4*t2)")),
        another(more, model("[0, 0, 0, -3, 3, 0", "[0, 0, 0, -3, 4, 0")),
        another(more, model("\"query\": [[0, 0, 0, -1, 2, 0, 0, 0, 0, 0, 0, 0]], \"key\": [[0, 0, 1",
                            "\"query\": [[0, 0, 0, -1, 2, 0, 0, 0, 0, 0, 0, 0]], \"key\": [[0, 0, -1")),
        another(counted, program("c3 = #[b3]", "c3 = #[b2]")),
        another(counted, program("c3 = #[b3]\n", "")),
        another(taken, program("r2 = (0 = 0 - 3 + 3*t1 ? 1 : 0)\n", "")),
        another(tie, program("b2 = 0", "r9 = (0 = 0 - 1 + 2*t1 ? 1 : 0)\nb2 = 0")),
        another(tie, program("r2 = (0 = 0 - 3 + 3*t1 ? 1 : 0)", "r2 = (0 = 0 - 1 + 1*t1 ? 1 : 0)")),
    };
}

}  // namespace

Originals originals_of_compared_models() {
    return {{"compared", [] { return of_model("compared", compared, lines_of_compared, steps_of_compared); }},
            {"compared at last", [] { return of_model("compared at last", at_last, lines_of_last, steps_of_last); }}};
}

Section compared_models() {
    Section section{"41", of_kinds()};
    const auto more_of_them = of_texts();
    section.forgeries.insert(section.forgeries.end(), more_of_them.begin(), more_of_them.end());
    return section;
}

}  // namespace forgeries
