#pragma once

#include "checker/core/cursor.hpp"
#include "checker/network/matrix.hpp"
#include "checker/network/tensor_view.hpp"

namespace attest::checker {

/// Reads the numbers and arrays of a model: lists, tensors of the companion file, and sparse matrices.
///
/// Throws  Defect (place)
class ArrayReader {
  public:
    ArrayReader(Tensors tensors, int version, Budget& budget)
        : tensors_(std::move(tensors)), version_(version), budget_(&budget) {}

    Rational number(const Cursor& at) const;
    KeptVector vector(const Cursor& at, std::size_t size) const;
    /// Needs `columns` columns.
    Matrix matrix(const Cursor& at, std::size_t columns) const;
    /// A matrix, or an object of weight and bias. Needs `inputs` columns.
    Affine affine(const Cursor& at, std::size_t inputs) const;

    int version() const { return version_; }

  private:
    /// Draws a number that is kept from the budget.
    template <typename Number>
    void keep(const Number& value) const;
    /// An entry of a list. What has no number in it is refused at its place, which is made for that only: lists are long.
    KeptRational entry(const Cursor& list, std::size_t index) const;
    std::vector<Matrix::Entry>& add_row(Matrix& matrix) const;
    Matrix dense(const Cursor& at, std::size_t columns) const;
    Matrix sparse(const Cursor& at) const;
    Matrix from_tensor(const Cursor& at) const;
    void count_rows(const Cursor& at, std::uint64_t rows) const;

    Tensors tensors_;
    int version_;
    Budget* budget_;
    mutable std::uint64_t rows_ = 0;  ///< of all matrices
};

}  // namespace attest::checker
