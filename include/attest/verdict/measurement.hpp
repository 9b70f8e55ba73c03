#pragma once

#include <optional>
#include <string>

#include "attest/exact/rational.hpp"

namespace attest::verdict {

/// What is known of a measured number. `lower`, `upper`: the number is at least, at most, the one given;
/// `interval`: it lies between two, both ends included.
enum class Guarantee { exact, lower, upper, interval };

const char* to_string(Guarantee guarantee);  ///< `exact`, `lower`, `upper`, `interval`

/// A number with its guarantee: ends that enclose it, and which of them were found out. The other end is one
/// that holds of every function, such as 0 or N.
class Measurement {
  public:
    static Measurement exactly(exact::Rational value);
    /// Throws  InternalError if lower > upper
    static Measurement at_least(exact::Rational lower, exact::Rational trivial_upper);
    static Measurement at_most(exact::Rational upper, exact::Rational trivial_lower);
    static Measurement between(exact::Rational lower, exact::Rational upper);

    const exact::Rational& lower() const { return lower_; }
    const exact::Rational& upper() const { return upper_; }
    Guarantee guarantee() const { return guarantee_; }
    bool is_exact() const { return guarantee_ == Guarantee::exact; }
    /// Draws the ends together by what else is known; equal ends make the number exact.
    /// Throws  InternalError if nothing is left between the ends
    void raise_lower(const exact::Rational& bound);
    void reduce_upper(const exact::Rational& bound);

    std::string method;  ///< how it was found: `truth table`, `BDD`, …
    std::string reason;  ///< why it is not exact
    /// Of intervals from samples: the probability with which all of one run hold together; else none.
    std::optional<exact::Rational> confidence;

  private:
    Measurement(exact::Rational lower, exact::Rational upper, Guarantee guarantee);
    void settle();

    exact::Rational lower_, upper_;
    Guarantee guarantee_;
};

}  // namespace attest::verdict
