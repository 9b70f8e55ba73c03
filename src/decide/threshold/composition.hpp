#pragma once

#include <cstdint>
#include <optional>

#include "attest/base/limits.hpp"
#include "attest/decide/threshold/extension.hpp"
#include "attest/decide/threshold/specification.hpp"
#include "attest/decide/threshold/synthesiser.hpp"

namespace attest::threshold {

/// A peeling of so many symbols, with as many heads as help and the activations of the class: from the library, or searched
/// for. Null where it is not found, or a limit was reached.
///
/// Needs   a class that sees positions, of any attention, without a mask
/// Exact   the tables were run on all words
const network::Guhat* find_peeling(const Specification& specification, std::int64_t symbols, Library& library,
                                   std::uint64_t seed, const base::Limits& limits);

/// Symbols of the longest peeling that `find_peeling` may find in seconds or minutes.
std::int64_t longest_peeling(const NetworkClass& network);

/// Whether the word is not too long to be cut into blocks of peelings that may be found, and of a language that they decide.
bool may_compose(const Specification& specification, const base::Limits& limits);

/// The parts of a network whose words need not be listed (FORMAT.md, section 9.13): a block that the reader sees symbol
/// by symbol, and a peeling for each of some heads of later layers.
///
/// Gives   nothing where may_compose is false, a peeling is not found, or a limit was reached
/// Exact   each part was run on all its words
std::optional<Composition> compose(const Specification& specification, Library& library, std::uint64_t seed,
                                   const base::Limits& limits);

}  // namespace attest::threshold
