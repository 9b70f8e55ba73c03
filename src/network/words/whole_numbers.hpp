#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <optional>

// Whole numbers of 64 and of 128 bits, whose operations say when a result does not fit, and those of GMP, whose results always
// do: one set of names for the three. An operation gives true where its result does not fit; what it then leaves is no result.

namespace attest::network::words {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 Unsigned128;

inline bool add(std::int64_t& sum, std::int64_t x) { return __builtin_add_overflow(sum, x, &sum); }
inline bool multiply(std::int64_t& product, std::int64_t x) { return __builtin_mul_overflow(product, x, &product); }
inline bool add_product(std::int64_t& sum, std::int64_t x, std::int64_t y) {
    std::int64_t product;
    const bool wide = __builtin_mul_overflow(x, y, &product);
    return __builtin_add_overflow(sum, product, &sum) || wide;
}

inline bool add(Int128& sum, const Int128& x) { return __builtin_add_overflow(sum, x, &sum); }
/// The product of two of 64 bits always fits; of larger ones one must be below 2^64, and the upper half stay below 2^63.
/// (`__builtin_mul_overflow` would do, but needs a library beside some compilers.)
inline bool multiply(Int128& product, const Int128& x) {
    const Int128 a = product, b = x;
    if (a == static_cast<std::int64_t>(a) && b == static_cast<std::int64_t>(b)) {
        product = a * b;
        return false;
    }
    Unsigned128 large = a < 0 ? -static_cast<Unsigned128>(a) : static_cast<Unsigned128>(a);
    Unsigned128 small = b < 0 ? -static_cast<Unsigned128>(b) : static_cast<Unsigned128>(b);
    if (large < small) std::swap(large, small);
    if ((small >> 64) != 0) return true;
    const Unsigned128 low = static_cast<std::uint64_t>(large) * small;
    const Unsigned128 high = (large >> 64) * small + (low >> 64);
    if ((high >> 63) != 0) return true;
    const auto size = static_cast<Int128>((high << 64) | static_cast<std::uint64_t>(low));
    product = (a < 0) != (b < 0) ? -size : size;
    return false;
}
inline bool add_product(Int128& sum, const Int128& x, const Int128& y) {
    Int128 product = x;
    const bool wide = multiply(product, y);
    return add(sum, product) || wide;
}

inline bool add(mpz_class& sum, const mpz_class& x) {
    sum += x;
    return false;
}
inline bool multiply(mpz_class& product, const mpz_class& x) {
    product *= x;
    return false;
}
inline bool add_product(mpz_class& sum, const mpz_class& x, const mpz_class& y) {
    mpz_addmul(sum.get_mpz_t(), x.get_mpz_t(), y.get_mpz_t());
    return false;
}

/// Nothing where it does not fit.
template <typename Number>
std::optional<Number> narrowed(const mpz_class& x);
template <>
inline std::optional<mpz_class> narrowed(const mpz_class& x) {
    return x;
}
template <>
inline std::optional<std::int64_t> narrowed(const mpz_class& x) {
    if (mpz_sizeinbase(x.get_mpz_t(), 2) > 63) return std::nullopt;
    return x.get_si();
}
template <>
inline std::optional<Int128> narrowed(const mpz_class& x) {
    if (mpz_sizeinbase(x.get_mpz_t(), 2) > 127) return std::nullopt;
    const mpz_class size = abs(x), high = size >> 64, low = size - (high << 64);
    const auto value = static_cast<Int128>((static_cast<Unsigned128>(high.get_ui()) << 64) | low.get_ui());
    return x < 0 ? -value : value;
}

inline mpz_class widened(const mpz_class& x) { return x; }
inline mpz_class widened(std::int64_t x) { return static_cast<long>(x); }
inline mpz_class widened(const Int128& x) {
    const Unsigned128 size = x < 0 ? -static_cast<Unsigned128>(x) : static_cast<Unsigned128>(x);
    mpz_class value = static_cast<unsigned long>(size >> 64);
    value = (value << 64) + static_cast<unsigned long>(static_cast<std::uint64_t>(size));
    return x < 0 ? mpz_class(-value) : value;
}

}  // namespace attest::network::words
