#include "checker/core/kept_rational.hpp"

#include <bit>
#include <cstdlib>

// A trained model has a hundred thousand weights, and each as a GMP number would be two pieces of memory to get, fill and
// give back. In lowest terms there is one way to write a rational, so a short one and a long one are never the same.

namespace attest::checker {
namespace {

constexpr int most_bits = 62;

/// Whether it has at most so many bits.
bool is_short(const mpz_class& number) { return mpz_sizeinbase(number.get_mpz_t(), 2) <= most_bits; }

}  // namespace

KeptRational::KeptRational(const Rational& number) {
    if (checker::is_short(number.get_num()) && checker::is_short(number.get_den())) {
        above_ = number.get_num().get_si();
        below_ = number.get_den().get_si();
    } else {
        long_ = new Rational(number);
        below_ = of_long;
    }
}

KeptRational::KeptRational(const KeptRational& other) : below_(other.below_) {
    if (other.is_short()) above_ = other.above_;
    else long_ = new Rational(*other.long_);
}

const Rational& KeptRational::in(Rational& room) const {
    if (!is_short()) return *long_;
    mpq_set_si(room.get_mpq_t(), above_, static_cast<unsigned long>(below_));
    return room;
}

Rational KeptRational::rational() const {
    Rational number;
    if (!is_short()) number = *long_;
    else mpq_set_si(number.get_mpq_t(), above_, static_cast<unsigned long>(below_));
    return number;
}

KeptRational kept_quoted_number(std::string_view text) {
    const std::optional<ShortFraction> fraction = short_fraction(text);
    return fraction ? KeptRational(fraction->numerator, fraction->denominator) : KeptRational(quoted_number(text));
}

KeptRational kept_dyadic(std::int64_t significand, int power) {
    if (significand == 0) return {};
    const int zeros = std::countr_zero(static_cast<std::uint64_t>(significand));
    const std::int64_t odd = significand >> zeros;  // nothing is lost
    power += zeros;
    const int bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(std::abs(odd))));
    if (power >= 0 && bits + power <= most_bits) return {odd * (std::int64_t{1} << power), 1};
    if (power < 0 && bits <= most_bits && -power < most_bits) return {odd, std::int64_t{1} << -power};
    Rational number(static_cast<long>(odd));
    if (power >= 0) mpq_mul_2exp(number.get_mpq_t(), number.get_mpq_t(), static_cast<mp_bitcnt_t>(power));
    else mpq_div_2exp(number.get_mpq_t(), number.get_mpq_t(), static_cast<mp_bitcnt_t>(-power));
    return number;
}

}  // namespace attest::checker
