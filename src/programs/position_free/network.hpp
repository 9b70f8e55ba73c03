#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "attest/network/transformer.hpp"

// Networks of hard attention with a strict mask that see values and no positions, as tables (src/certify/FORMAT.md, section 9.8): what
// `attest threshold --positions none` finds. One such network reads words of all lengths.

namespace attest::programs::position_free {

/// Values are symbols by number, the end symbol after them, and after each layer numbers below `activations`.
struct Network {
    using Value = std::uint32_t;
    /// Own value, then what each head found; the own value alone at the first position, where nothing is to be seen.
    using Seen = std::vector<Value>;

    std::vector<std::string> alphabet;
    std::string end;
    std::size_t layers = 0, heads = 0, activations = 0;
    /// The class of a value, the smaller the more wanted: [layer, head, own value, value], layers and heads from 0; not listed
    /// values are in one class after all others.
    std::map<std::array<std::uint32_t, 4>, std::size_t> preference;
    std::vector<std::map<Seen, Value>> becomes;  ///< by layer but the last; 0 where nothing is said
    std::set<Seen> accept;                       ///< in the last layer, at the end symbol

    /// How many values there are before a layer.
    std::size_t values(std::size_t layer) const { return layer == 0 ? alphabet.size() + 1 : activations; }
};

/// Whether a document is one, by its beginning.
bool is_position_free(std::string_view beginning);

/// Throws  InputError with the place in the file
Network parse(std::string_view text, const std::string& file);

/// The transformer that accepts the same words of every length.
///
/// Gives   exact weights; layers as many as the network, dimension (1 + heads) times the greatest number of values
/// Cost    O(entries · dimension)
network::Transformer compile(const Network& network, const std::string& name);

}  // namespace attest::programs::position_free
