#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "attest/network/guhat.hpp"

namespace attest::network {

/// How heads of key dimension 1 choose: each key has a number, each query a sign by which the numbers are compared; of
/// several greatest the leftmost.
struct GuhatKeys {
    struct Key {
        std::int64_t layer = 0;
        std::int64_t head = 0;
        Pair pair;  ///< with a value of layer − 1
        auto operator<=>(const Key&) const = default;
    };
    std::map<Key, std::int64_t> numbers;          ///< 0 where there is no entry
    std::map<Guhat::Asking, std::int64_t> signs;  ///< 1, −1, or 0
};

/// Numbers and signs by which the heads choose as they do on all words, if there are some: whether tables are of key
/// dimension 1.
///
/// Gives   entries for what occurs on some word, by the values of the evaluator's tables
/// Exact   what is given is right on all words; nothing is given also where the search for signs becomes too long
/// Cost    |Σ|^N evaluations; for each head a search over the signs of its queries
std::optional<GuhatKeys> number_keys(GuhatEvaluator& evaluator, bool strict_mask);

}  // namespace attest::network
