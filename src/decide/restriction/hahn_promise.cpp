#include <cmath>

#include "attest/decide/restriction/hahn.hpp"

// Inequalities (9) to (11) of [hahn2020theoretical] for a first layer (c = 1) on all inputs (C = 1), with A = 1/k², B = 1/2.

namespace attest::restriction {

namespace {

/// Whether P(no chosen activation is forced) <= A (1 − B) (1 − A)^f, in logarithms, and 2/k <= eta.
bool large_enough(double k, double heads, double eta, double q) {
    const double f = 4 / eta * k * k * heads;
    const double failure = k * eta * std::log1p(-q / 2);
    return 2 / k <= eta && failure <= -2 * std::log(k) - std::log(2.0) + f * std::log1p(-1 / (k * k));
}

}  // namespace

HahnPromise hahn_promise(std::size_t heads, double eta, double q, double delta) {
    const double h = static_cast<double>(heads);
    double high = 4;
    while (!large_enough(high, h, eta, q)) high *= 2;
    double low = high / 2;
    while (high - low > 0.5) {
        const double middle = std::floor((low + high) / 2);
        if (middle <= low || middle >= high) break;
        (large_enough(middle, h, eta, q) ? high : low) = middle;
    }
    const double drift = delta * delta * q * (1 - 2 * eta) / 3 + 2 * h * std::log1p(-1 / (high * high));
    return {high, (1 - 2 * eta) * (1 - (1 + delta) * q), 2 * high * h + 1, std::ceil(std::log(2.0) / drift)};
}

}  // namespace attest::restriction
