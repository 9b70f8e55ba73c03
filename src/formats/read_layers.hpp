#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "attest/base/json.hpp"
#include "attest/network/transformer.hpp"
#include "read_arrays.hpp"

// Layers, heads, norms and the readout of a model file.

namespace attest::formats {

/// How far from the first or the last a position may be that a document names.
constexpr std::int64_t furthest_position = 1'000'000'000;

/// What places of a document have to know of the whole.
struct Document {
    Tensors tensors;
    std::size_t dimension = 0;
    bool softmax = false;  ///< whether it is evaluated in balls, so that expressions may be transcendental
    std::size_t rows = 0;  ///< of all matrices read so far

    bool is_version_2() const { return tensors.version == 2; }
};

/// The keys that an object may have: some in any version, some in version 2 only.
void allow_keys(const Document& document, const base::JsonNode& node, std::vector<std::string> keys,
                const std::vector<std::string>& of_version_2);

/// Whether the model has to be evaluated in balls, by its layers and norms.
/// Throws  InputError where that does not go together with exact attention elsewhere
bool is_softmax(const base::JsonNode& root, const Document& document);

/// An expression; in version 2 also a tensor of one entry.
exact::Expression read_expression(const base::JsonNode& node, const char* variables, const Document& document);

network::Layer read_layer(const base::JsonNode& node, Document& document);

/// placed: whether it says on which side of a part it stands
network::Norm read_norm(const base::JsonNode& node, const Document& document, bool placed);

network::Readout read_readout(const base::JsonNode& node, Document& document);

}  // namespace attest::formats
