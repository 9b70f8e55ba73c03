#include "part.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "bytes.hpp"

namespace attest::formats::import {

namespace {

/// Whether the bits of a floating-point number are those of NaN or an infinity: all of its exponent is ones.
bool is_finite(NumberType type, std::uint64_t bits) {
    const auto ones = [bits](int at, int count) {
        const std::uint64_t mask = ((std::uint64_t{1} << count) - 1) << at;
        return (bits & mask) == mask;
    };
    switch (type) {
        case NumberType::f64: return !ones(52, 11);
        case NumberType::f32: return !ones(23, 8);
        case NumberType::f16: return !ones(10, 5);
        case NumberType::bf16: return !ones(7, 8);
        default: return true;
    }
}

std::string spell_index(const Array& array, std::uint64_t index) {
    std::vector<std::uint64_t> at(array.rank());
    for (std::size_t k = array.rank(); k-- > 0; index /= array.shape[k]) at[k] = index % array.shape[k];
    return fmt::format("[{}]", fmt::join(at, ","));
}

}  // namespace

Part item(const Part& part, std::uint64_t k) {
    Part one{fmt::format("{}[{}]", part.name, k), part.array};
    one.array.offset += k * one.array.strides[0];
    one.array.shape.erase(one.array.shape.begin());
    one.array.strides.erase(one.array.strides.begin());
    return one;
}

Part rows(const Part& part, std::uint64_t a, std::uint64_t b) {
    if (a == 0 && b == part.array.shape[0]) return part;
    Part some{fmt::format("{}[{}:{}]", part.name, a, b), part.array};
    some.array.offset += a * some.array.strides[0];
    some.array.shape[0] = b - a;
    return some;
}

Part columns(const Part& part, std::uint64_t a, std::uint64_t b) {
    if (a == 0 && b == part.array.shape[1]) return part;
    Part some{fmt::format("{}[:,{}:{}]", part.name, a, b), part.array};
    some.array.offset += a * some.array.strides[1];
    some.array.shape[1] = b - a;
    return some;
}

Part transposed(const Part& part) {
    Part turned{part.name + ".T", part.array};
    std::swap(turned.array.shape[0], turned.array.shape[1]);
    std::swap(turned.array.strides[0], turned.array.strides[1]);
    return turned;
}

Part squeezed(const Part& part) {
    Part flat = part;
    for (std::size_t k = 0; flat.array.rank() > 2 && k + 1 < flat.array.rank();) {
        if (flat.array.shape[k] != 1) {
            ++k;
            continue;
        }
        flat.array.shape.erase(flat.array.shape.begin() + static_cast<std::ptrdiff_t>(k));
        flat.array.strides.erase(flat.array.strides.begin() + static_cast<std::ptrdiff_t>(k));
    }
    return flat;
}

bool is_zero(const Array& array) {
    for (std::uint64_t k = 0; k < array.count(); ++k)
        if (array.at(k, "") != 0) return false;
    return true;
}

void require_finite(const Array& array, const std::string& where) {
    for (std::uint64_t k = 0; k < array.count(); ++k)
        if (!is_finite(array.type, little_endian(array.bytes_at(k))))
            throw base::InputError(where + spell_index(array, k), "a finite number", "NaN or an infinity");
}

std::string packed(const Array& array) {
    std::string bytes;
    bytes.reserve(array.size_in_bytes());
    for (std::uint64_t k = 0; k < array.count(); ++k) bytes += array.bytes_at(k);
    return bytes;
}

}  // namespace attest::formats::import
