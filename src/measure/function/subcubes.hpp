#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "attest/measure/function/sensitivity.hpp"

namespace attest::measure {

/// Bytes that the algorithms over all 3^n subcubes hold at once.
std::uint64_t subcube_bytes(unsigned n);

/// How many positions must be known to be certain of the value.
struct Certificates {
    /// By value: the most positions that a least certificate needs, over inputs where the function has this
    /// value; none if it never has.
    std::array<std::optional<Extremum>, 2> most;
    Extremum least;                      ///< over all inputs
    std::vector<std::uint8_t> by_input;  ///< the size of a least certificate of each input

    Extremum greatest() const;
};

/// Exact   yes
/// Gives   undecided with reason memory
/// Cost    O(n 3^n) byte operations, in wide registers
std::variant<Certificates, verdict::Undecided> certificates(const TruthTable& f, const base::Limits& limits);

/// The depth of the shallowest decision tree.
///
/// Exact   yes
/// Gives   undecided with reason memory, deadline or interrupted
/// Cost    O(n 3^n)
std::variant<unsigned, verdict::Undecided> decision_tree_depth(const TruthTable& f, const base::Limits& limits);

}  // namespace attest::measure
