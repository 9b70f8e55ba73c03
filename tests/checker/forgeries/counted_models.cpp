#include "counted_models.hpp"

// Section 37. "shares": the end symbol reads the share of 1s, through a unit below that finds them; "surplus": no end symbol, and a unit
// above; "always": the bias alone.

namespace forgeries {
namespace {

const char* const shares =
    R"json({"format": "attest/model", "version": 1, "name": "shares", "alphabet": ["0", "1"], "end": "$", "dimension": 2,
    "embedding": {"0": [0, 0], "1": [1, 0], "$": [0, 0]}, "position": ["1/2", 0],
    "layers": [{"feedforward": {"maps": [{"weight": [[1, 0]], "bias": ["-1/2"]}, [[0], [1]]], "residual": true}},
               {"attention": {"kind": "average", "residual": false,
                              "heads": [{"query": [[0, 0]], "key": [[1, 0]], "value": [[0, 1]], "output": [[1], [0]]}]}}],
    "readout": {"position": "last", "weight": [1, 0], "bias": 0}})json";
const char* const surplus =
    R"json({"format": "attest/model", "version": 1, "name": "surplus", "alphabet": ["0", "1"], "begin": "^", "dimension": 2,
    "embedding": {"0": [-1, 0], "1": [1, 1], "^": [0, 0]},
    "layers": [{"attention": {"kind": "average", "mask": "causal", "residual": false,
                              "heads": [{"value": [[1, 0], [0, 1]], "output": [[1, 0], [0, 1]]}]},
                "feedforward": {"maps": [[[1, 0]], [[0], ["1/2"]]], "residual": true}}],
    "readout": {"position": "last", "weight": [0, 1], "bias": 0}})json";
const char* const always =
    R"json({"format": "attest/model", "version": 1, "name": "always", "alphabet": ["0", "1"], "end": "$", "dimension": 1,
    "embedding": {"0": [0], "1": [0], "$": [0]},
    "layers": [{"attention": {"kind": "average", "residual": true, "heads": [{"value": [[1]], "output": [[1]]}]}}],
    "readout": {"position": "last", "weight": [1], "bias": "1/3"}})json";

const char* const counts = "alphabet \"0\" \"1\"\nt1 = #[Q(\"0\")]\nt2 = #[Q(\"1\")]\n";
const char* const counts_of_shares = "s1 = 0 < 0 + 1*t2\nout = s1\n";
const char* const counts_of_surplus =
    "r1 = max(0, 0 - 1*t1 + 1*t2)\ns1 = 0 < 0 + 2*t2 + 1*r1\nr2 = max(0, 0 - 1*t1 + 1*t2)\ns2 = 0 < 0 + 2*t2 + 1*r2\n"
    "out = Q(\"0\") & s1 | Q(\"1\") & s2\n";
const char* const counts_of_always = "s1 = 0 < 1 + 1*t1 + 1*t2\nout = s1\n";

const char* const none_or_some = "[[[[\"=\", 0, [1, 1]]]],\n [[[\">=\", -1, [1, 1]]]]]\n";
const char* const none_or_some_and_zeros =
    "[[[[\"=\", 0, [1, 1]], [\">=\", 0, [0, 1], [1, -1]]]],\n [[[\">=\", -1, [1, 1]]]]]\n";
const char* const empty_or_not = "[[[[\"=\", 0, [0, 1]], [\"=\", 0, [1, 1]]]],\n [[[\">=\", -1, [0, 1], [1, 1]]]]]\n";
const char* const steps_of_shares =
    "test 3 0 3 -1 4 1 0\n"
    "goal 1 2 1 4 1 0 3 -1 4 1 0\n"
    "test 3 1 2 1 4 1 0\n"
    "goal 1 2 1 4 1 0\n"
    "test 3 1 3 1 4 1 0\n"
    "goal 1 3 1 4 1 0\n"
    "test 3 1 3 1 4 1 0\n"
    "goal 1 3 1 4 1 0\n";
