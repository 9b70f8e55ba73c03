#pragma once

#include <optional>
#include <vector>

#include "language/classify/classes.hpp"

namespace attest::classify {

/// A permutation of a few points.
using Permutation = std::vector<std::uint16_t>;

/// All products of these.
std::vector<Permutation> generated_group(const std::vector<Permutation>& generators);

/// Whether the group that these generate is solvable: its derived series ends in the identity.
/// Cost    O(|G|) products a generator and step
bool is_solvable(const std::vector<Permutation>& generators);

/// Two elements of one group of the monoid that generate a group that is not solvable, and the states that they permute.
struct Unsolvable {
    Monoid::Element first, second;
    std::vector<State> states;
};

/// Gives   nothing if all groups are solvable
/// Source  a finite group is solvable iff each two of its elements generate a solvable group (Thompson)
std::optional<Unsolvable> find_unsolvable(const Monoid& monoid, const Green& green);

}  // namespace attest::classify
