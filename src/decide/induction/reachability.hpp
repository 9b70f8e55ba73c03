#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/language/alphabet.hpp"
#include "step_formula.hpp"

namespace attest::induction {

/// Clauses that hold at first, that no step leaves and where nothing is bad.
struct ClauseInvariant {
    std::vector<LatchLiterals> clauses;
};

/// How much is looked for, and what was.
struct ReachabilityOptions {
    std::optional<std::size_t> most_queries;  ///< calls of a solver; none: no bound
};
struct ReachabilityOutcome {
    /// A word that ends badly, none being shorter; or an invariant; or nothing, where a bound or a limit was reached.
    std::variant<std::monostate, ClauseInvariant, language::Word> result;
    std::size_t frames = 0, queries = 0;
};

/// Property directed reachability.
///
/// lemmas  clauses that hold at first and that all together no step leaves
/// Exact   yes: an invariant's clauses hold at first, no step leaves them, and they are safe, as far as the solver is right
/// Source  Bradley 2011; Een, Mishchenko and Brayton 2011
ReachabilityOutcome reach(const StepFormula& step, const std::vector<LatchLiterals>& lemmas,
                          const ReachabilityOptions& options, const base::Limits& limits);

}  // namespace attest::induction