const char* const steps_of_surplus =
    "test 3 0 1 1 3 -1 5 1 0\n"
    "test 4 0 3 -2 5 1 0\n"
    "test 5 0 1 1 3 -1 5 1 0\n"
    "test 6 0 3 -2 5 1 0\n"
    "goal 1 2 1 5 1 0 3 -1 5 1 0 1 1 3 -1 5 1 0\n"
    "split 5\n"
    "test 6 1 2 2 6 1 0\n"
    "goal 1 2 1 6 1 0\n"
    "test 6 1 2 2 5 1 6 1 0\n"
    "goal 1 2 1 6 1 0\n"
    "split 3\n"
    "test 4 1 3 2 5 1 0\n"
    "test 5 0 4 1 5 1 0\n"
    "test 6 1 3 2 5 1 0\n"
    "goal 1 3 1 5 1 0\n"
    "test 4 1 1 2 4 3 5 1 0\n"
    "test 5 1 4 1 5 1 0\n"
    "test 6 1 1 2 4 3 5 1 0\n"
    "goal 1 3 1 5 1 0\n"
    "split 5\n"
    "test 6 1 3 2 5 1 0\n"
    "goal 1 3 1 5 1 0\n"
    "test 6 1 3 2 4 1 5 1 0\n"
    "goal 1 3 1 5 1 0\n";
const char* const steps_of_always =
    "test 3 1 1 1 2 1 5 1 0\n"
    "goal 1 1 1 2 1 5 1 0\n"
    "test 3 1 1 1 2 1 5 1 0\n"
    "goal 1 1 1 2 1 5 1 0\n"
    "test 3 1 3 1 4 1 0\n"
    "goal 1 3 1 4 1 0\n"
    "test 3 1 3 1 4 1 0\n"
    "goal 1 3 1 4 1 0\n";

Certificate of_model(const char* name, const char* model, const char* program, const std::string& language, int from,
                     const char* invariant, const char* steps) {
    return {std::string(R"({"kind": "recognises", "model": ")") + name + R"(", "language": ")" + language +
                R"(", "lengths": {"from": )" + std::to_string(from) + R"(}, "verdict": "verified"})",
            R"({"kind": "linear-invariant"})",
            {{"model.json", model},
             {"program.crasp", std::string(counts) + program},
             {"invariant.json", invariant},
             {"steps.txt", steps}}};
}

Edit model(const std::string& from, const std::string& to) { return in("model.json", from, to); }
Edit program(const std::string& from, const std::string& to) { return in("program.crasp", from, to); }

constexpr const char* files =
    "The certificate then has, beside `model.json`, the files `program.crasp`, `invariant.json` and `steps.txt`";
constexpr const char* from =
    "`from` is 0 only if the model has a begin or an end symbol, and all that it does is rational";
constexpr const char* same = "`program.crasp` is byte for byte the program that the model becomes";
constexpr const char* empty = "and if `from` is 0, the model says of the empty word what the language says";
constexpr const char* no =
    "The model has no `max_length`, no position table, no norm, no `rotary`, no gate, no activation but `relu`, and no "
    "layer that is "
    "repeated";
constexpr const char* constants = "Each coordinate of `position` has no variable, and neither has the readout's bias";
constexpr const char* readout = "The readout has no classes and is at position −1";
constexpr const char* one = "Exactly one layer has an attention part";
constexpr const char* weights =
    "Its attention is `average` or `softmax`, its scale is positive and has no variable, each of its heads has the "
    "mask `none` or "
    "`causal`, a bias without variables, and no query and key, or one of the two maps is 0 throughout";
constexpr const char* lines = "then for each symbol a, counted from 1, `ta = #[Q(\"symbol\")]`";
constexpr const char* out =
    "then `out = s1` if the model has an end symbol, else `out = Q(\"symbol\") & s1 | Q(\"symbol\") & s2 | …`";
constexpr const char* symbols = "No symbol has a blank, a tab, a quotation mark, or two slashes side by side";
constexpr const char* length =
    "x times the length is the form with the number x times how many of begin and end symbol the model has, and x for "
    "each count";
