#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "checker/core/rational.hpp"

namespace attest::checker {

/// A rational of which very many are kept, as of the entries of matrices: in two words where numerator and denominator have
/// at most 62 bits, so that most take no memory of their own.
class KeptRational {
  public:
    KeptRational() = default;
    KeptRational(const Rational& number);
    /// Needs   both of at most 62 bits, the denominator at least 1, and no common divisor
    KeptRational(std::int64_t numerator, std::int64_t denominator) : above_(numerator), below_(denominator) {}
    KeptRational(const KeptRational& other);
    KeptRational(KeptRational&& other) noexcept { swap(other); }
    KeptRational& operator=(KeptRational other) noexcept {
        swap(other);
        return *this;
    }
    ~KeptRational() {
        if (below_ == of_long) delete long_;
    }

    bool is_zero() const { return is_short() && above_ == 0; }
    bool is_short() const { return below_ != of_long; }
    /// Needs is_short().
    std::int64_t numerator() const { return above_; }
    std::int64_t denominator() const { return below_; }

    Rational rational() const;
    /// The same number without new memory: it may be written into `room`, and is valid as long as that is as it is.
    const Rational& in(Rational& room) const;

  private:
    static constexpr std::int64_t of_long = 0;  // which is no denominator

    void swap(KeptRational& other) noexcept {
        std::swap(above_, other.above_);
        std::swap(below_, other.below_);
    }

    union {
        std::int64_t above_ = 0;
        const Rational* long_;  ///< owned, where the number is not short
    };
    std::int64_t below_ = 1;
};

/// As of the rational.
inline std::size_t digits_of(const KeptRational& x) {
    if (!x.is_short()) return digits_of(x.rational());
    return x.is_zero() ? 1 : 2;
}

/// As quoted_number() reads it.
KeptRational kept_quoted_number(std::string_view text);

/// significand · 2^power.
/// Needs   the significand to have at most 62 bits
KeptRational kept_dyadic(std::int64_t significand, int power);

}  // namespace attest::checker
