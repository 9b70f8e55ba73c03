#include "attest/exact/ball.hpp"

#include <arb_hypgeom.h>
#include <flint/fmpq.h>
#include <mpfr.h>

#include <algorithm>
#include <memory>
#include <string>

#include "attest/base/error.hpp"

namespace attest::exact {

namespace {

/// An FLINT rational for the time of one call.
class Fraction {
  public:
    Fraction() { fmpq_init(value_); }
    explicit Fraction(const Rational& number) : Fraction() { fmpq_set_mpq(value_, number.get_mpq_t()); }
    Fraction(const Fraction&) = delete;
    Fraction& operator=(const Fraction&) = delete;
    ~Fraction() { fmpq_clear(value_); }
    fmpq* get() { return value_; }

    Rational rational() const {
        Rational number;
        fmpq_get_mpq(number.get_mpq_t(), value_);
        return number;
    }

  private:
    fmpq_t value_;
};

class Whole {
  public:
    explicit Whole(const mpz_class& number) {
        fmpz_init(value_);
        fmpz_set_mpz(value_, number.get_mpz_t());
    }
    Whole(const Whole&) = delete;
    Whole& operator=(const Whole&) = delete;
    ~Whole() { fmpz_clear(value_); }
    const fmpz* get() const { return value_; }

  private:
    fmpz_t value_;
};

/// One end of a ball, rounded outwards where middle and radius are of very different size.
class End {
  public:
    End(const arb_struct* ball, bool upper) : upper_(upper) {
        constexpr slong beyond = 192;  // bits that a sum has besides: the radius has 30
        const slong bits = arf_bits(arb_midref(ball)) + beyond;
        arf_init(value_);
        arf_t radius;
        arf_init(radius);
        arf_set_mag(radius, arb_radref(ball));
        if (upper) arf_add(value_, arb_midref(ball), radius, bits, ARF_RND_CEIL);
        else arf_sub(value_, arb_midref(ball), radius, bits, ARF_RND_FLOOR);
        arf_clear(radius);
    }
    End(const End&) = delete;
    End& operator=(const End&) = delete;
    ~End() { arf_clear(value_); }

    /// Rounded outwards to 0 or to a power of two where it is beyond 2^±1048576: a rational has as many bits.
    Rational rational() const {
        constexpr slong farthest = 1 << 20;
        if (arf_cmpabs_2exp_si(value_, farthest) > 0) return beyond(farthest, (arf_sgn(value_) < 0) == upper_);
        if (!arf_is_zero(value_) && arf_cmpabs_2exp_si(value_, -farthest) < 0)
            return (arf_sgn(value_) > 0) == upper_ ? power(-farthest) : Rational(0);
        Fraction q;
        arf_get_fmpq(q.get(), value_);
        return q.rational();
    }
    std::string text(int digits, mpfr_rnd_t rounding) const {
        mpfr_t x;
        mpfr_init2(x, std::max<mpfr_prec_t>(arf_bits(value_), 64));
        arf_get_mpfr(x, value_, MPFR_RNDN);  // has room for all bits
        char* buffer = nullptr;
        const int length = rounding == MPFR_RNDD ? mpfr_asprintf(&buffer, "%.*RDe", digits - 1, x)
                                                 : mpfr_asprintf(&buffer, "%.*RUe", digits - 1, x);
        std::string result(buffer, static_cast<std::size_t>(std::max(length, 0)));
        mpfr_free_str(buffer);
        mpfr_clear(x);
        return result;
    }

  private:
    /// 2^exponent, with the sign of the value.
    Rational power(slong exponent) const {
        const mpz_class size = mpz_class(1) << static_cast<mp_bitcnt_t>(std::abs(exponent));
        const Rational number = exponent < 0 ? Rational(mpz_class(1), size) : Rational(size);
        return arf_sgn(value_) < 0 ? Rational(-number) : number;
    }
    Rational beyond(slong exponent, bool is_inner) const {
        if (!is_inner) throw base::Unsupported("a number beyond 2^" + std::to_string(exponent) + " is not compared");
        return power(exponent);
    }

