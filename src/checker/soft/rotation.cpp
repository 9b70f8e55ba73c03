#include "checker/soft/rotation.hpp"

// The turn of pair t at position p is by the angle (p - 1 + first) / factor · base^(-2t/dims), the power being
// exp(-2t/dims · log base). The real power is meant, not a framework's rounding of it. [The rotary embedding is Su et al.,
// "RoFormer" (2021).]

namespace attest::checker {

Rotation::Rotation(const Rotary& rotary, std::size_t n, mpfr_prec_t bits, Budget& budget)
    : pairs_(rotary.dims / 2), halves_(rotary.halves) {
    // A great angle is reduced with as many digits as it has.
    const auto digits = static_cast<std::uint64_t>(bits) / 64 + digits_of(rotary.base) + digits_of(rotary.factor);
    budget.step(n * pairs_, 256 + 64 * digits * digits);
    budget.memory(n * pairs_, 2 * (96 + static_cast<std::uint64_t>(bits) / 4));
    const Interval log_base = log(Interval(rotary.base, bits));
    Intervals frequencies;
    for (std::size_t t = 0; t < pairs_; ++t) {
        Rational exponent(-2 * static_cast<long>(t), static_cast<long>(rotary.dims));
        exponent.canonicalize();
        frequencies.push_back(exp(Interval(exponent, bits) * log_base));
    }
    for (std::size_t p = 1; p <= n; ++p) {
        const Rational turns = (static_cast<long>(p) - 1 + rotary.first) / rotary.factor;
        for (const Interval& frequency : frequencies) {
            const Interval angle = Interval(turns, bits) * frequency;
            auto [cosine, sine] = cos_and_sin(angle);
            cosines_.push_back(std::move(cosine));
            sines_.push_back(std::move(sine));
        }
    }
}

Rotation::Pair Rotation::pair(std::size_t t, std::size_t p) const {
    const std::size_t at = (p - 1) * pairs_ + t;
    return {halves_ ? t : 2 * t, halves_ ? t + pairs_ : 2 * t + 1, cosines_[at], sines_[at]};
}

void Rotation::turn(Intervals& vector, std::size_t p, Budget& budget) const {
    budget.step(4 * pairs_);
    for (std::size_t t = 0; t < pairs_; ++t) {
        const auto& [first, second, cosine, sine] = pair(t, p);
        Interval &u = vector[first], &v = vector[second];
        const Interval turned = u * cosine - v * sine;
        v = u * sine + v * cosine;
        u = turned;
    }
}

}  // namespace attest::checker
