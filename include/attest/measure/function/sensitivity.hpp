#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "attest/measure/function/truth_table.hpp"

namespace attest::measure {

/// A greatest or least value over inputs, with the first input at which it is reached.
struct Extremum {
    unsigned value = 0;
    Input input = 0;
    bool operator==(const Extremum&) const = default;
};

/// How the value of a function moves with single positions.
struct Sensitivity {
    /// By value of the function: the most positions whose flip changes it, over inputs where it has this
    /// value; none if it never has.
    std::array<std::optional<Extremum>, 2> most;
    /// By position from 0: on how many of the 2^n inputs its flip changes the value. Divided by 2^n, the
    /// influence of the position; their sum divided by 2^n is the average sensitivity.
    std::vector<std::uint64_t> boundary;
    /// By number of sensitive positions, 0 … n: how many inputs have so many.
    /// Empty unless asked for.
    std::vector<std::uint64_t> profile;

    /// The greater of the two.
    Extremum greatest() const;
    bool operator==(const Sensitivity&) const = default;
};

struct SensitivityOptions {
    unsigned threads = 1;
    bool profile = false;
};

/// Exact   yes
/// Cost    O(n 2^n / 64) word operations, in registers of the processor's width
Sensitivity sensitivity(const TruthTable& f, const SensitivityOptions& options = {});

}  // namespace attest::measure
