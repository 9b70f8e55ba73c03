#pragma once

#include <cstdint>
#include <vector>

#include "attest/logic/cnf.hpp"
#include "invariant.hpp"
#include "step_circuit.hpp"

namespace attest::induction {

/// A literal over latches: the number of a latch plus 1, negative where it is false.
using LatchLiteral = std::int32_t;
/// Latch literals, ascending by latch, each latch once: a clause, or a cube, that is their conjunction.
using LatchLiterals = std::vector<LatchLiteral>;

/// One step for a solver: clauses, and which of their literals are what.
struct StepFormula {
    logic::Cnf clauses;
    std::vector<std::int32_t> letters;    ///< by letter: it is read. Exactly one is
    std::vector<std::int32_t> guesses;    ///< inputs besides
    std::vector<std::int32_t> now, next;  ///< by latch
    std::vector<bool> initial;            ///< by latch
    std::int32_t bad = 0;

    std::size_t latches() const { return now.size(); }
    std::int32_t before(LatchLiteral l) const { return l > 0 ? now[index(l)] : -now[index(l)]; }
    std::int32_t after(LatchLiteral l) const { return l > 0 ? next[index(l)] : -next[index(l)]; }
    bool holds_at_first(LatchLiteral l) const { return initial[index(l)] == (l > 0); }

    static std::size_t index(LatchLiteral l) { return static_cast<std::size_t>(l < 0 ? -l : l) - 1; }
};
StepFormula formula_of(const StepCircuit& step);

/// That each register holds at most one thing, one if it always holds one; and so of phases and of the automaton's states.
std::vector<LatchLiterals> one_hot_clauses(const StepCircuit& step);

/// Clauses over latches as a conjunction.
/// Needs  `clauses` is not empty; `latches` of them
Conjunction conjunction_of(const std::vector<LatchLiterals>& clauses, std::size_t latches);

/// The literals ascending by latch, each once; nothing if a latch is there with both signs.
bool normalise(LatchLiterals& literals);

}  // namespace attest::induction
