#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/core/kept_rational.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

struct NumberType;

struct Tensor {
    std::string type;
    const NumberType* numbers = nullptr;  ///< of this type
    std::vector<std::uint64_t> shape;
    std::string_view data;  ///< row-major, little-endian; refers to the bytes of the file

    std::uint64_t count() const;
    /// Whether numbers of this type are read: F64 F32 F16 BF16, I8 … I64, U8 … U64, BOOL.
    bool is_read() const;
    /// The number at the index. Exact yes. Needs is_read(). Throws Defect (no place) for NaN, infinities, and a BOOL
    /// other than 0 and 1.
    KeptRational at(std::uint64_t index) const;
    /// The numbers at the index and each `step` beyond, as many as there is room for. False where they are not of F64 or F32,
    /// or one is not finite.
    bool floats_from(std::uint64_t index, std::uint64_t step, std::span<double> to) const;
};

using Tensors = std::map<std::string, Tensor>;

/// Reads the directory of a safetensors file, with tensors of all types that the format has.
///
/// Gives   tensors that cover the data exactly: in bounds, no overlap, no hole
/// Needs   the bytes to outlive the result
/// Throws  Defect (file and tensor)
Tensors read_safetensors(std::string_view bytes, const std::string& file, Budget& budget);

}  // namespace attest::checker
