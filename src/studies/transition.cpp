#include "studies/transition.hpp"

#include <algorithm>

#include "studies/reach.hpp"

// Which transition it is. For n → ∞ what is reached along known true edges is ρ(c s)²: zero up to s* = 1/c, positive beyond, and
// continuous there. So the order parameter has a threshold but no jump: the rise from a tenth to nine tenths of the greatest
// value keeps a width that does not shrink with n. At s* itself the reach falls as n^(−2/3), the mean size of a component in
// the critical window over n. A chain of L steps that counts only as a whole, s^L, does the opposite: it gets the steeper the
// longer it is and has no threshold at all.

namespace attest::studies {

using exact::Ball;
using exact::Rational;

namespace {

constexpr long rise_bits = 128;
constexpr int halvings = 20;

/// s with R(n, s p) = share R(n, p). Where rounding leaves a comparison open, what is enclosed by then stays.
std::optional<Ball> place(const ToyModel& model, const Ball& wanted, const base::Limits& limits) {
    Rational low = 0, high = 1;
    for (int k = 0; k < halvings; ++k) {
        const Rational middle = (low + high) / 2;
        const std::optional<Ball> value = reach(model.nodes, Rational(middle * model.edge()), rise_bits, limits);
        if (!value) return std::nullopt;
        const exact::Sign sign = (*value - wanted).sign();
        if (sign == exact::Sign::unknown) break;
        (sign == exact::Sign::negative ? low : high) = middle;
    }
    return Ball::between(low, high, rise_bits);
}

std::optional<FiniteSize> finite_size(const ToyModel& model, const base::Limits& limits) {
    FiniteSize size;
    size.nodes = model.nodes;
    const std::optional<Ball> most = reach(model.nodes, model.edge(), rise_bits, limits);
    if (!most) return std::nullopt;
    for (std::size_t k = 0; k < rise_shares.size(); ++k) {
        const std::optional<Ball> at = place(model, *most * Ball(rise_shares[k], rise_bits), limits);
        if (!at) return std::nullopt;
        size.rise.at[k] = *at;
    }
    const Rational n = static_cast<unsigned long>(model.nodes);
    const std::optional<Ball> critical = reach(model.nodes, Rational(1 / n), rise_bits, limits);
    if (!critical) return std::nullopt;
    size.critical = *critical * exp(Ball(Rational(2, 3), rise_bits) * log(Ball(n, rise_bits)));
    return size;
}

/// Of ρ(c s)²: from ρ = 1 − e^{−c s ρ} follows c s = −log(1 − ρ) / ρ.
Rise limit_rise(const Rational& degree) {
    const Ball most = giant(degree, rise_bits);
    Rise rise;
    for (std::size_t k = 0; k < rise_shares.size(); ++k) {
        const Ball rho = most * sqrt(Ball(rise_shares[k], rise_bits));
        rise.at[k] = -log1p(-rho) / (rho * Ball(degree, rise_bits));
    }
    return rise;
}

}  // namespace

std::optional<Transition> transition(const ToyModel& model, const base::Limits& limits) {
    constexpr std::size_t fewest = 8;
    Transition found;
    found.threshold = 1 / model.degree;
    found.emit_threshold = std::max(Rational((1 - model.hallucination) / model.degree), Rational(0));
    for (const std::size_t part : {8, 4, 2, 1}) {
        ToyModel smaller = model;
        smaller.nodes = model.nodes / part;
        const bool is_of_use = smaller.nodes >= fewest && model.degree <= static_cast<unsigned long>(smaller.nodes);
        if (part > 1 && !is_of_use) continue;
        const std::optional<FiniteSize> size = finite_size(smaller, limits);
        if (!size) return std::nullopt;
        found.sizes.push_back(*size);
    }
    if (model.degree > 1) found.limit = limit_rise(model.degree);
    return found;
}

Rise exact_match(std::size_t steps) {
    Rise rise;
    const Ball length(static_cast<long>(steps));
    for (std::size_t k = 0; k < rise_shares.size(); ++k)
        rise.at[k] = exp(log(Ball(rise_shares[k], rise_bits)) / length);
    return rise;
}

}  // namespace attest::studies
