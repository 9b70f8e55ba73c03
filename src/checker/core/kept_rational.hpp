#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/core/rational.hpp"

namespace attest::checker {

/// A rational of which very many are kept, as of the entries of matrices: in two words where it was a float, or its numerator and
/// denominator have at most 62 bits, so that most take no memory of their own.
class KeptRational {
  public:
    KeptRational() = default;
    KeptRational(const Rational& number);
    /// Needs   both of at most 62 bits, the denominator at least 1, and no common divisor
    KeptRational(std::int64_t numerator, std::int64_t denominator) : above_(numerator), below_(denominator) {}
    /// Needs   a finite number
    explicit KeptRational(double number) : float_(number), below_(of_float) {}
    KeptRational(const KeptRational& other);
    KeptRational(KeptRational&& other) noexcept { swap(other); }
    KeptRational& operator=(KeptRational other) noexcept {
        swap(other);
        return *this;
    }
    ~KeptRational() {
        if (below_ == of_long) delete long_;
    }

    bool is_float() const { return below_ == of_float; }
    bool is_fraction() const { return below_ > 0; }
    bool is_zero() const { return is_float() ? float_ == 0 : is_fraction() && above_ == 0; }
    /// Needs is_float().
    double as_float() const { return float_; }
    /// These need is_fraction().
    std::int64_t numerator() const { return above_; }
    std::int64_t denominator() const { return below_; }

    Rational rational() const;
    /// The same number without new memory: it may be written into `room`, and is valid as long as that is as it is.
    const Rational& in(Rational& room) const;

  private:
    static constexpr std::int64_t of_long = 0, of_float = -1;  // which are no denominators

    void write(Rational& to) const;
    void swap(KeptRational& other) noexcept {
        std::swap(above_, other.above_);
        std::swap(below_, other.below_);
    }

    union {
        std::int64_t above_ = 0;
        double float_;
        const Rational* long_;  ///< owned
    };
    std::int64_t below_ = 1;
};

using KeptVector = std::vector<KeptRational>;

Vector rationals(const KeptVector& numbers);
KeptVector kept(const Vector& numbers);

/// As of the rational, or more.
std::size_t digits_of(const KeptRational& x);

/// As quoted_number() reads it.
KeptRational kept_quoted_number(std::string_view text);

}  // namespace attest::checker
