#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <vector>

#include "attest/network/transformer.hpp"

namespace attest::ablate {

/// A head, or a feed-forward part, of a transformer; both numbers count from 1.
struct Part {
    std::size_t layer = 0;
    std::size_t head = 0;  ///< 0: the feed-forward part

    bool operator==(const Part&) const = default;
};

/// `1.2`, `1.ff`
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

}  // namespace attest::ablate
