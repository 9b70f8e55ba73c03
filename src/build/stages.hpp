#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/network/transformer.hpp"

namespace attest::build {

/// One layer of one head: what a position holds is one of finitely many values, each a coordinate that is 1.
struct Stage {
    /// By value: whether the head looks for it, and what it copies, if that is not the default.
    struct Key {
        bool is_sought = false;
        std::optional<std::uint32_t> copies = {};
    };
    /// What a value becomes when the head has copied this; `any`: whatever it has copied.
    struct Move {
        std::uint32_t from = 0;
        std::optional<std::uint32_t> copied = {};  ///< none: the default
        bool any = false;
        std::uint32_t to = 0;
    };

    std::vector<Key> keys;  ///< by value
    /// If there are any: values that look for what differs from themselves instead, the begin symbol included; what is sought is then
    /// of no account, and all others copy what does not matter.
    std::vector<std::uint32_t> differing = {};
    std::uint32_t copied = 0;  ///< how many different things are copied, but for the default
    std::vector<Move> moves;   ///< all that can come
    std::uint32_t values = 0;  ///< after the layer
};

/// A network of such layers: with a begin symbol, read at the last position; where the mask looks to the right with an end symbol,
/// and a last layer in which the last position finds what the first one holds.
struct StagePlan {
    language::Alphabet alphabet;
    std::string name;
    network::Tie tie = network::Tie::right;
    network::Mask mask = network::Mask::strict;
    std::uint64_t modulus = 1;
    /// By symbol and residue of the number of symbols before it: the value at first.
    std::vector<std::vector<std::uint32_t>> first = {};
    std::uint32_t values = 0;  ///< at first
    std::vector<Stage> stages = {};
    std::vector<bool> accepts = {};  ///< by value at last
    bool accepts_empty = false;
};

/// Spells the plan out as weights. Coordinate 0 is that of the begin (or end) symbol, then come values, then what heads copy.
///
/// Needs   a modulus of 1 where the mask looks to the right
/// Gives   layers: one a stage, before them one feed-forward part that pairs symbol and residue where the modulus is more
///         than 1; dimension 1 + greatest number of values + greatest number of things that are copied
network::Transformer assemble(const StagePlan& plan);

}  // namespace attest::build
