#pragma once

#include <cstdint>
#include <span>

#include "checker/core/cursor.hpp"
#include "checker/network/safetensors.hpp"

namespace attest::checker {

/// What a reference to a tensor names: all of it, or the rows and columns that are asked for, transposed or not.
class TensorView {
  public:
    /// Reads `{"tensor": name}`; in version 2 with `rows`, `columns` and `transpose`.
    ///
    /// Needs   the tensors to outlive the view
    /// Throws  Defect (place)
    TensorView(const Cursor& at, const Tensors& tensors, int version);

    std::size_t rank() const { return tensor_->shape.size(); }
    /// What is seen of a tensor of rank 2, after the transposition.
    std::uint64_t rows() const { return transposed_ ? columns_.size() : rows_.size(); }
    std::uint64_t columns() const { return transposed_ ? rows_.size() : columns_.size(); }
    /// How many entries are seen, of a tensor of any rank.
    std::uint64_t count() const;

    /// Needs rank 2.
    KeptRational at(std::uint64_t row, std::uint64_t column) const;
    /// The entries of a row, if they are of F64 or F32, and finite; else false. Needs rank 2, and room for as many as there are
    /// columns.
    bool floats(std::uint64_t row, std::span<double> entries) const;
    /// The same of all entries, of rank 1 or of one row or column.
    bool floats(std::span<double> entries) const;
    /// The entry at this place in row-major order; of rank 2, not transposed.
    KeptRational at(std::uint64_t index) const;

  private:
    /// Half open.
    struct Range {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        std::uint64_t size() const { return end - begin; }
    };

    static Range range(const Cursor& at, std::uint64_t extent);
    /// Of the tensor's entries.
    std::uint64_t place_of(std::uint64_t row, std::uint64_t column) const;
    KeptRational element(std::uint64_t index) const;

    Cursor at_;
    const Tensor* tensor_;
    Range rows_;
    Range columns_;
    bool transposed_ = false;
};

}  // namespace attest::checker
