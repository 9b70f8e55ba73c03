#pragma once

#include <map>
#include <optional>
#include <string>

#include "attest/base/json.hpp"
#include "attest/exact/matrix.hpp"
#include "attest/model/tensors.hpp"

// Arrays of a model file, in each of the ways in which they may be written.

namespace attest::model {

/// The arrays of the companion file; nothing if the model names none.
using Tensors = std::optional<std::map<std::string, Tensor>>;

/// A list of `size` numbers, or a tensor of rank 1.
exact::Vector read_vector(const base::JsonNode& node, std::size_t size, const Tensors& tensors);

/// A list of rows, a tensor of rank 2, or rows/cols/entries.
exact::Matrix read_matrix(const base::JsonNode& node, std::size_t columns, std::optional<std::size_t> rows, const Tensors& tensors);

/// A matrix, or weight and bias.
exact::AffineMap read_affine(const base::JsonNode& node, std::size_t inputs, std::optional<std::size_t> outputs, const Tensors& tensors);

}  // namespace attest::model
