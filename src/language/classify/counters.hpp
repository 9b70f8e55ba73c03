#pragma once

#include <optional>
#include <vector>

#include "language/classify/witness.hpp"

namespace attest::classify {

/// A component that counting does not take apart: its states by class, and for each two neighbours within a class why no
/// counter tells them apart.
struct Uncounted {
    std::vector<std::vector<State>> classes;
    std::vector<Combination> combinations;
};

/// Gives   nothing if counting separates all states
/// Exact   yes, rational arithmetic
std::optional<Uncounted> find_uncounted(const Table& table);

}  // namespace attest::classify
