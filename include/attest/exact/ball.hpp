#pragma once

#include <arb.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "attest/exact/rational.hpp"

namespace attest::exact {

/// What is certain about the sign of a number that is only enclosed.
enum class Sign { negative, zero, positive, unknown };

/// A real number enclosed by a ball (Arb): every operation encloses the true result of its operands' true values.
///
/// A ball remembers with how many bits it is worked on; an operation uses those of its more precise operand. Whole
/// numbers are exact and ask for nothing. A result without value (1/0, log of a ball around 0) is a ball that is not
/// finite, and so is everything made from it: it never pretends to have a sign.
///
/// Exact   encloses the true value, throughout this header
class Ball {
  public:
    static constexpr long least_bits = 64;

    Ball() { arb_init(value_); }
    Ball(long whole) : Ball() { arb_set_si(value_, whole); }  // NOLINT: implicit, so that formulas read as such
    Ball(const Rational& number, long bits);
    Ball(const Ball& other) : Ball() { *this = other; }
    Ball(Ball&& other) noexcept : Ball() { swap(other); }
    Ball& operator=(const Ball& other);
    Ball& operator=(Ball&& other) noexcept {
        swap(other);
        return *this;
    }
    ~Ball() { arb_clear(value_); }

    /// All reals between two numbers.
    /// Needs   lower <= upper
    static Ball between(const Rational& lower, const Rational& upper, long bits);
    static Ball pi(long bits);

    Sign sign() const;
    bool is_finite() const { return arb_is_finite(value_) != 0; }
    bool is_zero() const { return arb_is_zero(value_) != 0; }
    bool is_exact() const { return arb_is_exact(value_) != 0; }
    bool contains_zero() const { return arb_contains_zero(value_) != 0; }
    bool contains(const Rational& number) const;
    long bits() const { return bits_; }

    /// The ends of the ball, as numbers that the ball lies between; those of a ball without radius are itself, up to sizes of
    /// 2^±1048576, beyond which they are rounded outwards.
    /// Needs   is_finite()
    /// Throws  Unsupported for an end that is further out than 2^1048576
    Rational lower() const;
    Rational upper() const;
    /// The ends as decimals of this many digits, rounded outwards; `-inf` and `inf` where it is not finite.
    std::string lower_text(int digits = 17) const;
    std::string upper_text(int digits = 17) const;
    /// The middle, as a number without error.
    Ball center() const;
    /// Whether both are the same number, exactly.
    friend bool same(const Ball& a, const Ball& b) {
        return arb_is_exact(a.value_) != 0 && arb_equal(a.value_, b.value_) != 0;
    }
    /// The nearest double to the middle.
    /// Exact   heuristic
    double middle() const { return arf_get_d(arb_midref(value_), ARF_RND_NEAR); }

    Ball& operator+=(const Ball& b);
    Ball& operator-=(const Ball& b);
    Ball& operator*=(const Ball& b);
    Ball& operator/=(const Ball& b);
    /// this += a b
    void add_product(const Ball& a, const Ball& b);
    Ball operator-() const;

    friend Ball abs(const Ball& x);
    friend Ball sqrt(const Ball& x);
    friend Ball log(const Ball& x);
    friend Ball log1p(const Ball& x);
    friend Ball exp(const Ball& x);
    friend Ball sin(const Ball& x);
    friend Ball cos(const Ball& x);
    friend std::pair<Ball, Ball> cos_and_sin(const Ball& x);
    friend Ball tanh(const Ball& x);
    /// 1 − erf(x), accurate where it is small.
    friend Ball erfc(const Ball& x);
    friend Ball floor(const Ball& x);
    friend Ball min(const Ball& a, const Ball& b);
    friend Ball max(const Ball& a, const Ball& b);
    /// A whole power. Throws  nothing: 0 to a negative power is not finite.
    friend Ball power(const Ball& x, const mpz_class& exponent);
    /// The smallest ball around both.
    friend Ball hull(const Ball& a, const Ball& b);

    void swap(Ball& other) noexcept {
        arb_swap(value_, other.value_);
        std::swap(bits_, other.bits_);
    }
    /// For what this class does not wrap.
    const arb_struct* raw() const { return value_; }

  private:
    long working(const Ball& other) const { return std::max({bits_, other.bits_, least_bits}); }
    long working() const { return std::max(bits_, least_bits); }

    arb_t value_;
    long bits_ = 0;
};

inline Ball operator+(Ball a, const Ball& b) { return a += b, a; }
inline Ball operator-(Ball a, const Ball& b) { return a -= b, a; }
inline Ball operator*(Ball a, const Ball& b) { return a *= b, a; }
inline Ball operator/(Ball a, const Ball& b) { return a /= b, a; }

bool same(const Ball& a, const Ball& b);
Ball abs(const Ball& x);
Ball sqrt(const Ball& x);
Ball log(const Ball& x);
Ball log1p(const Ball& x);
Ball exp(const Ball& x);
Ball sin(const Ball& x);
Ball cos(const Ball& x);
/// Both, at the cost of one.
std::pair<Ball, Ball> cos_and_sin(const Ball& x);
Ball tanh(const Ball& x);
Ball erfc(const Ball& x);
Ball floor(const Ball& x);
Ball min(const Ball& a, const Ball& b);
Ball max(const Ball& a, const Ball& b);
Ball power(const Ball& x, const mpz_class& exponent);
Ball hull(const Ball& a, const Ball& b);
/// log2(1 + e^x) without overflow or cancellation: the cross-entropy in bits of a logit −x.
Ball softplus_bits(const Ball& x);

/// A column of enclosed numbers.
using BallVector = std::vector<Ball>;

}  // namespace attest::exact
