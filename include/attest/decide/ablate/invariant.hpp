#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "attest/decide/recognise/prove.hpp"

namespace attest::ablate {

/// Two words that differ at some positions only, and whose answers differ.
struct Change {
    language::Word word, other;
    bool accepts = false;  ///< the first
};

/// That there are none.
struct Invariant {
    std::uint64_t words = 0;      ///< all of the length
    decide::EnclosedScore score;  ///< of a softmax model: the least margin and the bits
};

/// Is the answer the same whatever symbols stand at these positions? All words are looked at.
///
/// positions  of the word, from 1, ascending
/// Exact      yes: both words of a change have certain answers
/// Gives      undecided where there are too many words, a score's sign is not certain, or a limit came first
/// Throws     InputError as the evaluators
std::variant<Invariant, Change, verdict::Undecided> find_change(const network::Transformer& transformer,
                                                                std::int64_t length,
                                                                const std::vector<std::int64_t>& positions,
                                                                const decide::ProveOptions& options,
                                                                const base::Limits& limits);

}  // namespace attest::ablate
