#include "checker/core/kept_rational.hpp"

#include <cmath>
#include <cstdlib>

// A trained model has a hundred thousand weights, and each as a GMP number would be two pieces of memory to get, fill and
// give back. What is kept is never compared, so that a number may be kept in more ways than one.

namespace attest::checker {
namespace {

/// Whether it has at most so many bits.
bool is_short(const mpz_class& number) {
    constexpr std::size_t most_bits = 62;
    return mpz_sizeinbase(number.get_mpz_t(), 2) <= most_bits;
}

}  // namespace

KeptRational::KeptRational(const Rational& number) {
    if (is_short(number.get_num()) && is_short(number.get_den())) {
        above_ = number.get_num().get_si();
        below_ = number.get_den().get_si();
    } else {
        long_ = new Rational(number);
        below_ = of_long;
    }
}

KeptRational::KeptRational(const KeptRational& other) : below_(other.below_) {
    if (below_ != of_long) above_ = other.above_;
    else long_ = new Rational(*other.long_);
}

/// A float is written exactly.
void KeptRational::write(Rational& to) const {
    if (is_float()) mpq_set_d(to.get_mpq_t(), float_);
    else if (is_fraction()) mpq_set_si(to.get_mpq_t(), above_, static_cast<unsigned long>(below_));
    else to = *long_;
}

const Rational& KeptRational::in(Rational& room) const {
    if (below_ == of_long) return *long_;
    write(room);
    return room;
}

Rational KeptRational::rational() const {
    Rational number;
    write(number);
    return number;
}

Vector rationals(const KeptVector& numbers) {
    Vector result;
    result.reserve(numbers.size());
    for (const KeptRational& number : numbers) result.push_back(number.rational());
    return result;
}

KeptVector kept(const Vector& numbers) { return {numbers.begin(), numbers.end()}; }

std::size_t digits_of(const KeptRational& x) {
    constexpr int bits_of_digit = 64;
    if (x.is_float())
        return 3 + static_cast<std::size_t>(std::abs(std::ilogb(x.is_zero() ? 1 : x.as_float()))) / bits_of_digit;
    if (!x.is_fraction()) return digits_of(x.rational());
    return x.is_zero() ? 1 : 2;
}

KeptRational kept_quoted_number(std::string_view text) {
    const std::optional<ShortFraction> fraction = short_fraction(text);
    return fraction ? KeptRational(fraction->numerator, fraction->denominator) : KeptRational(quoted_number(text));
}

}  // namespace attest::checker
