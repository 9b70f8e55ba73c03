#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "attest/exact/rational.hpp"

namespace attest::formats {

enum class NumberType { f64, f32, f16, bf16, i64, i32, i16, i8, u64, u32, u16, u8, boolean, unread };

/// One array of a safetensors file: where its numbers lie.
struct Tensor {
    NumberType type;
    std::vector<std::uint64_t> shape;
    std::string_view bytes;      ///< into the file
    std::string_view type_name;  ///< as the format calls it

    std::uint64_t count() const;
    /// The number at this index in row-major order, exactly. Needs a type that is read.
    /// Throws  InputError (`where`) for NaN and infinities
    exact::Rational at(std::uint64_t index, const std::string& where) const;
};

/// The arrays of a safetensors file by name, of all types that the format has. `file` must outlive the result.
/// Throws  InputError for a bad header, offsets that overlap, leave holes or pass the end, sizes that do not
///         fit the shape; nothing of the data is touched before all that holds.
std::map<std::string, Tensor> read_tensors(std::string_view file, const std::string& name);

}  // namespace attest::formats
