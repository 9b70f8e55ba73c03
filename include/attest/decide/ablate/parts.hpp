#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attest/network/transformer.hpp"

namespace attest::ablate {

/// A head, or a feed-forward part, of a transformer, or an edge: what a head of a later layer reads of what a head adds; or a
/// variable of a program. Numbers count from 1.
struct Part {
    std::size_t layer = 0;
    std::size_t head = 0;      ///< 0: the feed-forward part
    std::size_t to_layer = 0;  ///< of the head that reads; 0: no edge
    std::size_t to_head = 0;
    std::string variable = {};  ///< its name, all else being 0; empty: a part of a transformer

    bool is_edge() const { return to_layer > 0; }
    bool operator==(const Part&) const = default;
};

/// What a transformer lacks, and what stands in its place (FORMAT.md, section 15).
struct Removal {
    std::vector<Part> parts;
    std::vector<exact::Vector> constants = {};  ///< [part][d], what each adds then; empty: 0
    /// [part][position][d], what each adds at each position of the sequences of one length, in place of `constants`.
    std::vector<std::vector<exact::Vector>> by_position = {};
    /// Of constants: none is further from the mean of what its part added.
    std::optional<exact::Rational> within = {};

    bool empty() const { return parts.empty(); }
};

/// `1.2`, `1.ff`; of an edge `1.2>3.1`; the name of a variable
std::string to_string(const Part& part);
/// `{1.1, 2.ff}`
std::string to_string(const std::vector<Part>& parts);

/// All parts: layer by layer, the heads in order, then the feed-forward part. This is the order of certificates.
std::vector<Part> parts_of(const network::Transformer& transformer);

/// The transformer in which the parts add 0: all weights and the bias of a head's output map, or of the feed-forward
/// part's last map, are 0 (FORMAT.md, section 15). Residuals and norms stay.
///
/// Needs   the parts are its own
network::Transformer without(const network::Transformer& transformer, const std::vector<Part>& parts);

/// The same for heads and feed-forward parts with constants in their place, or for edges.
///
/// With constants by position the result is for words of their length alone (by_position.hpp).
///
/// Needs   the parts are its own; of edges, that no norm stands after a part between the two heads
/// Throws  Unsupported for constants by position where the attention is softmax
network::Transformer without(const network::Transformer& transformer, const Removal& removal);

}  // namespace attest::ablate
