#pragma once

#include <gmpxx.h>

#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/circuit/circuit.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::accuracy {

/// How many assignments with k inputs true make the literal true, for k = 0 … n, from its decision diagram.
///
/// Exact   yes
/// Gives   undecided with the reason memory, deadline or interrupted
/// Cost    the diagram, then O(nodes · n) additions
std::variant<std::vector<mpz_class>, verdict::Undecided> count_by_number(const circuit::Circuit& circuit,
                                                                         circuit::Literal root,
                                                                         const base::Limits& limits);

}  // namespace attest::accuracy
