#include <fmt/format.h>

#include "constructions.hpp"
#include "heads.hpp"

// Parity of K bits by one layer of K heads and nothing else, as in [rajaraman2026head]: K heads suffice for K bits and
// K − 1 do not, whatever the width.
//
// With c the number of 1s, head j gives (alpha_j + beta_j c)/(c + j), and their sum is P(c)/D(c) with
// D(c) = (c + 1) … (c + K) and P(c) = (−1)^K (c − 1/2) … (c − K + 1/2), whose sign is (−1)^c. By partial fractions
// P/D = C + Σ lambda_j/(c + j), C = (−1)^K, lambda_j = P(−j)/Π_{m ≠ j}(m − j); alpha_j = lambda_j + C j/K,
// beta_j = C/K. Weights e^score: 1/2 on the reading marker, (j − 1/2)/K on a 0, 1 more on a 1, which sum to c + j
// exactly; their marker has a weight near 0 instead.

namespace attest::programs::constructions {

namespace {

using exact::Rational;

/// lambda_j
Rational residue(int heads, int j) {
    Rational p = heads % 2 == 0 ? 1 : -1, d = 1;
    for (int m = 1; m <= heads; ++m) {
        p *= -j - m + Rational(1, 2);
        if (m != j) d *= m - j;
    }
    return p / d;
}

}  // namespace

network::Transformer head_parity(int heads) {
    enum : Coordinate { zero, one, cls, output, log_half, logs };
    const std::size_t width = static_cast<std::size_t>(logs + 2 * heads);
    network::Transformer t = blank({"0", "1"}, width, "", end_marker);
    embed(t, "0", {{zero, 1}});
    embed(t, "1", {{one, 1}});
    embed(t, end_marker, {{cls, 1}});
    place(t, log_half, "log(1/2)");
    std::vector<Look> looks;
    const Rational c = heads % 2 == 0 ? 1 : -1;
    for (int j = 1; j <= heads; ++j) {
        const Coordinate of_zero = logs + 2 * static_cast<Coordinate>(j - 1), of_one = of_zero + 1;
        const Rational weight_of_zero(2 * j - 1, 2 * heads), weight_of_one = weight_of_zero + 1;
        place(t, of_zero, fmt::format("log({}/{})", 2 * j - 1, 2 * heads));
        place(t, of_one, fmt::format("log({}/{})", 2 * j - 1 + 2 * heads, 2 * heads));
        const Rational alpha = residue(heads, j) + c * j / heads, beta = c / heads;
        const Rational value_of_zero = alpha / heads / weight_of_zero,
                       value_of_one = (alpha / heads + beta) / weight_of_one;
        // Accept iff the sum is negative.
        looks.push_back({.query = {x(of_zero), x(of_one), x(log_half)},
                         .key = {x(zero), x(one), x(cls)},
                         .value = {-(value_of_zero * x(zero) + value_of_one * x(one))},
                         .into = {output}});
    }
    network::Attention attention = softmax(width, network::Mask::none, looks);
    attention.residual = false;
    t.layers.push_back({.attention = std::move(attention), .feedforward = {}});
    accept_if_positive(t, x(output));
    return t;
}

}  // namespace attest::programs::constructions
