#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/exact/interval.hpp"
#include "attest/network/transformer.hpp"

namespace attest::soft {

/// The sum over all words of one length of the logits at each position that is read, in doubles, many words at a time.
///
/// Shape   [what is read][class]; of a readout of a mean or sum, each position by itself
/// Needs   classes
/// Gives   nothing where doubles do not know the model or do not suffice, or a limit came first
/// Exact   encloses the true values
/// Cost    as WordLogits
std::optional<std::vector<std::vector<exact::Interval>>> sums_over_words(const network::Transformer& transformer,
                                                                         std::int64_t length,
                                                                         const base::Limits& limits);

}  // namespace attest::soft
