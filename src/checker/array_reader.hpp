#pragma once

#include "checker/cursor.hpp"
#include "checker/matrix.hpp"
#include "checker/tensor_view.hpp"

namespace attest::checker {

/// Reads the numbers and arrays of a model: lists, tensors of the companion file, and sparse matrices.
///
/// Throws  Defect (place)
class ArrayReader {
  public:
    ArrayReader(Tensors tensors, int version) : tensors_(std::move(tensors)), version_(version) {}

    Rational number(const Cursor& at) const;
    Vector vector(const Cursor& at, std::size_t size) const;
    /// Needs `columns` columns.
    Matrix matrix(const Cursor& at, std::size_t columns) const;
    /// A matrix, or an object of weight and bias. Needs `inputs` columns.
    Affine affine(const Cursor& at, std::size_t inputs) const;

    int version() const { return version_; }

  private:
    Matrix dense(const Cursor& at, std::size_t columns) const;
    Matrix sparse(const Cursor& at) const;
    Matrix from_tensor(const Cursor& at) const;
    void count_rows(const Cursor& at, std::uint64_t rows) const;

    Tensors tensors_;
    int version_;
    mutable std::uint64_t rows_ = 0;  ///< of all matrices
};

}  // namespace attest::checker
