#include "checker/translation/formula_of_miter.hpp"
#include "checker/translation/miter_of_two.hpp"
#include "checker/translation/program_circuit.hpp"
#include "checker/translation/task_program.hpp"
#include "checker/translation/word_diagram.hpp"
#include "refuted_programs.hpp"

// Claims about programs: that one recognises a language, by words and by its circuit (section 19), and those of section 18.

namespace forgeries {
namespace {

namespace checker = attest::checker;

/// Accepts iff the last symbol is 1.
const char* const last_program =
    R"json({"format": "attest/program", "version": 1, "name": "last-program", "alphabet": ["0", "1"],
    "begin": "<s>", "end": "</s>", "lengths": [1, 4],
    "variables": [
     {"name": "s", "input": "symbol"}, {"name": "i", "input": "position", "first": 0}, {"name": "c", "constant": "-1/2"},
     {"name": "e", "attend": {"query": "s", "key": "s", "pairs": [["</s>", "0"], ["</s>", "1"]], "mask": "strict",
                              "take": "right", "value": "s", "none": "first"}},
     {"name": "m", "map": {"of": ["e", "s"], "table": [[["1", "</s>"], 1], [["0", "</s>"], "no"]], "otherwise": "no"}},
     {"name": "k", "attend": {"query": "s", "key": "s", "pairs": [["</s>", "1"]], "take": "sum", "value": "i"}}],
    "output": {"positions": "last", "classes": ["R", "A"],
               "scores": [{"of": "m", "weights": {"1": [0, 1], "no": [0, 0]}}, {"times": "c", "weights": [0, 1]}],
               "tie": "first", "accept": ["A"]}})json";

/// At each position how many 1 there are.
const char* const counter = R"json({"format": "attest/program", "version": 1, "name": "counter", "alphabet": ["0", "1"],
    "variables": [{"name": "s", "input": "symbol"},
                  {"name": "x", "attend": {"query": "s", "key": "s", "pairs": [["0", "1"], ["1", "1"]], "take": "count"}}],
    "output": {"positions": "word", "value": "x"}})json";

Certificate about_counter(const std::string& claim, const std::string& evidence) {
    return {"{" + claim + "}", "{" + evidence + "}", {{"model.json", counter}}};
}

Certificate recognising() {
    return {
        recognises("last-program", "last", 2), R"({"kind": "exhaustion", "words": 4})", {{"model.json", last_program}}};
}

/// The same by its circuit.
Certificate proved() {
    using namespace checker_test;
    Budget budget = ample();
    checker::Program program =
        checker::read_program(checker::parse_json(last_program, "model.json", budget), "model.json", budget);
    const checker::Language last = checker::read_language("last", program.alphabet, 2, {}, budget);
    const Miter miter = checker::build_program_miter(program, 2, last, {0, 1}, budget);
    const Formula formula = formula_of(miter, budget);
    return {recognises("last-program", "last", 2),
            R"({"kind": "refutation", "proof": "lrat", "drops": []})",
            {{"model.json", last_program},
             {"circuit.json", circuit_text(miter)},
             {"formula.cnf", formula_text(formula)},
             {"proof.lrat", Refuter(formula).run().value()}}};
}

/// It is wrong about the first symbol on 10 and 01.
Certificate proved_by_a_diagram() {
    using namespace checker_test;
    Budget budget = ample();
    const std::string text = "1 2\n2 0 1\n2 1 0\n1 2 3\n4\n";
    checker::Program program =
        checker::read_program(checker::parse_json(last_program, "model.json", budget), "model.json", budget);
    const checker::Language first = checker::read_language("first", program.alphabet, 2, {}, budget);
    const Miter miter =
        checker::build_miter_of_diagram(program, first, {0, 1}, checker::read_diagram(text, 2, 2, budget), budget);
    const Formula formula = formula_of(miter, budget);
    return {R"({"kind": "accuracy", "model": "last-program", "language": "first", "length": 2, "wrong": "2"})",
            R"({"kind": "refutation", "proof": "lrat", "drops": [], "by": "diagram"})",
            {{"model.json", last_program},
             {"diagram.txt", text},
             {"circuit.json", circuit_text(miter)},
             {"formula.cnf", formula_text(formula)},
             {"proof.lrat", Refuter(formula).run().value()}}};
}

Certificate performing() {
    return about_counter(
        R"("kind": "performs", "model": "counter", "task": "count:1", "length": 2, "verdict": "verified")",
        R"("kind": "exhaustion", "words": 4)");
}

Certificate counted() {
    return about_counter(R"("kind": "performance", "model": "counter", "task": "hist", "length": 2, "wrong": "1")",
                         R"("kind": "exhaustion", "words": 4)");
}

Certificate misstep() {
    return about_counter(R"("kind": "performs", "model": "counter", "task": "hist", "length": 2, "verdict": "refuted")",
                         R"("kind": "witness", "word": "00", "position": 2, "expected": "2", "actual": "0")");
}

/// Accepts nothing, since m is no more than its `otherwise`.
Certificate recognising_without() {
    return {
        R"({"kind": "recognises", "model": "last-program", "language": "table:0", "length": 2, "verdict": "verified",
                "without": ["m"]})",
        R"({"kind": "exhaustion", "words": 4})",
        {{"model.json", last_program}}};
}

