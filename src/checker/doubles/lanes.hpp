#pragma once

#include <cstddef>
#include <type_traits>

// Eight doubles that are worked on together. The compiler makes of them what the processor has: a function marked
// ATTEST_LANES is compiled for several kinds of processors, and which is taken is found when the program starts. Lanes
// are passed by reference, so that all kinds pass them alike.

#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define ATTEST_LANES __attribute__((target_clones("avx512f", "fma", "default")))
#else
#define ATTEST_LANES
#endif
#define ATTEST_INLINE inline __attribute__((always_inline))

namespace attest::checker {

using Lanes = double __attribute__((vector_size(64)));
using LanesAnywhere = double __attribute__((vector_size(64), aligned(8), may_alias));  ///< in memory
using Whole = long long __attribute__((vector_size(64)));

constexpr std::size_t lanes = 8;
/// Columns that a kernel works on at a time; a column is a word.
constexpr std::size_t tile = 2 * lanes;

/// Rows of a tile in memory: row r begins at values + r * stride.
template <typename Double>
struct RowsOf {
    Double* values = nullptr;
    std::size_t stride = tile;

    Double* row(std::size_t r) const { return values + r * stride; }
    RowsOf from(std::size_t r) const { return {row(r), stride}; }
    operator RowsOf<const double>() const requires(!std::is_const_v<Double>) {
        return {values, stride};
    }  // NOLINT: may be read where it may be written
};
using Rows = RowsOf<double>;
using ConstRows = RowsOf<const double>;

ATTEST_INLINE LanesAnywhere& at(double* values) { return *reinterpret_cast<LanesAnywhere*>(values); }
ATTEST_INLINE const LanesAnywhere& at(const double* values) { return *reinterpret_cast<const LanesAnywhere*>(values); }

}  // namespace attest::checker
