#include "../checker_support.hpp"
#include "checker/induction/invariant.hpp"
#include "checker/machine/closure.hpp"
#include "invariants.hpp"
#include "step_texts.hpp"

// Steps of machines are the checker's own: tests of induction hold them against the evaluator on all short words. Invariants are by
// hand, proofs are found by splitting.

namespace forgeries {
namespace {

using namespace checker_test;

/// Accepts iff a 1 occurs: at the first 1 the head's find changes for good.
const char* const some_one =
    R"json({"format": "attest/model", "version": 1, "name": "some-one", "alphabet": ["0", "1"], "begin": "^",
 "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0], "^": [0, 0]},
 "layers": [{"attention": {"kind": "hard", "tie": "right", "mask": "none",
   "heads": [{"query": {"weight": [[0, 0]], "bias": [1]}, "key": [[1, 0]], "value": [[1, 0]], "output": [[0], [1]]}]}}],
 "readout": {"position": "last", "weight": [0, 1], "bias": 0}})json";

/// Accepts words of even length: phases alone.
const char* const even_words =
    R"json({"format": "attest/model", "version": 1, "name": "even-words", "alphabet": ["0", "1"], "begin": "^",
 "dimension": 1, "embedding": {"0": [0], "1": [0], "^": [0]}, "position": ["mod(i,2)"], "layers": [],
 "readout": {"position": "last", "weight": [1], "bias": 0}})json";

/// Accepts iff the last symbol is 1: an end symbol asks, and at first there is nothing to find.
const char* const last_one =
    R"json({"format": "attest/model", "version": 1, "name": "last-one", "alphabet": ["0", "1"], "end": "$",
 "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0], "$": [0, 0]},
 "layers": [{"attention": {"kind": "hard", "tie": "right", "mask": "strict",
   "heads": [{"value": [[1, 0]], "output": [[0], [1]], "bias": "0"}]}}],
 "readout": {"position": "last", "weight": [0, 1], "bias": 0}})json";

/// Over three symbols, with a layer that nothing attends in: accepts iff a b comes after the last a.
const char* const b_since_a =
    R"json({"format": "attest/model", "version": 1, "name": "b-since-a", "alphabet": ["a", "b", "c"], "begin": "^",
 "dimension": 3, "embedding": {"a": [1, 0, 0], "b": [1, 1, 0], "c": [0, 0, 0], "^": [0, 0, 0]},
 "layers": [{"feedforward": {"residual": false, "maps": [[[1, 0, 0], [0, 1, 0], [0, 0, 0]]]}},
  {"attention": {"kind": "hard", "tie": "right", "mask": "none",
   "heads": [{"query": {"weight": [[0, 0, 0]], "bias": [1]}, "key": [[1, 0, 0]], "value": [[0, 1, 0]],
              "output": [[0], [0], [1]]}]}}],
 "readout": {"position": "last", "weight": [0, 0, 1], "bias": 0}})json";

/// Accepts iff the last symbol but one is 1: a head prefers what is just before, from a window of 1.
const char* const one_before =
    R"json({"format": "attest/model", "version": 1, "name": "one-before", "alphabet": ["0", "1"], "begin": "^",
 "dimension": 3, "embedding": {"0": [0, 0, 0], "1": [1, 0, 0], "^": [0, 1, 0]},
 "layers": [{"attention": {"kind": "hard", "tie": "right", "mask": "none",
   "heads": [{"value": [[1, 0, 0]], "output": [[0], [0], [1]], "bias": "-abs(i-j-1)"}]}}],
 "readout": {"position": "last", "weight": [0, 0, 1], "bias": 0}})json";

/// Accepts iff one of the last two symbols is 1: content outdoes what is nearer by one position.
const char* const one_of_two =
    R"json({"format": "attest/model", "version": 1, "name": "one-of-two", "alphabet": ["0", "1"],
 "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0]},
 "layers": [{"attention": {"kind": "hard", "tie": "right", "mask": "none",
   "heads": [{"query": {"weight": [[0, 0]], "bias": [1]}, "key": [[1.5, 0]], "value": [[1, 0]], "output": [[0], [1]],
              "bias": "j"}]}}],
 "readout": {"position": "last", "weight": [0, 1], "bias": 0}})json";

/// Accepts iff a 1 occurs before the last symbol: a head avoids what is just before, and remembers what is further left.
const char* const before_the_last =
    R"json({"format": "attest/model", "version": 1, "name": "before-the-last", "alphabet": ["0", "1"], "begin": "^",
 "end": "$", "dimension": 3, "embedding": {"0": [0, 0, 0], "1": [1, 0, 0], "^": [0, 1, 0], "$": [0, 0, 0]},
 "layers": [{"attention": {"kind": "hard", "tie": "right", "mask": "strict",
   "heads": [{"query": {"weight": [[0, 0, 0]], "bias": [1]}, "key": [[1, 0, 0]], "value": [[1, 0, 0]],
              "output": [[0], [0], [1]], "bias": "-3*[j = i-1]"}]}}],
 "readout": {"position": "last", "weight": [0, 0, 1], "bias": 0}})json";

