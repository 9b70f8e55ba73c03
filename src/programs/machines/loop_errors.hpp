#pragma once

#include <optional>

#include "programs/machines/loop.hpp"

namespace attest::machines {

/// Upper bounds of four exponentials, from which all errors of a loop follow (FORMAT.md, section 29.3).
struct TemperatureBounds {
    exact::Rational x;      ///< of e^(−2λ)
    exact::Rational far;    ///< of e^(−2λ(1 − e₁))
    exact::Rational rho;    ///< of e^(λ L e₁ (1 + e₁)) − 1
    exact::Rational write;  ///< of e^(λ L e₁) − 1
};

/// How far from −1, 0, 1 the numbers of a network can be before its last layer, whatever program of the shape it runs.
struct LoopErrors {
    exact::Rational pointer;   ///< of the three codes of a command: e₁
    exact::Rational read;      ///< of a word that is read: e₂
    exact::Rational sum;       ///< of its last bit after both adders: e₃
    exact::Rational write;     ///< of the cell that is written
    exact::Rational other;     ///< of all other cells
    exact::Rational next;      ///< of the next command
    bool adders_hold = false;  ///< the adders' errors are small enough for their bounds to hold

    exact::Rational greatest() const;
    /// Whether the last layer makes all of it exact.
    bool within(const exact::Rational& snap) const { return adders_hold && greatest() <= snap; }
};

struct LoopBounds {
    TemperatureBounds bounds;
    LoopErrors errors;
};

/// Exact   upper bounds: exponentials in balls, rounded up; everything else in rationals
/// Needs   temperature > 0
LoopBounds loop_errors(const SubleqShape& shape, const exact::Rational& temperature);

/// The least temperature, in hundredths, for which the errors are within the snap; none below 10000.
std::optional<exact::Rational> least_temperature(const SubleqShape& shape, const exact::Rational& snap);

/// Whether e^(λ L), the greatest exponential of an attention that does not take the maximum off first, is beyond all
/// numbers of binary64.
bool overflows_binary64(const SubleqShape& shape, const exact::Rational& temperature);

}  // namespace attest::machines
