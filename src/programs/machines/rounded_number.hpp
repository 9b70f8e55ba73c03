#pragma once

#include <bit>
#include <cstdint>

namespace attest::machines {

/// A binary floating-point number without bounds on its exponent, as whole numbers, so that its arithmetic is the same on
/// any hardware: sign · significand · 2^exponent, the significand 0 or of exactly `precision` bits.
///
/// That the exponent has no bounds makes no difference here: with at most 2^53 steps scores lie between 2^−220 and 2^54.
class RoundedNumber {
  public:
    __extension__ using Wide = unsigned __int128;

    RoundedNumber() = default;

    /// numerator / denominator, rounded once. Needs  both below 2^63, denominator > 0
    static RoundedNumber quotient(std::int64_t numerator, std::uint64_t denominator, int precision) {
        const bool negative = numerator < 0;
        return quotient(negative, static_cast<Wide>(negative ? -numerator : numerator), denominator, precision);
    }
    /// 1 / (k k), rounded once. Needs  k < 2^32
    static RoundedNumber inverse_square(std::uint64_t k, int precision) { return quotient(false, 1, k * k, precision); }

    RoundedNumber times(const RoundedNumber& b, int precision) const {
        if (significand_ == 0 || b.significand_ == 0) return {};
        return round(negative_ != b.negative_, static_cast<Wide>(significand_) * b.significand_,
                     exponent_ + b.exponent_, false, precision);
    }

    RoundedNumber plus(const RoundedNumber& b, int precision) const {
        if (significand_ == 0) return b;
        if (b.significand_ == 0) return *this;
        const RoundedNumber& high = exponent_ >= b.exponent_ ? *this : b;
        const RoundedNumber& low = exponent_ >= b.exponent_ ? b : *this;
        // Beyond `precision` + 3 places the lower one matters only by its sign, and as a sticky bit.
        const int gap = high.exponent_ - low.exponent_, room = precision + 3;
        if (gap <= room) {
            const Wide h = static_cast<Wide>(high.significand_) << gap, l = low.significand_;
            if (high.negative_ == low.negative_) return round(high.negative_, h + l, low.exponent_, false, precision);
            if (h == l) return {};
            return h > l ? round(high.negative_, h - l, low.exponent_, false, precision)
                         : round(low.negative_, l - h, low.exponent_, false, precision);
        }
        const Wide h = static_cast<Wide>(high.significand_) << room;
        const bool adds = high.negative_ == low.negative_;
        return round(high.negative_, adds ? h : h - 1, high.exponent_ - room, true, precision);
    }

    RoundedNumber negated() const {
        RoundedNumber result = *this;
        result.negative_ = significand_ != 0 && !negative_;
        return result;
    }
    RoundedNumber magnitude() const {
        RoundedNumber result = *this;
        result.negative_ = false;
        return result;
    }
    /// Of magnitudes.
    bool operator<(const RoundedNumber& b) const {
        if (significand_ == 0 || b.significand_ == 0) return significand_ == 0 && b.significand_ != 0;
        return exponent_ != b.exponent_ ? exponent_ < b.exponent_ : significand_ < b.significand_;
    }
    bool operator==(const RoundedNumber&) const = default;

    bool is_negative() const { return negative_; }
    std::uint64_t significand() const { return significand_; }
    int exponent() const { return exponent_; }

  private:
    static int width(Wide x) {
        const auto high = static_cast<std::uint64_t>(x >> 64);
        return static_cast<int>(high != 0 ? 64 + std::bit_width(high) : std::bit_width(static_cast<std::uint64_t>(x)));
    }

    static RoundedNumber quotient(bool negative, Wide n, std::uint64_t d, int precision) {
        if (n == 0) return {};
        // Enough bits that the quotient has at least two more than the precision; the remainder is the sticky bit.
        const int shift = precision + 2 + width(d) - width(n);
        const Wide scaled = shift >= 0 ? n << shift : n;
        return round(negative, scaled / d, shift >= 0 ? -shift : 0, scaled % d != 0, precision);
    }

    /// sticky: something is left below the last bit
    static RoundedNumber round(bool negative, Wide x, int exponent, bool sticky, int precision) {
        const int excess = width(x) - precision;
        RoundedNumber result;
        result.negative_ = negative;
        if (excess <= 0) {  // only where nothing is left
            result.significand_ = static_cast<std::uint64_t>(x << -excess);
            result.exponent_ = exponent + excess;
            return result;
        }
        const Wide half = Wide{1} << (excess - 1), rest = x & ((half << 1) - 1);
        Wide kept = x >> excess;
        if (rest > half || (rest == half && (sticky || (kept & 1) != 0))) ++kept;
        int up = exponent + excess;
        if (width(kept) > precision) {
            kept >>= 1;
            ++up;
        }
        result.significand_ = static_cast<std::uint64_t>(kept);
        result.exponent_ = up;
        return result;
    }

    bool negative_ = false;
    std::uint64_t significand_ = 0;
    int exponent_ = 0;
};

}  // namespace attest::machines