/// Accepts iff a 1 occurs: the first symbol is asked whether it is 1, or a 1 is to its right.
const char* const first_looks_right =
    R"json({"format": "attest/model", "version": 1, "name": "first-looks-right", "alphabet": ["0", "1"],
 "dimension": 3, "embedding": {"0": [0, 0, 0], "1": [1, 0, 0]},
 "layers": [{"attention": {"kind": "hard", "tie": "left", "mask": "strict-future",
   "heads": [{"query": {"weight": [[0, 0, 0]], "bias": [1]}, "key": [[1, 0, 0]], "value": [[1, 0, 0]],
              "output": [[0], [1], [0]]}]}},
  {"attention": {"kind": "hard", "tie": "left", "mask": "none",
   "heads": [{"value": [[1, 1, 0]], "output": [[0], [0], [1]], "bias": "0"}]}}],
 "readout": {"position": "last", "weight": [0, 0, 1], "bias": 0}})json";

/// The same, asked by an end symbol.
const char* const end_asks_first =
    R"json({"format": "attest/model", "version": 1, "name": "end-asks-first", "alphabet": ["0", "1"], "end": "$",
 "dimension": 3, "embedding": {"0": [0, 0, 0], "1": [1, 0, 0], "$": [0, 0, 0]},
 "layers": [{"attention": {"kind": "hard", "tie": "left", "mask": "strict-future",
   "heads": [{"query": {"weight": [[0, 0, 0]], "bias": [1]}, "key": [[1, 0, 0]], "value": [[1, 0, 0]],
              "output": [[0], [1], [0]]}]}},
  {"attention": {"kind": "hard", "tie": "left", "mask": "strict",
   "heads": [{"value": [[1, 1, 0]], "output": [[0], [0], [1]], "bias": "0"}]}}],
 "readout": {"position": "last", "weight": [0, 0, 1], "bias": 0}})json";

struct Subject {
    const char* model;
    const char* language;
    int from;
    std::string invariant;
    int period = 1;
    std::optional<int> window = std::nullopt;  ///< as section 40 has it
};

MachineStep step_of(const Subject& subject, Budget& budget) {
    Question question;
    question.model = model_of(subject.model);
    question.alphabet = question.model->alphabet;
    question.language = read_language(subject.language, question.alphabet, 0, "", budget);
    for (std::size_t a = 0; a < question.alphabet.size(); ++a) question.letters.push_back(a);
    const Automaton automaton = automaton_at_all_lengths(question.language, budget);
    const Scale scale{0, static_cast<std::size_t>(subject.period),
                      static_cast<std::size_t>(subject.window.value_or(0))};
    return subject.window ? build_guessed_step(question, automaton, scale, budget)
                          : build_step(question, automaton, scale, budget);
}

Formula formula_of_subject(const Subject& subject, const std::string& invariant, Budget& budget) {
    MachineStep step = step_of(subject, budget);
    const InvariantFile file = read_invariant_file(invariant, step.initial.size(), budget);
    return formula_of_induction(std::move(step), file, model_of(subject.model).alphabet.size(), budget);
}

Certificate certificate_of(const Subject& subject) {
    Budget budget = ample();
    const MachineStep step = step_of(subject, budget);
    const Formula formula = formula_of_subject(subject, subject.invariant, budget);
    return {R"({"kind": "recognises", "model": ")" + model_of(subject.model).name + R"(", "language": ")" +
                subject.language + R"(", "lengths": {"from": )" + std::to_string(subject.from) +
                R"(}, "verdict": "verified"})",
            R"({"kind": "invariant", "proof": "lrat", "first": 0, "period": )" + std::to_string(subject.period) +
                (subject.window ? R"(, "window": )" + std::to_string(*subject.window) : "") + "}",
            {{"model.json", subject.model},
             {"machine.json", machine_text(step)},
             {"invariant.json", subject.invariant},
             {"formula.cnf", text_of(formula)},
             {"proof.lrat", Refuter(formula).run().value()}}};
}

/// A register's two kinds, then the automaton's two states: one kind, and the state goes with it.
const char* const kinds_and_states = R"(["and", 2, 4], ["and", 3, 5], ["xor", 4, 8], ["xor", 4, 6])";

/// Begun, fits, the guess of 0 or 1 to the right, what the first symbol says (nothing, that it is 1 or has a 1 to its right, both), the
/// automaton's two states: where guesses fit, the first symbol knows of each 1 that came or is still to come.
const std::string first_knows =
    invariant_of(9,
                 R"(["and", 9, 19], ["and", 2, 4, 10, 21], ["and", 13, 15], ["and", 2, 4, 20, 25], ["and", 2, 11, 24],
                    ["and", 17, 19], ["and", 11, 19, 24], ["and", 3, 33])",
                 "23, 27, 29, 31, 35");

