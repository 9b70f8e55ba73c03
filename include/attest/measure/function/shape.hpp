#pragma once

#include <optional>
#include <vector>

#include "attest/measure/function/truth_table.hpp"

namespace attest::measure {

/// How a function moves when one position goes from 0 to 1, over all inputs.
struct Direction {
    bool rises = false;
    bool falls = false;
    bool relevant() const { return rises || falls; }
    bool operator==(const Direction&) const = default;
};

/// Properties of a function that can be read off its truth table.
struct Shape {
    std::vector<Direction> directions;  ///< by position from 0
    /// By number of ones, 0 … n, if the function depends on nothing else.
    std::optional<std::vector<bool>> by_weight;

    std::vector<unsigned> relevant_positions() const;  ///< from 1, ascending
    bool monotone() const;                             ///< no position falls
    bool unate() const;                                ///< no position both rises and falls
    unsigned sign_changes() const;                     ///< of by_weight. Needs  by_weight
};

/// Exact   yes
/// Cost    O(n 2^n / 64)
Shape shape(const TruthTable& f);

}  // namespace attest::measure
