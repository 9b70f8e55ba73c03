#pragma once

#include <optional>
#include <string>

#include "attest/base/limits.hpp"
#include "attest/circuit/circuit.hpp"
#include "attest/logic/cnf.hpp"

namespace attest::logic {

struct LeftToRightOptions {
    std::size_t most_states = 1 << 12;  ///< after any number of symbols
    std::size_t most_lemmas = 1 << 24;  ///< of a proof
};

/// A refutation of a miter whose two sides read the word from left to right, written down, not searched for: what one side remembers
/// after each symbol follows from what the other does.
///
/// Needs   the formula of the circuit and this one root (`formula` of tseitin.hpp), two symbols or more
/// Gives   an LRAT proof, each line of which was derived by unit propagation; or nothing where the sides are not of this kind
/// Cost    linear in the circuit and the pairs of states that go together: PARITY by counting at length N has 2 N² lines
/// Throws  nothing; a limit reached gives nothing
std::optional<std::string> refute_left_to_right(const circuit::Circuit& circuit, circuit::Literal root,
                                                const Cnf& formula, std::int64_t length, std::size_t symbols,
                                                const LeftToRightOptions& options, const base::Limits& limits);

}  // namespace attest::logic
