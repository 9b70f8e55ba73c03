#pragma once

#include <map>
#include <optional>
#include <string>

#include "attest/base/json.hpp"
#include "attest/exact/matrix.hpp"
#include "formats/tensors.hpp"

// Arrays of a model file, in each of the ways in which they may be written.

namespace attest::formats {

/// The arrays of the companion file, and in which version of the format the document speaks of them.
struct Tensors {
    std::optional<std::map<std::string, Tensor>> file;  ///< nothing if the model names none
    std::int64_t version = 1;
};

/// A number; in version 2 also a tensor of one entry.
exact::Rational read_number(const base::JsonNode& node, const Tensors& tensors);

/// A list of `size` numbers, or a tensor of rank 1; in version 2 also one row or column of a tensor of rank 2.
exact::Vector read_vector(const base::JsonNode& node, std::size_t size, const Tensors& tensors);

/// A list of rows, a tensor of rank 2, or rows/cols/entries.
exact::Matrix read_matrix(const base::JsonNode& node, std::size_t columns, std::optional<std::size_t> rows,
                          const Tensors& tensors);

/// A matrix, or weight and bias.
exact::AffineMap read_affine(const base::JsonNode& node, std::size_t inputs, std::optional<std::size_t> outputs,
                             const Tensors& tensors);

}  // namespace attest::formats
