#pragma once

#include "checker/machine/preference.hpp"
#include "checker/question/question.hpp"
#include "checker/question/two_models.hpp"

namespace attest::checker {

/// The closure that evidence speaks of: how many pairs of states, and what the machine tells apart.
struct Closure {
    std::uint64_t states = 0;
    Scale scale;
};

/// The automaton of a language at all lengths, by symbols of the language. Throws Defect where there is none.
Automaton automaton_at_all_lengths(const Language& language, Budget& budget);

/// Obligation `closure`: in no pair of states that words of at least `from` symbols lead to model and language differ.
///
/// Throws  Defect
void check_closure(const Question& question, std::uint64_t from, const Closure& closure, Budget& budget);

/// The same of two models (FORMAT.md, section 27).
///
/// closure  its scale is the model's
/// other    the other model's
/// Throws   Defect
void check_joint_closure(const TwoModels& two, std::uint64_t from, const Closure& closure, const Scale& other,
                         Budget& budget);

}  // namespace attest::checker
