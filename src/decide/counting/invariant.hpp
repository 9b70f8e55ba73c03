#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "decide/counting/linear.hpp"
#include "decide/counting/system.hpp"

namespace attest::counting {

/// What holds of the counters before a symbol: by state of the automaton one of several lists of constraints.
struct Invariant {
    using List = std::vector<Constraint>;
    std::vector<std::vector<List>> states;
};

/// What could not be shown of a step: that the answers agree, or constraints of a list of the next state, whose negation
/// is open in some case.
struct Gap {
    std::uint32_t state = 0;  ///< after the step
    bool answers = false;     ///< whether it is the answers; then there are no constraints
    std::size_t list = 0;
    std::vector<std::size_t> constraints;
};

/// The lines of steps.txt (FORMAT.md, section 30.4) for one list of a state and one symbol, or what is missing.
struct Shown {
    std::string lines;
    std::optional<Gap> gap;
};

/// Searches the tree of cases: what is open is left open as long as the goal can do without.
///
/// Cost    O(cases · steps) bounds of forms; nothing is shown beyond `most_cases` cases
Shown show_step(const System& system, const Invariant& invariant, std::uint32_t state, std::size_t list,
                language::Symbol symbol, std::size_t most_cases = 2000);

/// The lines for all of them. Gives a gap at the first that cannot be shown, and nothing where a limit is exceeded.
std::optional<Shown> show_inductive(const System& system, const Invariant& invariant, const base::Limits& limits);

/// Whether a list of state 0 holds where all counters are 0.
bool holds_at_start(const Invariant& invariant);

/// invariant.json (FORMAT.md, section 30.3).
std::string write_invariant(const Invariant& invariant);

}  // namespace attest::counting
