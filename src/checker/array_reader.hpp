#pragma once

#include <map>
#include <string>

#include "checker/cursor.hpp"
#include "checker/matrix.hpp"
#include "checker/safetensors.hpp"

namespace attest::checker {

/// Reads the arrays of a model: lists, tensors of the companion file, and sparse matrices.
///
/// Throws  Defect (place)
class ArrayReader {
  public:
    explicit ArrayReader(std::map<std::string, Tensor> tensors) : tensors_(std::move(tensors)) {}

    Vector vector(const Cursor& at, std::size_t size) const;
    Matrix matrix(const Cursor& at) const;
    /// A matrix, or an object of weight and bias. Needs `inputs` columns.
    Affine affine(const Cursor& at, std::size_t inputs) const;
    bool is_tensor(const Cursor& at) const;

  private:
    const Tensor& tensor(const Cursor& at, std::size_t rank) const;
    Matrix dense(const Cursor& at) const;
    Matrix sparse(const Cursor& at) const;
    Matrix from_tensor(const Cursor& at) const;

    std::map<std::string, Tensor> tensors_;
};

}  // namespace attest::checker
