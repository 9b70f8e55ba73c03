#pragma once

#include <cstdint>
#include <optional>

#include "attest/base/limits.hpp"
#include "attest/decide/threshold/specification.hpp"
#include "attest/network/guhat.hpp"

namespace attest::threshold {

/// Whether `peel` has anything to say about a class and a language: two layers, up to four heads, any attention, no mask,
/// read at the end symbol, 2 to 14 symbols, of which each change leads into or out of the language.
bool may_peel(const Specification& specification);

/// Which peelings are looked for: those that stay what they are when positions are shifted in a circle, with activations or
/// not, and besides, if a class is unbounded, when both symbols are exchanged; or all of them. Of the first there are
/// fewer, and a step of the search is as much quicker.
enum class PeelingShape { circular, any };

/// Looks for a peeling: a network of two layers whose reader sees nothing in the first, and in the second learns the answer
/// by its first head alone. So a head of any other reader can learn it that way, too.
///
/// Needs   may_peel(specification)
/// Gives   tables that the exact evaluator has run on all words, or nothing
/// Exact   heuristic: nothing means nothing
/// Cost    `steps` steps of O(words) each for circular ones, of O(N · words) for others
std::optional<network::Guhat> peel(const Specification& specification, PeelingShape shape, std::uint64_t seed,
                                   std::uint64_t steps, const base::Limits& limits);

}  // namespace attest::threshold