constexpr const char* sums = "u(a) is the sum of output(value(y(a))) over the heads";
constexpr const char* own = "if the attention part is residual, plus the last vector's y[c] times the length";
constexpr const char* unit =
    "max(0, form) is the form itself if no number in it is negative, 0 if none is positive; else it is the form 1/D "
    "for a new unit";
constexpr const char* numbered = "units being numbered from 1 through the whole program";
constexpr const char* least = "D is the least positive whole number that makes all numbers of the form whole";
constexpr const char* score = "The score is Σ weight[c] times the form of c, plus the bias times the length";
constexpr const char* written = "then for each count, and then each unit, in order, of which the multiple is not 0";
constexpr const char* digits = "No number has more than 15 digits";

Forgery another_kind(const char* sentence, const char* original, Edit edit, const char* where) {
    return {sentence, original, std::move(edit), "translation", where};
}
Forgery another_program(const char* sentence, const char* original, Edit edit) {
    return {sentence, original, std::move(edit), "translation",
            "program.crasp: not the program that the model becomes"};
}

std::vector<Forgery> of_models() {
    return {
        {files, "shares", without("steps.txt"), "digest", "steps.txt"},
        {files, "shares", without("program.crasp"), "digest", "program.crasp"},
        {files, "shares", without("model.json"), "question", "manifest.json: claim.lengths"},
        {files, "shares", add_file("circuit.json", "{}"), "digest", "circuit.json"},
        {from, "surplus",
         both(in("claim", "\"from\": 1", "\"from\": 0"),
              both(model("\"begin\": \"^\", ", ""), model(", \"^\": [0, 0]", ""))),
         "question", "manifest.json: claim.lengths"},
        {from, "shares", model("average", "softmax"), "question", "manifest.json: claim.lengths"},
        {empty, "always", in("claim", "\"from\": 1", "\"from\": 0"), "base",
         "model.json: the model is wrong on the empty word"},
        another_kind(no, "shares",
                     both(model("\"version\": 1", "\"version\": 2"),
                          model("\"dimension\": 2", "\"max_length\": 9, \"dimension\": 2")),
                     "model.json"),
        another_kind(
            no, "surplus",
            both(model("\"version\": 1", "\"version\": 2"),
                 model("\"kind\": \"average\"",
                       "\"kind\": \"softmax\", \"norm\": {\"placement\": \"pre\", \"kind\": \"rms\", \"eps\": 1}")),
            "model.json"),
        another_kind(
            no, "surplus",
            both(model("\"version\": 1", "\"version\": 2"),
                 model("\"residual\": true", "\"residual\": true, \"activation\": \"leaky-relu\", \"slope\": \"1/2\"")),
            "model.json"),
        another_kind(
            no, "surplus",
            both(model("\"version\": 1", "\"version\": 2"), model("{\"attention\"", "{\"repeat\": 2, \"attention\"")),
            "model.json"),
        another_kind(constants, "shares", model("\"1/2\", 0]", "\"1/2\", \"i\"]"), "model.json: position"),
        another_kind(constants, "shares",
                     both(model("\"version\": 1", "\"version\": 2"), model("\"bias\": 0}", "\"bias\": \"n\"}")),
                     "model.json: readout"),
        another_kind(readout, "shares", model("\"last\"", "1"), "model.json: readout"),
        another_kind(
            one, "shares",
            model("{\"feedforward\"", "{\"attention\": {\"kind\": \"average\", \"heads\": []}, \"feedforward\""),
            "model.json: layers: one layer attends"),
        another_kind(weights, "shares", model("average", "hard"), "model.json"),
        another_kind(weights, "shares", model("\"kind\": \"average\"", "\"kind\": \"average\", \"scale\": \"n\""),
                     "model.json"),
        another_kind(weights, "surplus", model("causal", "strict"), "model.json"),
        another_kind(weights, "surplus", model("causal", "future"), "model.json"),
        another_kind(weights, "shares", model("\"query\": [[0, 0]]", "\"query\": [[0, 1]]"), "model.json"),
        another_kind(weights, "shares",
                     model("\"query\": [[0, 0]]", "\"query\": {\"weight\": [[0, 0]], \"bias\": [1]}"), "model.json"),
        another_kind(weights, "shares", model("\"output\": [[1], [0]]", "\"output\": [[1], [0]], \"bias\": \"j\""),
                     "model.json"),
    };
}