    bool upper_;
    arf_t value_;
};

}  // namespace

Ball::Ball(const Rational& number, long bits) : Ball() {
    Fraction q(number);
    bits_ = bits;
    arb_set_fmpq(value_, q.get(), working());
}

Ball& Ball::operator=(const Ball& other) {
    if (this != &other) {
        arb_set(value_, other.value_);
        bits_ = other.bits_;
    }
    return *this;
}

Ball Ball::between(const Rational& lower, const Rational& upper, long bits) {
    return hull(Ball(lower, bits), Ball(upper, bits));
}

Ball Ball::pi(long bits) {
    Ball result;
    result.bits_ = bits;
    arb_const_pi(result.value_, result.working());
    return result;
}

Sign Ball::sign() const {
    if (!is_finite()) return Sign::unknown;
    if (arb_is_zero(value_) != 0) return Sign::zero;
    if (arb_is_positive(value_) != 0) return Sign::positive;
    return arb_is_negative(value_) != 0 ? Sign::negative : Sign::unknown;
}

bool Ball::contains(const Rational& number) const {
    Fraction q(number);
    return arb_contains_fmpq(value_, q.get()) != 0;
}

Ball Ball::center() const {
    Ball result;
    result.bits_ = bits_;
    arb_get_mid_arb(result.value_, value_);
    return result;
}

Rational Ball::lower() const { return End(value_, false).rational(); }
Rational Ball::upper() const { return End(value_, true).rational(); }
std::string Ball::lower_text(int digits) const {
    return is_finite() ? End(value_, false).text(digits, MPFR_RNDD) : "-inf";
}
std::string Ball::upper_text(int digits) const {
    return is_finite() ? End(value_, true).text(digits, MPFR_RNDU) : "inf";
}

Ball& Ball::operator+=(const Ball& b) {
    bits_ = std::max(bits_, b.bits_);
    arb_add(value_, value_, b.value_, working());
    return *this;
}

Ball& Ball::operator-=(const Ball& b) {
    bits_ = std::max(bits_, b.bits_);
    arb_sub(value_, value_, b.value_, working());
    return *this;
}

Ball& Ball::operator*=(const Ball& b) {
    bits_ = std::max(bits_, b.bits_);
    arb_mul(value_, value_, b.value_, working());
    return *this;
}

Ball& Ball::operator/=(const Ball& b) {
    bits_ = std::max(bits_, b.bits_);
    arb_div(value_, value_, b.value_, working());
    return *this;
}

void Ball::add_product(const Ball& a, const Ball& b) {
    bits_ = std::max({bits_, a.bits_, b.bits_});
    arb_addmul(value_, a.value_, b.value_, working());
}

Ball Ball::operator-() const {
    Ball result = *this;
    arb_neg(result.value_, result.value_);
    return result;
}

Ball abs(const Ball& x) {
    Ball result = x;
    arb_abs(result.value_, x.value_);
    return result;
}

// Arb's functions of one operand and a precision, under our names.
#define ATTEST_FUNCTION(name, call)                 \
    Ball name(const Ball& x) {                      \
        Ball result;                                \
        result.bits_ = x.bits_;                     \
        call(result.value_, x.value_, x.working()); \
        return result;                              \
    }
ATTEST_FUNCTION(sqrt, arb_sqrt)
ATTEST_FUNCTION(log, arb_log)
ATTEST_FUNCTION(log1p, arb_log1p)
ATTEST_FUNCTION(exp, arb_exp)
ATTEST_FUNCTION(sin, arb_sin)
ATTEST_FUNCTION(cos, arb_cos)
ATTEST_FUNCTION(tanh, arb_tanh)
ATTEST_FUNCTION(erfc, arb_hypgeom_erfc)
ATTEST_FUNCTION(floor, arb_floor)
#undef ATTEST_FUNCTION

std::pair<Ball, Ball> cos_and_sin(const Ball& x) {
    Ball cosine, sine;
    cosine.bits_ = sine.bits_ = x.bits_;
    arb_sin_cos(sine.value_, cosine.value_, x.value_, x.working());
    return {std::move(cosine), std::move(sine)};
}

Ball min(const Ball& a, const Ball& b) {
    Ball result;
    result.bits_ = std::max(a.bits_, b.bits_);
    arb_min(result.value_, a.value_, b.value_, a.working(b));
    return result;
}

Ball max(const Ball& a, const Ball& b) {
    Ball result;
    result.bits_ = std::max(a.bits_, b.bits_);
    arb_max(result.value_, a.value_, b.value_, a.working(b));
    return result;
}

Ball power(const Ball& x, const mpz_class& exponent) {
    const Whole e(exponent);
    Ball result;
    result.bits_ = x.bits_;
    arb_pow_fmpz(result.value_, x.value_, e.get(), x.working());
    return result;
}

Ball hull(const Ball& a, const Ball& b) {
    Ball result;
    result.bits_ = std::max(a.bits_, b.bits_);
    arb_union(result.value_, a.value_, b.value_, a.working(b));
    return result;
}

Ball softplus_bits(const Ball& x) {
    // log(1 + e^x) = max(x, 0) + log1p(e^-|x|); the second summand keeps its digits by log1p.
    return (max(x, 0) + log1p(exp(-abs(x)))) / log(Ball(Rational(2), x.bits()));
}

}  // namespace attest::exact
