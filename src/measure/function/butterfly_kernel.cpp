#include "butterfly_kernel.hpp"

#include <cstring>

// A register holds 16 integers. The four lowest levels are done within it; three levels at a time above that,
// so that each integer is read and written once for three additions. Blocks that fit into the first cache
// are finished before their neighbours are begun.

// Registers are passed between inlined functions only, so how a call would pass them does not matter.
#pragma GCC diagnostic ignored "-Wpsabi"

namespace attest::measure {

namespace {

#define ATTEST_INLINE inline __attribute__((always_inline))

using Register = std::int32_t __attribute__((vector_size(64)));
constexpr std::size_t lanes = 16;
constexpr unsigned first_cache_levels = 12;  // 16 KiB

ATTEST_INLINE Register load(const std::int32_t* from) {
    Register r;
    std::memcpy(&r, from, sizeof r);
    return r;
}
ATTEST_INLINE void store(std::int32_t* to, const Register& r) { std::memcpy(to, &r, sizeof r); }

/// (a, b) → (a + b, a − b)
struct SumAndDifference {
    template <typename T>
    static ATTEST_INLINE void apply(T& a, T& b) {
        const T sum = a + b;
        b = a - b;
        a = sum;
    }
    /// Of lanes: `upper` is all ones where the lane is the second of its pair.
    static ATTEST_INLINE Register in_lanes(const Register& own, const Register& partner, const Register& upper) {
        return partner + ((own ^ upper) - upper);
    }
};

/// (a, b) → (a, b − a)
struct Difference {
    template <typename T>
    static ATTEST_INLINE void apply(T& a, T& b) {
        b -= a;
    }
    static ATTEST_INLINE Register in_lanes(const Register& own, const Register& partner, const Register& upper) {
        return own - (partner & upper);
    }
};

template <typename Butterfly>
ATTEST_INLINE Register within(Register v) {
    constexpr Register lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    v = Butterfly::in_lanes(v, __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14),
                            -(lane & 1));
    v = Butterfly::in_lanes(v, __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13),
                            -(lane >> 1 & 1));
    v = Butterfly::in_lanes(v, __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11),
                            -(lane >> 2 & 1));
    return Butterfly::in_lanes(v, __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
                               -(lane >> 3 & 1));
}

/// `Levels` levels at once, the lowest of them between integers that are `stride` apart.
template <typename Butterfly, unsigned Levels>
ATTEST_INLINE void pass(std::int32_t* a, std::size_t size, std::size_t stride) {
    constexpr std::size_t width = std::size_t{1} << Levels;
    for (std::size_t base = 0; base < size; base += width * stride)
        for (std::size_t k = base; k < base + stride; k += lanes) {
            Register r[width];
            for (std::size_t i = 0; i < width; ++i) r[i] = load(a + k + i * stride);
            for (std::size_t half = 1; half < width; half *= 2)
                for (std::size_t i = 0; i < width; ++i)
                    if ((i & half) == 0) Butterfly::apply(r[i], r[i + half]);
            for (std::size_t i = 0; i < width; ++i) store(a + k + i * stride, r[i]);
        }
}

/// So many levels, the lowest between integers `stride` apart.
template <typename Butterfly>
ATTEST_INLINE void passes(std::int32_t* a, std::size_t size, std::size_t stride, unsigned levels) {
    for (; levels >= 3; levels -= 3, stride *= 8) pass<Butterfly, 3>(a, size, stride);
    if (levels == 2) pass<Butterfly, 2>(a, size, stride);
    if (levels == 1) pass<Butterfly, 1>(a, size, stride);
}

template <typename Butterfly>
ATTEST_INLINE void small(std::int32_t* a, unsigned levels) {
    const std::size_t size = std::size_t{1} << levels;
    for (std::size_t half = 1; half < size; half *= 2)
        for (std::size_t base = 0; base < size; base += 2 * half)
            for (std::size_t k = base; k < base + half; ++k) Butterfly::apply(a[k], a[k + half]);
}

template <typename Butterfly>
ATTEST_INLINE void side_by_side(std::int32_t* a, unsigned levels) {
    if (levels < 4) return small<Butterfly>(a, levels);
    const std::size_t size = std::size_t{1} << levels;
    const unsigned inner = levels < first_cache_levels ? levels : first_cache_levels;
    const std::size_t block = std::size_t{1} << inner;
    for (std::size_t base = 0; base < size; base += block) {
        for (std::size_t k = base; k < base + block; k += lanes) store(a + k, within<Butterfly>(load(a + k)));
        passes<Butterfly>(a + base, block, lanes, inner - 4);
    }
    passes<Butterfly>(a, size, block, levels - inner);
}

template <typename Butterfly>
ATTEST_INLINE void rows(std::int32_t* a, unsigned levels, std::size_t width) {
    passes<Butterfly>(a, width << levels, width, levels);
}

template <typename Butterfly>
void plain_side(std::int32_t* a, unsigned levels) {
    side_by_side<Butterfly>(a, levels);
}
template <typename Butterfly>
void plain_rows(std::int32_t* a, unsigned levels, std::size_t width) {
    rows<Butterfly>(a, levels, width);
}

#if defined(__x86_64__)
template <typename Butterfly>
__attribute__((target("avx2"))) void avx2_side(std::int32_t* a, unsigned levels) {
    side_by_side<Butterfly>(a, levels);
}
template <typename Butterfly>
__attribute__((target("avx2"))) void avx2_rows(std::int32_t* a, unsigned levels, std::size_t width) {
    rows<Butterfly>(a, levels, width);
}
template <typename Butterfly>
__attribute__((target("avx512f"))) void avx512_side(std::int32_t* a, unsigned levels) {
    side_by_side<Butterfly>(a, levels);
}
template <typename Butterfly>
__attribute__((target("avx512f"))) void avx512_rows(std::int32_t* a, unsigned levels, std::size_t width) {
    rows<Butterfly>(a, levels, width);
}
#endif

template <typename Butterfly>
Butterflies choose() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) return {avx512_side<Butterfly>, avx512_rows<Butterfly>};
    if (__builtin_cpu_supports("avx2")) return {avx2_side<Butterfly>, avx2_rows<Butterfly>};
#endif
    return {plain_side<Butterfly>, plain_rows<Butterfly>};
}

}  // namespace

const Butterflies& butterflies(Transform transform) {
    static const Butterflies sums = choose<SumAndDifference>();
    static const Butterflies differences = choose<Difference>();
    return transform == Transform::walsh_hadamard ? sums : differences;
}

void expand_signs(const std::uint64_t* words, std::size_t count, std::int32_t* a) {
    for (std::size_t k = 0; k < count; ++k) a[k] = 1 - 2 * static_cast<std::int32_t>(words[k / 64] >> k % 64 & 1U);
}

void expand_bits(const std::uint64_t* words, std::size_t count, std::int32_t* a) {
    for (std::size_t k = 0; k < count; ++k) a[k] = static_cast<std::int32_t>(words[k / 64] >> k % 64 & 1U);
}

}  // namespace attest::measure
