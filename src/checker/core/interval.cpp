#include "checker/core/interval.hpp"

#include <bit>

// Interval arithmetic on MPFR, whose functions are correctly rounded in the direction that is asked for: rounding the
// lower end down and the upper end up gives, for each operation, an interval that holds all results of numbers in the
// operands, and by induction so does every expression. Where a value may not exist the ends are infinite, and that is
// kept by all that follows.

namespace attest::checker {
namespace {

Rational rational(mpfr_srcptr number) {
    Rational result;
    mpfr_get_q(result.get_mpq_t(), number);
    return result;
}

mpfr_prec_t wider(const Interval& a, const Interval& b) { return std::max(a.bits(), b.bits()); }

}  // namespace

Interval::Interval(mpfr_prec_t bits) {
    if (bits <= static_cast<mpfr_prec_t>(few_digits) * GMP_NUMB_BITS) {
        mpfr_custom_init_set(low_, MPFR_ZERO_KIND, 0, bits, near_);
        mpfr_custom_init_set(high_, MPFR_ZERO_KIND, 0, bits, near_ + few_digits);
        return;
    }
    mpfr_init2(low_, bits);
    mpfr_init2(high_, bits);
    mpfr_set_zero(low_, 1);
    mpfr_set_zero(high_, 1);
}

Interval::Interval(const Rational& number, mpfr_prec_t bits) : Interval(bits) {
    // A float's denominator is a power of two, and then nothing is divided.
    const mp_bitcnt_t twos = mpz_scan1(number.get_den_mpz_t(), 0);
    if (mpz_sizeinbase(number.get_den_mpz_t(), 2) == twos + 1) {
        const auto exponent = -static_cast<mpfr_exp_t>(twos);
        mpfr_set_z_2exp(low_, number.get_num_mpz_t(), exponent, MPFR_RNDD);
        mpfr_set_z_2exp(high_, number.get_num_mpz_t(), exponent, MPFR_RNDU);
        return;
    }
    mpfr_set_q(low_, number.get_mpq_t(), MPFR_RNDD);
    mpfr_set_q(high_, number.get_mpq_t(), MPFR_RNDU);
}

Interval::Interval(const KeptRational& number, mpfr_prec_t bits) : Interval(bits) {
    if (number.is_float()) {
        mpfr_set_d(low_, number.as_float(), MPFR_RNDD);
        mpfr_set_d(high_, number.as_float(), MPFR_RNDU);
        return;
    }
    const bool is_dyadic = number.is_fraction() && (number.denominator() & (number.denominator() - 1)) == 0;
    if (!is_dyadic) {
        *this = Interval(number.rational(), bits);
        return;
    }
    const auto exponent = -static_cast<mpfr_exp_t>(std::countr_zero(static_cast<std::uint64_t>(number.denominator())));
    mpfr_set_si_2exp(low_, number.numerator(), exponent, MPFR_RNDD);
    mpfr_set_si_2exp(high_, number.numerator(), exponent, MPFR_RNDU);
}

Interval::Interval(const Interval& other) : Interval(other.bits()) {
    mpfr_set(low_, other.low_, MPFR_RNDD);
    mpfr_set(high_, other.high_, MPFR_RNDU);
}

/// Takes the digits, and leaves none that are not its own: what is moved from can be assigned to and destroyed.
void Interval::take(Interval& other) noexcept {
    *low_ = *other.low_;
    *high_ = *other.high_;
    if (low_->_mpfr_d == other.near_) {
        std::copy(std::begin(other.near_), std::end(other.near_), near_);
        low_->_mpfr_d = near_;
        high_->_mpfr_d = near_ + few_digits;
    } else {
        other.low_->_mpfr_d = nullptr;
        other.high_->_mpfr_d = nullptr;
    }
}

Interval& Interval::operator=(Interval other) noexcept {
    discard();
    take(other);
    return *this;
}

Interval Interval::entire(mpfr_prec_t bits) {
    Interval result(bits);
    mpfr_set_inf(result.low_, -1);
    mpfr_set_inf(result.high_, 1);
    return result;
}

Interval Interval::pi(mpfr_prec_t bits) {
    Interval result(bits);
    mpfr_const_pi(result.low_, MPFR_RNDD);
    mpfr_const_pi(result.high_, MPFR_RNDU);
    return result;
}

Rational Interval::low() const { return rational(low_); }

Rational Interval::high() const { return rational(high_); }

std::pair<double, double> Interval::doubles() const {
    return {mpfr_get_d(low_, MPFR_RNDD), mpfr_get_d(high_, MPFR_RNDU)};
}

Interval Interval::bottom() const {
    Interval result(*this);
    mpfr_set(result.high_, low_, MPFR_RNDU);
    return result;
}

Interval Interval::top() const {
    Interval result(*this);
    mpfr_set(result.low_, high_, MPFR_RNDD);
    return result;
}

Interval Interval::operator-() const {
    Interval result(bits());
    mpfr_neg(result.low_, high_, MPFR_RNDD);
    mpfr_neg(result.high_, low_, MPFR_RNDU);
    return result;
}

Interval& Interval::operator+=(const Interval& b) {
    if (bits() < b.bits() || !is_finite() || !b.is_finite()) return *this = *this + b;
    mpfr_add(low_, low_, b.low_, MPFR_RNDD);
    mpfr_add(high_, high_, b.high_, MPFR_RNDU);
    return *this;
}

Interval operator+(const Interval& a, const Interval& b) {
    const mpfr_prec_t bits = wider(a, b);
    if (!a.is_finite() || !b.is_finite()) return Interval::entire(bits);
    Interval result(bits);
    mpfr_add(result.low_, a.low_, b.low_, MPFR_RNDD);
    mpfr_add(result.high_, a.high_, b.high_, MPFR_RNDU);
    return result;
}

Interval operator-(const Interval& a, const Interval& b) { return a + -b; }

Interval operator*(const Interval& a, const Interval& b) {
    const mpfr_prec_t bits = wider(a, b);
    if (!a.is_finite() || !b.is_finite()) return Interval::entire(bits);
    Interval result(bits);
    if (mpfr_sgn(a.low_) >= 0 && mpfr_sgn(b.low_) >= 0) {
        mpfr_mul(result.low_, a.low_, b.low_, MPFR_RNDD);
        mpfr_mul(result.high_, a.high_, b.high_, MPFR_RNDU);
        return result;
    }
    // The extremes are products of ends.
    Interval product(bits);
    bool first = true;
    for (const mpfr_t* x : {&a.low_, &a.high_})
        for (const mpfr_t* y : {&b.low_, &b.high_}) {
            mpfr_mul(product.low_, *x, *y, MPFR_RNDD);
            mpfr_mul(product.high_, *x, *y, MPFR_RNDU);
            if (first || mpfr_less_p(product.low_, result.low_)) mpfr_set(result.low_, product.low_, MPFR_RNDD);
            if (first || mpfr_greater_p(product.high_, result.high_)) mpfr_set(result.high_, product.high_, MPFR_RNDU);
            first = false;
        }
    return result;
}

Interval operator/(const Interval& a, const Interval& b) {
    const mpfr_prec_t bits = wider(a, b);
    if (!a.is_finite() || !b.is_finite() || b.holds_zero()) return Interval::entire(bits);
    Interval inverse(bits);
    mpfr_ui_div(inverse.low_, 1, b.high_, MPFR_RNDD);
    mpfr_ui_div(inverse.high_, 1, b.low_, MPFR_RNDU);
    return a * inverse;
}

/// A function that rises: its value at the lower end rounded down, at the upper end rounded up.
template <typename Function>
Interval Interval::rising(const Interval& x, Function function) {
    if (!x.is_finite()) return entire(x.bits());
    Interval result(x.bits());
    function(result.low_, x.low_, MPFR_RNDD);
    function(result.high_, x.high_, MPFR_RNDU);
    return result;
}

Interval exp(const Interval& x) { return Interval::rising(x, mpfr_exp); }

Interval tanh(const Interval& x) { return Interval::rising(x, mpfr_tanh); }

/// erfc falls, so erfc(-x) rises.
Interval erfc(const Interval& x) {
    return Interval::rising(-x, [](mpfr_t y, mpfr_srcptr at, mpfr_rnd_t rounding) {
        mpfr_t negative;
        mpfr_init2(negative, mpfr_get_prec(at));
        mpfr_neg(negative, at, MPFR_RNDN);  // exact
        mpfr_erfc(y, negative, rounding);
        mpfr_clear(negative);
    });
}

Interval log(const Interval& x) { return x.is_positive() ? Interval::rising(x, mpfr_log) : Interval::entire(x.bits()); }

Interval sqrt(const Interval& x) {
    return x.is_finite() && mpfr_sgn(x.low_) >= 0 ? Interval::rising(x, mpfr_sqrt) : Interval::entire(x.bits());
}

Interval floor(const Interval& x) {
    return Interval::rising(x, [](mpfr_t y, mpfr_srcptr at, mpfr_rnd_t rounding) { mpfr_rint_floor(y, at, rounding); });
}

/// A function that moves by no more than its argument: its value at the lower end, give or take the width.
Interval Interval::near_value(const Interval& x, int (*function)(mpfr_t, mpfr_srcptr, mpfr_rnd_t)) {
    if (!x.is_finite()) return entire(x.bits());
    Interval result(x.bits());
    const bool is_exact = function(result.low_, x.low_, MPFR_RNDD) == 0;
    result.enclose_near(is_exact, x);
    return result;
}

/// What is not exact is between the number that it was rounded down to and the next.
void Interval::enclose_near(bool is_exact, const Interval& of) {
    Interval width(of.bits());
    mpfr_sub(width.high_, of.high_, of.low_, MPFR_RNDU);
    mpfr_set(high_, low_, MPFR_RNDU);
    if (!is_exact) mpfr_nextabove(high_);
    mpfr_sub(low_, low_, width.high_, MPFR_RNDD);
    mpfr_add(high_, high_, width.high_, MPFR_RNDU);
}

std::pair<Interval, Interval> cos_and_sin(const Interval& x) {
    if (!x.is_finite()) return {Interval::entire(x.bits()), Interval::entire(x.bits())};
    Interval cosine(x.bits()), sine(x.bits());
    const int inexact =
        mpfr_sin_cos(sine.low_, cosine.low_, x.low_, MPFR_RNDD);  // of the sine in two bits, then of the cosine
    cosine.enclose_near((inexact & 12) == 0, x);
    sine.enclose_near((inexact & 3) == 0, x);
    return {std::move(cosine), std::move(sine)};
}

Interval sin(const Interval& x) { return Interval::near_value(x, mpfr_sin); }

Interval cos(const Interval& x) { return Interval::near_value(x, mpfr_cos); }

Interval min(const Interval& a, const Interval& b) { return -max(-a, -b); }

Interval hull(const Interval& a, const Interval& b) {
    const mpfr_prec_t bits = wider(a, b);
    if (!a.is_finite() || !b.is_finite()) return Interval::entire(bits);
    Interval result(bits);
    mpfr_min(result.low_, a.low_, b.low_, MPFR_RNDD);
    mpfr_max(result.high_, a.high_, b.high_, MPFR_RNDU);
    return result;
}

Interval common(const Interval& a, const Interval& b) {
    if (!a.is_finite()) return b;
    if (!b.is_finite()) return a;
    Interval result(wider(a, b));
    mpfr_max(result.low_, a.low_, b.low_, MPFR_RNDD);
    mpfr_min(result.high_, a.high_, b.high_, MPFR_RNDU);
    return result;
}

Interval max(const Interval& a, const Interval& b) {
    const mpfr_prec_t bits = wider(a, b);
    if (!a.is_finite() || !b.is_finite()) return Interval::entire(bits);
    Interval result(bits);
    mpfr_max(result.low_, a.low_, b.low_, MPFR_RNDD);
    mpfr_max(result.high_, a.high_, b.high_, MPFR_RNDU);
    return result;
}

}  // namespace attest::checker
