#pragma once

#include <cstdint>

#include "attest/exact/ball.hpp"
#include "attest/exact/interval.hpp"

namespace attest::exact {

/// The function between the maps of a feed-forward part, once for each arithmetic.
///
///     relu        max(0, x)
///     leaky-relu  x where x ≥ 0, slope · x elsewhere
///     gelu        x/2 · (1 + erf(x/√2))
///     gelu-tanh   x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³)))
///     silu        x / (1 + e^(−x))
///     tanh, sigmoid
struct Activation {
    enum class Kind : std::uint8_t { relu, leaky_relu, gelu, gelu_tanh, silu, tanh, sigmoid };

    Kind kind = Kind::relu;
    Rational slope;  ///< of leaky-relu

    /// Whether it takes rationals to rationals.
    bool is_rational() const { return kind == Kind::relu || kind == Kind::leaky_relu; }
    bool operator==(const Activation&) const = default;
};

const char* to_string(Activation::Kind kind);

/// Needs   activation.is_rational()
/// Exact   yes
Rational activate(const Activation& activation, const Rational& x);

/// Exact   encloses the values at all points of the ball
/// Cost    of an error function or an exponential function with the ball's bits
Ball activate(const Activation& activation, const Ball& x);

/// Exact   encloses the values at all points of the interval, and is narrow: gelu, gelu-tanh and silu fall and then rise,
///         so that what they take an interval to lies between their values at its ends, or the least value if that is in it
/// Cost    about 1 µs (Arb), except for relu and leaky-relu
Interval activate(const Activation& activation, Interval x);

/// In doubles, as a program would compute it.
/// Exact   heuristic
double activate(const Activation& activation, double x);

/// A number L with |f(x) − f(y)| ≤ L |x − y| for all x, y.
///
/// Exact   upper bound: that of gelu is taken at √2 and is 1.128904…, that of gelu-tanh 1.128993…, that of silu 1.099839…
double lipschitz(const Activation& activation);

}  // namespace attest::exact
