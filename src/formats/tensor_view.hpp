#pragma once

#include <cstdint>

#include "attest/base/json.hpp"
#include "read_arrays.hpp"

namespace attest::formats {

/// What a reference to a tensor names: all of it, or in version 2 the rows and columns that it asks for, transposed or
/// not. Refers to the node and the tensors, which must outlive it.
class TensorView {
  public:
    /// Throws  InputError with the place: no such tensor, numbers of a type that is not read, ranges that it does not have
    TensorView(const base::JsonNode& node, const Tensors& tensors);

    std::size_t rank() const { return tensor_->shape.size(); }
    /// Of rank 2, after the transposition.
    std::uint64_t rows() const { return transposed_ ? columns_.size() : rows_.size(); }
    std::uint64_t columns() const { return transposed_ ? rows_.size() : columns_.size(); }
    /// All entries that are seen, whatever the rank.
    std::uint64_t count() const;
    /// `shape [2, 3]`, of what is seen.
    std::string shape() const;

    /// Of rank 2. Throws  InputError for NaN and infinities
    exact::Rational at(std::uint64_t row, std::uint64_t column, const std::string& where) const;
    /// In row-major order, of rank 2 before the transposition.
    exact::Rational at(std::uint64_t index, const std::string& where) const;

  private:
    struct Range {
        std::uint64_t begin = 0, end = 0;  ///< half open
        std::uint64_t size() const { return end - begin; }
    };
    static Range read_range(const base::JsonNode& node, std::uint64_t extent);

    const Tensor* tensor_;
    Range rows_, columns_;
    bool transposed_ = false;
};

}  // namespace attest::formats
