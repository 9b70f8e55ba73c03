#pragma once

#include <gmpxx.h>

#include <cstddef>
#include <cstdint>
#include <vector>

// Whole numbers of 64 and 128 bits and of any size, under the same names. Nothing here looks for overflow: who chooses the
// type knows that all results fit (whole_model.cpp).

namespace attest::checker {

__extension__ typedef __int128 Wide;

/// Numbers of so many bits hold every number of this size and its opposite.
template <typename Number>
bool holds(const mpz_class& size);
template <>
inline bool holds<std::int64_t>(const mpz_class& size) {
    return mpz_sizeinbase(size.get_mpz_t(), 2) <= 62;
}
template <>
inline bool holds<Wide>(const mpz_class& size) {
    return mpz_sizeinbase(size.get_mpz_t(), 2) <= 125;
}

/// Needs   holds<Number>(|x|)
template <typename Number>
Number narrowed(const mpz_class& x);
template <>
inline mpz_class narrowed<mpz_class>(const mpz_class& x) {
    return x;
}
template <>
inline std::int64_t narrowed<std::int64_t>(const mpz_class& x) {
    return x.get_si();
}
template <>
inline Wide narrowed<Wide>(const mpz_class& x) {
    const mpz_class size = abs(x), high = size >> 64, low = size - (high << 64);
    const auto value =
        static_cast<Wide>(high.get_ui()) * (static_cast<Wide>(1) << 64) + static_cast<Wide>(low.get_ui());
    return x < 0 ? -value : value;
}

/// The same number, of any size.
inline mpz_class widened(const mpz_class& x) { return x; }
inline mpz_class widened(std::int64_t x) { return static_cast<long>(x); }
inline mpz_class widened(const Wide& x) {
    __extension__ typedef unsigned __int128 Size;
    const Size size = x < 0 ? -static_cast<Size>(x) : static_cast<Size>(x);
    mpz_class value = static_cast<unsigned long>(size >> 64);
    value = (value << 64) + static_cast<unsigned long>(size);
    return x < 0 ? mpz_class(-value) : value;
}

/// y += w x, without a number between where memory would be asked for it.
template <typename Number>
void add_product(Number& y, const Number& w, const Number& x) {
    y += w * x;
}
inline void add_product(mpz_class& y, const mpz_class& w, const mpz_class& x) {
    mpz_addmul(y.get_mpz_t(), w.get_mpz_t(), x.get_mpz_t());
}

/// y += w x, entry by entry; x comes again as often as it goes into y.
template <typename Number>
void add_times(const Number& w, const std::vector<Number>& x, std::size_t x_first, std::size_t x_count, Number* y,
               std::size_t count) {
    const Number* from = x.data() + x_first;
    if (w == 1) {
        for (std::size_t base = 0; base < count; base += x_count)
            for (std::size_t c = 0; c < x_count; ++c) y[base + c] += from[c];
        return;
    }
    for (std::size_t base = 0; base < count; base += x_count)
        for (std::size_t c = 0; c < x_count; ++c) add_product(y[base + c], w, from[c]);
}

}  // namespace attest::checker
