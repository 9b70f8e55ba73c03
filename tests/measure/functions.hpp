#pragma once

#include <bit>
#include <string>
#include <vector>

#include "attest/measure/function/truth_table.hpp"
#include "base/random.hpp"

namespace attest::tests {

using measure::Input;
using measure::TruthTable;

/// The value of position i (from 1).
inline bool at(Input x, unsigned i, unsigned n) { return (x >> measure::bit_of(i, n) & 1U) != 0; }

inline TruthTable random_function(base::Random& random, unsigned n) {
    const std::uint64_t odds = 1 + random.below(7);
    return measure::tabulate(n, [&](Input) { return random.chance(odds, 8); });
}

struct Named {
    std::string name;
    TruthTable table;
};

/// The functions of the theory's golden table, in its order.
std::vector<Named> golden_functions();

}  // namespace attest::tests
