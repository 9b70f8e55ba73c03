#pragma once

#include <functional>
#include <vector>

#include "attest/circuit/builder.hpp"
#include "attest/network/transformer.hpp"
#include "ranking.hpp"
#include "value_set.hpp"

namespace attest::compile {

/// What happens at one position of one layer, before any gate is made.
struct Situation {
    std::int64_t position;
    const ValueSet& own;                             ///< V(b−1, p)
    const std::vector<ValueSet>& values;             ///< V(b−1, ·), by position
    std::vector<std::vector<const Ranking*>> asked;  ///< [value of own][live head]
    /// The vector after the layer from an own value and one image a live head.
    std::function<exact::Vector(std::size_t own, const std::vector<std::uint32_t>& images)> combine;
    std::function<void()> poll;  ///< looks at the limits now and then; may throw
};

/// Gives the cases of a position in the compact form (FORMAT.md, 6.3) to `take`, one after the other, since there may be far
/// more of them than values in the end.
void compact_cases(circuit::Builder& builder, const Situation& situation, const std::function<void(Case)>& take);

/// The cases in the constant-depth form: each is an AND over the value literals of the boundary before.
struct ConstantDepthCases {
    std::vector<Case> cases;
    bool one_level;  ///< they are one level above those literals, so there is a level left for the OR of a value
};
ConstantDepthCases constant_depth_cases(circuit::Builder& builder, const Situation& situation);

/// Calls `visit` for each choice of one index below each bound, the first index slowest.
void for_each_choice(const std::vector<std::uint32_t>& bounds,
                     const std::function<void(const std::vector<std::uint32_t>&)>& visit);

}  // namespace attest::compile