std::vector<Forgery> of_texts() {
    return {
        another_program(same, "shares", program("out = s1\n", "out = s1\n\n")),
        another_program(same, "shares", program("1*t2", "2*t2")),
        another_program(same, "surplus", program("2*t2 + 1*r1", "2*t2 + 0*r1")),
        another_program(lines, "shares", program("alphabet \"0\" \"1\"", "alphabet 0 1")),
        another_program(lines, "shares",
                        program("t1 = #[Q(\"0\")]\nt2 = #[Q(\"1\")]\n", "t2 = #[Q(\"1\")]\nt1 = #[Q(\"0\")]\n")),
        another_program(out, "surplus",
                        program("out = Q(\"0\") & s1 | Q(\"1\") & s2", "out = Q(\"1\") & s2 | Q(\"0\") & s1")),
        another_program(out, "shares", program("out = s1", "out = Q(\"0\") & s1 | Q(\"1\") & s1")),
        another_kind(symbols, "shares",
                     both(both(model("[\"0\", \"1\"]", "[\" \", \"1\"]"), model("{\"0\": [0, 0]", "{\" \": [0, 0]")),
                          both(both(program("alphabet \"0\"", "alphabet \" \""), program("Q(\"0\")", "Q(\" \")")),
                               in("claim", "\"verdict\"", "\"map\": {\" \": \"0\", \"1\": \"1\"}, \"verdict\""))),
                     "model.json: alphabet"),
        another_program(length, "always", program("0 < 1 + 1*t1", "0 < 0 + 1*t1")),
        another_program(length, "always", program("1 + 1*t1 + 1*t2", "1 + 1*t1")),
        another_program(sums, "shares", model("\"output\": [[1], [0]]", "\"output\": [[2], [0]]")),
        another_program(sums, "shares", model("\"bias\": [\"-1/2\"]", "\"bias\": [\"-3/2\"]")),
        another_program(own, "shares", model("\"residual\": false", "\"residual\": true")),
        another_program(unit, "surplus", program("r1 = max(0, 0 - 1*t1 + 1*t2)", "r1 = max(0, 0 + 1*t2 - 1*t1)")),
        another_program(unit, "surplus", model("\"0\": [-1, 0]", "\"0\": [1, 0]")),
        another_program(numbered, "surplus",
                        both(program("r2 = max(0, 0 - 1*t1 + 1*t2)\n", ""), program("2*t2 + 1*r2", "2*t2 + 1*r1"))),
        another_program(least, "surplus", program("s1 = 0 < 0 + 2*t2 + 1*r1", "s1 = 0 < 0 + 4*t2 + 2*r1")),
        another_program(score, "surplus", model("\"weight\": [0, 1]", "\"weight\": [1, 1]")),
        another_program(score, "always", model("\"1/3\"", "\"-1/3\"")),
        another_program(written, "shares", program("0 + 1*t2", "0 + 0*t1 + 1*t2")),
        another_kind(digits, "shares", model("\"output\": [[1], [0]]", "\"output\": [[1000000000000000], [0]]"),
                     "model.json"),
    };
}

}  // namespace

Originals originals_of_counted_models() {
    return {
        {"shares",
         [] { return of_model("shares", shares, counts_of_shares, "contains:1", 0, none_or_some, steps_of_shares); }},
        {"surplus",
         [] {
             return of_model("surplus", surplus, counts_of_surplus, "contains:1", 1, none_or_some_and_zeros,
                             steps_of_surplus);
         }},
        {"always", [] {
             return of_model("always", always, counts_of_always, "regex:(0|1)+", 1, empty_or_not, steps_of_always);
         }}};
}

Section counted_models() {
    Section section{"37", of_models()};
    const auto more = of_texts();
    section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