const std::map<std::string, Subject>& subjects() {
    static const std::map<std::string, Subject> all{
        // Begun; what is just before: 0, 1 or the begin symbol; the automaton's four states.
        {"a window",
         {one_before, "regex:(0|1)*1(0|1)", 0,
          invariant_of(
              8, R"(["and", 13, 17], ["xor", 6, 19], ["and", 3, 19], ["and", 2, 5, 7, 9], ["and", 11, 13, 15, 17])",
              "21, 23, 25, 27"),
          1, 1}},
        // What is just before: 0 or 1; the automaton's three states.
        {"one of two",
         {one_of_two, "regex:(0|1)*1(0|1)?", 1, invariant_of(5, R"(["xor", 4, 8], ["and", 7, 9, 11])", "13, 15"), 1,
          1}},
        // Begun; what is just before: 0, 1 or the begin symbol; the best of what is further left, without and with 1; three states.
        {"a window and what is far",
         {before_the_last, "regex:(0|1)*1(0|1)+", 0,
          invariant_of(9,
                       R"(["and", 7, 13], ["and", 17, 19], ["xor", 20, 22], ["and", 2, 5, 7, 9], ["and", 15, 17, 19])",
                       "25, 27, 29"),
          1, 1}},
        {"guesses", {first_looks_right, "contains:1", 1, first_knows, 1, 0}},
        {"guesses to an end", {end_asks_first, "contains:1", 0, first_knows, 1, 0}},
        {"kinds", {some_one, "contains:1", 0, invariant_of_four(kinds_and_states, "11, 13, 15, 16")}},
        {"phases",
         {even_words, "regex:((0|1)(0|1))*", 0,
          invariant_of_four(R"(["xor", 2, 6], ["xor", 4, 8], ["and", 2, 4], ["and", 3, 5])", "11, 13, 15, 17"), 2}},
        {"an end",
         {last_one, "last", 0, invariant_of_four(R"(["and", 2, 4], ["xor", 4, 8], ["xor", 6, 8])", "11, 13, 14")}},
        {"three symbols",
         {b_since_a, "regex:(a|b|c)*b(b|c)*", 0,
          R"({"format": "attest/invariant", "version": 1, "latches": 5, "gates": [["and", 2, 4], ["and", 2, 6],
              ["and", 4, 6], ["and", 3, 5, 7], ["xor", 6, 10], ["xor", 8, 10]], "conjuncts": [13, 15, 17, 19, 21, 22]})"}},
        {"all but the empty word",
         {some_one, "regex:(0*1(0|1)*)?", 1,
          R"({"format": "attest/invariant", "version": 1, "latches": 5, "gates": [["and", 2, 4], ["and", 3, 5],
              ["xor", 4, 10], ["and", 7, 9, 11]], "conjuncts": [13, 15, 17, 19]})"}}};
    return all;
}

/// One length by the machine (section 31.1).
Certificate at_length(const char* model, const std::string& name, const std::string& language, int length,
                      const std::string& evidence) {
    return {recognises(name, language, length), evidence, {{"model.json", model}}};
}

}  // namespace

std::string invariant_of(int latches, const std::string& gates, const std::string& conjuncts) {
    return R"({"format": "attest/invariant", "version": 1, "latches": )" + std::to_string(latches) + R"(, "gates": [)" +
           gates + R"(], "conjuncts": [)" + conjuncts + "]}";
}
std::string invariant_of_four(const std::string& gates, const std::string& conjuncts) {
    return invariant_of(4, gates, conjuncts);
}

Edit other_invariant(const std::string& original, const std::string& invariant) {
    return [=](Certificate& certificate) {
        Budget budget = ample();
        certificate.files["invariant.json"] = invariant;
        certificate.files["formula.cnf"] = text_of(formula_of_subject(subjects().at(original), invariant, budget));
    };
}

Originals originals_of_invariants() {
    Originals originals;
    for (const auto& [name, subject] : subjects())
        originals.emplace("invariant: " + name, [&subject = subject] { return certificate_of(subject); });
    originals.emplace("one length", [] {
        return at_length(some_one, "some-one", "regex:(0*1(0|1)*)?", 40,
                         R"({"kind": "closure", "states": 3, "first": 0, "period": 1, "window": 0})");
    });
    originals.emplace("no symbols", [] {
        return at_length(even_words, "even-words", "regex:((0|1)(0|1))*", 0,
                         R"({"kind": "closure", "states": 2, "first": 0, "period": 2, "window": 0})");
    });
    return originals;
}

}  // namespace forgeries
