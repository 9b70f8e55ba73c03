#include "programs/machines/loop_errors.hpp"

#include <algorithm>

// FORMAT.md, section 29.3, has the bounds, and 29.4 why they hold. Errors are rationals; the four exponentials that they begin
// with are rounded up to forty bits, so that the numbers stay short.

namespace attest::machines {

namespace {

using exact::Ball;
using exact::Rational;

/// The least number of forty bits that is at least this large. Needs  x > 0
Rational rounded_up(const Rational& x) {
    constexpr std::int64_t digits = 40;
    const auto size = static_cast<std::int64_t>(mpz_sizeinbase(x.get_num_mpz_t(), 2)) -
                      static_cast<std::int64_t>(mpz_sizeinbase(x.get_den_mpz_t(), 2));
    const std::int64_t shift = digits - size;
    const Rational scale = shift >= 0 ? Rational(mpz_class(1) << shift) : Rational(1, mpz_class(1) << -shift);
    const Rational scaled = x * scale;
    mpz_class whole;
    mpz_cdiv_q(whole.get_mpz_t(), scaled.get_num_mpz_t(), scaled.get_den_mpz_t());
    Rational result = Rational(whole) / scale;
    result.canonicalize();
    return result;
}

/// Not less than e^x.
Rational above_exponential(const Rational& x) {
    constexpr long bits = 128;
    return rounded_up(exp(Ball(x, bits)).upper());
}

/// Not less than e^x − 1, with as many digits as of a large number. Needs  x > 0
Rational above_exponential_less_one(const Rational& x) {
    const auto size = static_cast<long>(mpz_sizeinbase(x.get_den_mpz_t(), 2));
    const long bits = 256 + 2 * size;
    return rounded_up((exp(Ball(x, bits)) - Ball(1)).upper());
}

Rational power_less_one(const Rational& x, std::size_t exponent) {
    Rational result(1);
    for (std::size_t k = 0; k < exponent; ++k) result *= 1 + x;
    return result - 1;
}

Rational two_to(std::size_t exponent) { return Rational(mpz_class(1) << exponent); }

/// What the two adders make of words with this error a bit: that of the last bit, and of all bits together.
struct SumErrors {
    Rational last, all;
};

SumErrors after_adders(const Rational& read, std::size_t bits) {
    SumErrors errors;
    Rational so_far;
    for (std::size_t j = 1; j <= bits; ++j) {
        so_far += two_to(j) / 4 * (2 * (two_to(j) - 1) * read + read);
        errors.last = 2 * so_far;
        errors.all += errors.last;
    }
    return errors;
}

}  // namespace

Rational LoopErrors::greatest() const { return std::max({pointer, write, other, next}); }

LoopBounds loop_errors(const SubleqShape& shape, const Rational& temperature) {
    const std::size_t l = shape.code_bits();
    const Rational length(static_cast<unsigned long>(l));
    LoopBounds result;
    TemperatureBounds& b = result.bounds;
    LoopErrors& e = result.errors;
    b.x = above_exponential(-2 * temperature);
    const Rational z = power_less_one(b.x, l);
    e.pointer = 4 * z / (2 + z);
    b.far = above_exponential(-2 * temperature * (1 - e.pointer));
    // Beyond this nothing is certified, and the exponentials would be beyond all bounds.
    if (e.pointer > 1 || temperature * length * e.pointer > 8) {
        b.rho = b.write = 1;
        e.read = e.sum = e.write = e.other = e.next = 1000;
        return result;
    }
    b.rho = above_exponential_less_one(temperature * length * e.pointer * (1 + e.pointer));
    b.write = above_exponential_less_one(temperature * length * e.pointer);
    const Rational f = power_less_one(b.far, l), up = 1 + b.write;
    e.read = (b.rho + 3 * f) * (1 + b.rho) / (2 + b.rho);
    const SumErrors sum = after_adders(e.read, shape.bits);
    e.sum = sum.last;
    e.adders_hold = (two_to(shape.bits) - 1) * e.read <= Rational(1, 2) && sum.last + sum.all <= 1;
    e.write = (2 * std::max(b.write, z) + 2 * z + 2 * e.sum) * up / (2 + b.write);
    e.other = 4 * z + 2 * b.x * up * (2 + e.sum);
    e.next = e.pointer + 2 * (sum.last + sum.all);
    return result;
}

std::optional<Rational> least_temperature(const SubleqShape& shape, const Rational& snap) {
    constexpr long in_hundredths = 100, most = 1'000'000;
    const auto holds = [&](long k) {
        Rational temperature(k, in_hundredths);
        temperature.canonicalize();
        return loop_errors(shape, temperature).errors.within(snap);
    };
    if (!holds(most)) return std::nullopt;
    long low = 0, high = 1;  // low does not hold
    while (!holds(high)) {
        low = high;
        high = std::min(2 * high, most);
    }
    while (high - low > 1) {
        const long middle = low + (high - low) / 2;
        (holds(middle) ? high : low) = middle;
    }
    Rational temperature(high, in_hundredths);
    temperature.canonicalize();
    return temperature;
}

bool overflows_binary64(const SubleqShape& shape, const Rational& temperature) {
    constexpr long bits = 128;
    const Rational greatest = Rational(mpz_class(1) << 1024) - Rational(mpz_class(1) << 970);
    const Rational exponent = temperature * static_cast<unsigned long>(shape.code_bits());
    if (exponent < 700) return false;
    return exponent > 800 || (exp(Ball(exponent, bits)) - Ball(greatest, bits)).sign() == exact::Sign::positive;
}

}  // namespace attest::machines
