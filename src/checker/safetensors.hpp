#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "checker/rational.hpp"

namespace attest::checker {

struct Tensor {
    std::string type;
    std::vector<std::uint64_t> shape;
    std::string_view data;  ///< row-major, little-endian; refers to the bytes of the file

    std::uint64_t count() const;
    /// The number at the index. Exact yes. Throws Defect (no place) for NaN and infinities.
    Rational at(std::uint64_t index) const;
};

/// Reads the directory of a safetensors file: F64 F32 F16 BF16, I8 … I64, U8 … U64.
///
/// Gives   tensors that cover the data exactly: in bounds, no overlap, no hole
/// Needs   the bytes to outlive the result
/// Throws  Defect (file and tensor)
std::map<std::string, Tensor> read_safetensors(std::string_view bytes, const std::string& file);

}  // namespace attest::checker
