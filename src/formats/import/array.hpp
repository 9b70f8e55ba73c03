#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "attest/exact/rational.hpp"
#include "formats/tensors.hpp"

namespace attest::formats::import {

using formats::NumberType;

/// A type of numbers as its frameworks call it.
struct NumberInfo {
    NumberType type;
    std::string_view name;   ///< of safetensors
    std::string_view torch;  ///< of torch's storages, without `Storage`; empty: it has none
    std::uint64_t size;      ///< bytes
};

const NumberInfo& info(NumberType type);
/// By what torch calls it, `Float`; null if it is none whose numbers are read.
const NumberInfo* find_torch_type(std::string_view name);

/// A tensor of a checkpoint: numbers of a storage, which others may share. Refers into the bytes of the file.
struct Array {
    NumberType type = NumberType::f32;
    std::vector<std::uint64_t> shape;
    std::vector<std::uint64_t> strides;  ///< in numbers
    std::uint64_t offset = 0;            ///< of the first one, in numbers
    std::string_view storage;

    std::size_t rank() const { return shape.size(); }
    std::uint64_t count() const;
    std::uint64_t size_in_bytes() const { return count() * info(type).size; }
    /// `[2, 3]`
    std::string spell_shape() const;

    /// The bytes of the number at this index in row-major order.
    std::string_view bytes_at(std::uint64_t index) const;
    /// That number, exactly.
    /// Throws  InputError (`where`) for NaN and infinities
    exact::Rational at(std::uint64_t index, const std::string& where) const;
};

/// The array, once it is certain that all of its numbers lie in the storage.
/// Throws  InputError (`where`) for sizes whose product is no number of 64 bits, and numbers beyond the storage
Array checked(Array array, const std::string& where);

/// Row-major strides for a shape.
std::vector<std::uint64_t> contiguous_strides(const std::vector<std::uint64_t>& shape);

}  // namespace attest::formats::import