/// What lacks m rejects what the whole accepts.
Certificate unequal_without() {
    return {R"({"kind": "equal", "model": "last-program", "other": "last-program", "length": 2, "verdict": "refuted",
                "without": ["m"]})",
            R"({"kind": "witness", "word": "01", "answers": ["reject", "accept"]})",
            {{"model.json", last_program}, {"other.json", last_program}}};
}

/// Without x it counts nothing, while `hist` finds each symbol at least once.
Certificate counted_without() {
    return about_counter(
        R"("kind": "performance", "model": "counter", "task": "hist", "length": 2, "wrong": "4", "without": ["x"])",
        R"("kind": "exhaustion", "words": 4)");
}

Certificate misstep_without() {
    return about_counter(
        R"("kind": "performs", "model": "counter", "task": "count:1", "length": 2, "verdict": "refuted", "without": ["x"])",
        R"("kind": "witness", "word": "01", "position": 1, "expected": "1", "actual": "0")");
}

Certificate restricted() {
    return {R"({"kind": "restriction", "model": "last-program", "length": 2, "fixed": {"2": "1"}, "answer": "accept",
                "pair": ["01", "11"], "optimal": true})",
            R"({"kind": "exhaustion", "words": 2, "open": ["00", "01"]})",
            {{"model.json", last_program}}};
}

Certificate performing_proved() {
    using namespace checker_test;
    Budget budget = ample();
    checker::Program program = program_of_text(counter, budget);
    const checker::Task task = checker::read_task("count:1", program.alphabet, "task", budget);
    return refuted_by(performing(), checker::build_task_miter(program, task, 2, {}, budget), "");
}

Certificate counted_proved() {
    using namespace checker_test;
    Budget budget = ample();
    checker::Program program = program_of_text(counter, budget);
    const checker::Task task = checker::read_task("hist", program.alphabet, "task", budget);
    return refuted_by(counted(), checker::build_task_miter(program, task, 2, {{0, 0}}, budget),
                      R"(, "mistakes": ["00"])");
}

Certificate equal_proved() {
    using namespace checker_test;
    Budget budget = ample();
    checker::Program program = program_of_text(last_program, budget), other = program_of_text(last_program, budget);
    const std::vector<checker::Drop> none;
    const Certificate claim{
        R"({"kind": "equal", "model": "last-program", "other": "last-program", "length": 2, "verdict": "verified"})",
        "",
        {{"model.json", last_program}, {"other.json", last_program}}};
    return refuted_by(claim, checker::build_miter(checker::WordInputs{2, 2}, {program, none}, {other, none}, budget),
                      R"(, "other_drops": [])");
}

/// The symbol before, which `shift:1` asks for.
const char* const follower =
    R"json({"format": "attest/program", "version": 1, "name": "follower", "alphabet": ["0", "1"],
    "begin": "<s>", "variables": [{"name": "s", "input": "symbol"}, {"name": "c", "constant": 1},
                  {"name": "x", "attend": {"query": "c", "key": "c", "pairs": [[1, 1]], "mask": "strict", "take": "right",
                                           "value": "s", "none": "first"}}],
    "output": {"positions": "word", "value": "x"}})json";

Certificate by_prefixes() {
    return {R"({"kind": "performance", "model": "follower", "task": "shift:1", "length": 3, "wrong": "0"})",
            R"({"kind": "prefixes"})",
            {{"model.json", follower}}};
}

/// What may come next after at most two 1s, of words of 1s alone.
const char* const foreseer =
    R"json({"format": "attest/program", "version": 1, "name": "foreseer", "alphabet": ["0", "1"], "lengths": [1, 2],
    "variables": [{"name": "s", "input": "symbol"}, {"name": "c", "constant": 1},
                  {"name": "x", "attend": {"query": "c", "key": "c", "pairs": [[1, 1]], "mask": "strict", "take": "right",
                                           "value": "s", "none": "1"}},
                  {"name": "m", "map": {"of": ["x", "s"], "table": [[["1", "1"], "011"]], "otherwise": "000"}}],
    "output": {"positions": "word", "value": "m"}})json";

Certificate foreseeing() {
    return {R"({"kind": "performs", "model": "foreseer", "task": "next:all-ones", "length": 2, "verdict": "verified"})",
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", foreseer}}};
}

Certificate performing_by_prefixes() {
    return {R"({"kind": "performs", "model": "follower", "task": "shift:1", "length": 3, "verdict": "verified"})",
            R"({"kind": "prefixes"})",
            {{"model.json", follower}}};
}

}  // namespace

Originals originals_of_programs() {
    return {{"program", recognising},
            {"program proved", proved},
            {"program by a diagram", proved_by_a_diagram},
            {"performs", performing},
            {"foresees", foreseeing},
            {"performance", counted},
            {"misstep", misstep},
            {"program without", recognising_without},
            {"programs unequal without", unequal_without},
            {"performance without", counted_without},
            {"misstep without", misstep_without},
            {"program restricted", restricted},
            {"performs proved", performing_proved},
            {"performance proved", counted_proved},
            {"programs equal proved", equal_proved},
            {"performance by prefixes", by_prefixes},
            {"performs by prefixes", performing_by_prefixes}};
}

}  // namespace forgeries
