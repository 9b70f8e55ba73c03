#pragma once

#include <variant>

#include "planes_formula.hpp"

namespace attest::decide {

/// A question as inequalities, and what they are made of.
struct PlanesQuestion {
    compile::Inputs inputs;
    compile::ThresholdModel model;
    PlanesFormula formula;
};

/// most_gates   of the model; beyond: undecided, reason memory
/// Gives   undecided with reason unsupported for the length 0 and for languages without an automaton
std::variant<PlanesQuestion, verdict::Undecided> planes_question(const Question& question, std::size_t most_gates,
                                                                 const base::Limits& limits);

/// Decides a question by cutting planes: the model as threshold gates, the language as runs of an automaton, and between them
/// inequalities that say for each state of the automaton how large or small the sum of a gate can be (FORMAT.md section 38).
/// Large weights are no trouble. Nothing is searched for: sums, residues, and what follows from them at once.
///
/// most_gates   of the model; beyond: undecided, reason memory
/// Gives   `holds` with cutting planes for the checker, `fails` with a word that the exact evaluator has replayed; undecided with
///         reason unsupported where neither is found so
/// Cost    each different sum of gates O(N · states · symbols) in text
Outcome prove_by_planes(const Question& question, std::size_t most_gates, const ProveOptions& options,
                        const base::Limits& limits);

/// Whether the model at this length has a gate with weights so large that sums cannot be counted one by one.
bool has_large_weights(const Question& question, const base::Limits& limits);

}  // namespace attest::decide
