#pragma once

#include <mpfr.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "checker/core/kept_rational.hpp"
#include "checker/core/rational.hpp"

namespace attest::checker {

/// All reals between two binary numbers; every operation rounds its ends outwards, so that the result holds
/// what comes of all numbers in the operands.
///
/// What has no value for some number in the operands (1/0, the logarithm of 0) has the ends -inf and inf, and
/// so has everything made from it.
class Interval {
  public:
    explicit Interval(mpfr_prec_t bits);
    Interval(const Rational& number, mpfr_prec_t bits);
    Interval(const KeptRational& number, mpfr_prec_t bits);
    Interval(const Interval& other);
    Interval(Interval&& other) noexcept { take(other); }
    Interval& operator=(Interval other) noexcept;
    ~Interval() { discard(); }

    static Interval entire(mpfr_prec_t bits);
    static Interval pi(mpfr_prec_t bits);

    mpfr_prec_t bits() const { return mpfr_get_prec(low_); }
    bool is_finite() const { return mpfr_number_p(low_) != 0 && mpfr_number_p(high_) != 0; }
    bool is_positive() const { return is_finite() && mpfr_sgn(low_) > 0; }
    bool is_negative() const { return is_finite() && mpfr_sgn(high_) < 0; }
    bool is_zero() const { return is_finite() && mpfr_zero_p(low_) != 0 && mpfr_zero_p(high_) != 0; }
    bool holds_zero() const { return !is_positive() && !is_negative(); }
    /// The one number that it is, if it is one.
    bool is_exact() const { return is_finite() && mpfr_equal_p(low_, high_) != 0; }
    Rational low() const;
    Rational high() const;
    /// The ends, rounded outwards to doubles; infinite where they are beyond all doubles.
    std::pair<double, double> doubles() const;
    /// The lower end as an interval of its own.
    Interval bottom() const;
    /// The upper end as an interval of its own.
    Interval top() const;

    Interval operator-() const;
    Interval& operator+=(const Interval& b);
    friend Interval operator+(const Interval& a, const Interval& b);
    friend Interval operator-(const Interval& a, const Interval& b);
    friend Interval operator*(const Interval& a, const Interval& b);
    friend Interval operator/(const Interval& a, const Interval& b);
    friend Interval exp(const Interval& x);
    friend Interval tanh(const Interval& x);
    /// 1 - erf(x), without the cancellation.
    friend Interval erfc(const Interval& x);
    friend Interval log(const Interval& x);
    friend Interval sqrt(const Interval& x);
    friend Interval sin(const Interval& x);
    friend Interval cos(const Interval& x);
    /// Both, at the cost of one.
    friend std::pair<Interval, Interval> cos_and_sin(const Interval& x);
    friend Interval floor(const Interval& x);
    friend Interval min(const Interval& a, const Interval& b);
    friend Interval max(const Interval& a, const Interval& b);
    /// The least interval that holds both.
    friend Interval hull(const Interval& a, const Interval& b);
    /// What both hold; needs that some number is in both. One that is not finite says nothing.
    friend Interval common(const Interval& a, const Interval& b);
    /// Whether the lower end of a is below that of b.
    friend bool below(const Interval& a, const Interval& b) { return mpfr_less_p(a.low_, b.low_) != 0; }

  private:
    template <typename Function>
    static Interval rising(const Interval& x, Function function);
    static Interval near_value(const Interval& x, int (*function)(mpfr_t, mpfr_srcptr, mpfr_rnd_t));
    /// Needs the lower end to be a value rounded down.
    void enclose_near(bool is_exact, const Interval& of);

    void take(Interval& other) noexcept;
    void discard() noexcept {
        if (low_->_mpfr_d == near_ || low_->_mpfr_d == nullptr) return;
        mpfr_clear(low_);
        mpfr_clear(high_);
    }

    static constexpr std::size_t few_digits = 2;

    mpfr_t low_;
    mpfr_t high_;
    mp_limb_t
        near_[2 * few_digits];  ///< the digits of both where they are few, as they mostly are: nothing is allocated
};

using Intervals = std::vector<Interval>;

}  // namespace attest::checker
