#include "array.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "attest/base/error.hpp"

namespace attest::formats::import {

namespace {

constexpr std::array numbers = {
    NumberInfo{NumberType::f64, "F64", "Double", 8},    NumberInfo{NumberType::f32, "F32", "Float", 4},
    NumberInfo{NumberType::f16, "F16", "Half", 2},      NumberInfo{NumberType::bf16, "BF16", "BFloat16", 2},
    NumberInfo{NumberType::i64, "I64", "Long", 8},      NumberInfo{NumberType::i32, "I32", "Int", 4},
    NumberInfo{NumberType::i16, "I16", "Short", 2},     NumberInfo{NumberType::i8, "I8", "Char", 1},
    NumberInfo{NumberType::u64, "U64", "", 8},          NumberInfo{NumberType::u32, "U32", "", 4},
    NumberInfo{NumberType::u16, "U16", "", 2},          NumberInfo{NumberType::u8, "U8", "Byte", 1},
    NumberInfo{NumberType::boolean, "BOOL", "Bool", 1},
};

/// a + b c where that is a number of 64 bits.
bool add_product(std::uint64_t& a, std::uint64_t b, std::uint64_t c) {
    std::uint64_t product = 0;
    return !__builtin_mul_overflow(b, c, &product) && !__builtin_add_overflow(a, product, &a);
}

/// Where the last number lies, in numbers; false if that is beyond 64 bits.
bool find_last(const Array& array, std::uint64_t& last) {
    last = array.offset;
    for (std::size_t k = 0; k < array.rank(); ++k)
        if (!add_product(last, array.shape[k] - 1, array.strides[k])) return false;
    return true;
}

}  // namespace

const NumberInfo& info(NumberType type) {
    const auto found = std::find_if(numbers.begin(), numbers.end(), [&](const auto& n) { return n.type == type; });
    if (found == numbers.end()) throw base::InternalError("a number type that no checkpoint has");
    return *found;
}

const NumberInfo* find_torch_type(std::string_view name) {
    const auto found =
        std::find_if(numbers.begin(), numbers.end(), [&](const auto& n) { return !name.empty() && n.torch == name; });
    return found == numbers.end() ? nullptr : &*found;
}

std::uint64_t Array::count() const {
    std::uint64_t count = 1;
    for (const std::uint64_t extent : shape) count *= extent;
    return count;
}

std::string Array::spell_shape() const { return fmt::format("[{}]", fmt::join(shape, ", ")); }

std::string_view Array::bytes_at(std::uint64_t index) const {
    std::uint64_t at = offset;
    for (std::size_t k = rank(); k-- > 0; index /= shape[k]) at += index % shape[k] * strides[k];
    const std::uint64_t size = info(type).size;
    return storage.substr(at * size, size);
}

exact::Rational Array::at(std::uint64_t index, const std::string& where) const {
    return formats::Tensor{type, {}, bytes_at(index), info(type).name}.at(0, where);
}

Array checked(Array array, const std::string& where) {
    if (array.strides.size() != array.rank())
        throw base::InputError(where, fmt::format("{} strides, one a dimension", array.rank()),
                               std::to_string(array.strides.size()));
    std::uint64_t bytes = info(array.type).size;
    for (const std::uint64_t extent : array.shape)
        if (extent > INT64_MAX || __builtin_mul_overflow(bytes, extent, &bytes))
            throw base::InputError(where, "a size of less than 2^64 bytes", "the shape " + array.spell_shape());
    if (array.count() == 0) return array;
    const std::uint64_t held = array.storage.size() / info(array.type).size;
    std::uint64_t last = 0;
    if (!find_last(array, last) || last >= held)
        throw base::InputError(where, fmt::format("numbers within the storage, which has {}", held),
                               fmt::format("shape {}, strides [{}] from {}", array.spell_shape(),
                                           fmt::join(array.strides, ", "), array.offset));
    return array;
}

std::vector<std::uint64_t> contiguous_strides(const std::vector<std::uint64_t>& shape) {
    std::vector<std::uint64_t> strides(shape.size(), 1);
    for (std::size_t k = shape.size(); k-- > 1;) strides[k - 1] = strides[k] * shape[k];
    return strides;
}

}  // namespace attest::formats::import
