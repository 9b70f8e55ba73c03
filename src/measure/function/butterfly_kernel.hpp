#pragma once

#include <cstddef>
#include <cstdint>

namespace attest::measure {

/// The inner loops of the two transforms, for one width of register.
struct Butterflies {
    /// All levels of 2^levels integers that lie side by side.
    void (*side_by_side)(std::int32_t* a, unsigned levels);
    /// The levels over 2^levels rows of so many integers each, row after row.
    /// Needs   width is a multiple of 16
    void (*rows)(std::int32_t* a, unsigned levels, std::size_t width);
};

enum class Transform { walsh_hadamard, moebius };

/// Chosen once by what the processor offers.
const Butterflies& butterflies(Transform transform);

/// a[k] = 1 − 2 · (bit k of the words), or the bit itself.
void expand_signs(const std::uint64_t* words, std::size_t count, std::int32_t* a);
void expand_bits(const std::uint64_t* words, std::size_t count, std::int32_t* a);

}  // namespace attest::measure
