#include "checker/doubles/attention_head.hpp"

#include <algorithm>
#include <cmath>

#include "checker/doubles/exponential.hpp"
#include "checker/doubles/head_lanes.hpp"

// A score is q · k + b. With q̂, k̂ in place of q, k it changes by at most size_q error_k + error_q size_k + error_q
// error_k; computed with its dk products and b it is rounded by at most γ (size_q size_k + |b|). Let δ be the sum of
// these and of the error of b: each computed score ŝ_j is within δ of the true s_j.
//
// Let p be the softmax of s, p̄ that of ŝ. On the way p_t ∝ e^(s + t g), g = ŝ − s, from p to p̄, the derivative of
// p_t,j is p_t,j (g_j − E g), E and variances by p_t. Two bounds follow for D = ‖Σ (p_j − p̄_j) v̂_j‖:
// - The sum of the sizes of the derivatives is E|g − E g| <= √Var g <= δ, so Σ |p_j − p̄_j| <= δ, and D <= δ max ‖v̂‖.
// - The derivative of Σ p_t,j v̂_j is the covariance of g and v̂, no longer than √Var g √Var v̂ <= δ √Var v̂. As p_t,j
//   <= e^(2 δ (1 − t)) p̄_j, √Var v̂ <= e^(δ (1 − t)) σ, σ² the variance of v̂ by p̄. So D <= (e^δ − 1) σ <= 1.14 δ σ,
//   if δ <= 1/4. It is the better one where one position is looked at, or values are alike.
//
// The computed weights: t_j = ŝ_j − max ŝ <= 0 is rounded by at most u |t_j|, and the exponential has the relative
// error 2^-47: e_j = e^t_j (1 + θ_j), |θ_j| <= 1.01 (u |t_j| + 2^-47); scores below −700 get e^-700 at most, less than
// 2^-1000. Before division by Z = Σ e^t_j >= 1 and as e^t |t| <= 1/e, Σ p̄_j |θ_j| <= A = 1.02 (2^-47 + 0.37 n u). The
// weights p̃_j = e_j / Σ e_k differ from p̄_j by p̄_j |θ_j − η| / (1 + η), where 1 + η = Σ e_k / Z, |η| <= A; so Σ
// |p̃_j − p̄_j| <= 2 A / (1 − A) <= 2.01 A.
//
// Where weights are found once for many words (weights_of_scores), t_j is ŝ_j less the greatest score that there is in any of
// them, and |t_j| <= 64 for each: then Σ p̄_j |θ_j| <= A = 1.02 (2^-47 + 64 u), and the rest is as above.
//
// The mean Σ p_j v_j differs from Σ p̃_j v̂_j by at most max error_v + D + Σ |p̄_j − p̃_j| max ‖v̂‖. The sums Σ e_j
// v̂_j and Σ e_j have n terms each; the inverse of the latter and a product follow: (2 n + 4) roundings, of a vector no
// longer than max ‖v̂‖. Where one position is seen its score does not matter: with any weight e, e v̂_1 · (1/e) is v̂_1
// but for three roundings.
//
// The computed variance: as |t_j| <= 700 where p̄_j is not less than p̃_j, p̄_j <= (1 + 2^-40) p̃_j, and σ² is at most
// (1 + 2^-40) times the variance by p̃. Its sum of n dv terms and n weights, and the square of the mean, have errors of
// a unit of max ‖v̂‖² each: together below (n dv + 6 n + dv + 40) u.

namespace attest::checker {
namespace {

constexpr double farthest_score = 64;

/// D above.
double move_of_mean(double delta, double size, const MeanOf& of) {
    constexpr double greatest_delta = 0.25;
    const double by_size = delta * size;
    if (!(delta <= greatest_delta)) return by_size;
    const std::size_t n = of.positions, terms = n * of.dv + 6 * n + of.dv + 40;
    const double variance = 1.001 * upward(of.variance + 1.01 * rounding_of(terms) * size * size);
    return std::min(by_size, 1.14 * delta * std::sqrt(variance));
}

}  // namespace

double error_of_scores(const Bound& query, const Bound& key, const MeanOf& of) {
    return upward(query.size * key.error + query.error * (key.size + key.error) + of.biases.error +
                  rounding_of(of.dk + 2) * (query.size * key.size + of.biases.size));
}

Bound bound_of_mean(const Bound& query, const Bound& key, const Bound& value, const MeanOf& of) {
    if (of.positions == 1) return bounded(value.error + rounding_of(4) * value.size, 1.001 * value.size);
    const double delta = error_of_scores(query, key, of);
    const auto n = static_cast<double>(of.positions);
    const double exponents = of.is_summed ? farthest_score : 0.37 * n;
    const double weights = 1.02 * (error_of_exponential + exponents * unit);
    const double rounding = 2.01 * weights + rounding_of(2 * of.positions + 6);
    return bounded(value.error + move_of_mean(delta, value.size, of) + rounding * value.size, 1.001 * value.size);
}

namespace {

/// The scores become weights; gives one over their sum.
ATTEST_INLINE void exponentials(const Half& at_half, const Lanes& most, Lanes& inverse) {
    Lanes total = {};
    for (std::size_t j = 0; j < at_half.seen.values.size(); ++j) {
        Lanes weight = at(at_half.weights + j * tile) - most;
        exponential(weight);
        at(at_half.weights + j * tile) = weight;
        total += weight;
    }
    inverse = 1 / total;
}

}  // namespace

ATTEST_LANES void attend(ConstRows query, std::size_t dk, const Seen& seen, std::size_t dv, Rows result,
                         double* weights, double* variances) {
    for (std::size_t first = 0; first < tile; first += lanes) {
        const Half half{query, seen, first, weights + first};
        Lanes most = {}, inverse = {}, variance = {};
        scores(half, dk, most);
        exponentials(half, most, inverse);
        mean(half, dv, inverse, result, variance);
        at(variances + first) = variance;
    }
}

namespace {

double greatest_variance(const double* variances) {
    double most = 0;
    for (std::size_t c = 0; c < tile; ++c)
        most = std::max(most, variances[c] < greatest * greatest ? variances[c] : infinite);
    return most;
}

}  // namespace

double attend(ConstRows query, std::size_t dk, const Seen& seen, std::size_t dv, Rows result, double* weights) {
    double variances[tile];
    attend(query, dk, seen, dv, result, weights, variances);
    return greatest_variance(variances);
}

ATTEST_LANES void exponentials(double* scores, std::size_t count, double greatest_score) {
    for (std::size_t k = 0; k < count; k += lanes) {
        Lanes weight = at(scores + k) - greatest_score;
        exponential(weight);
        at(scores + k) = weight;
    }
}

bool weights_of_scores(std::vector<double>& scores) {
    const double most = *std::max_element(scores.begin(), scores.end());
    for (const double score : scores)
        if (!(most - score <= farthest_score)) return false;
    const std::size_t count = scores.size();
    scores.resize((count + lanes - 1) / lanes * lanes, most);
    exponentials(scores.data(), scores.size(), most);
    scores.resize(count);
    return true;
}

ATTEST_LANES void divide_sums(ConstRows sums, std::size_t dv, Rows result, double* variances) {
    for (std::size_t first = 0; first < tile; first += lanes) {
        const Lanes inverse = 1 / at(sums.row(dv + 1) + first);
        Lanes square_of_mean = {};
        for (std::size_t r = 0; r < dv; ++r) {
            const Lanes mean = at(sums.row(r) + first) * inverse;
            square_of_mean += mean * mean;
            at(result.row(r) + first) = mean;
        }
        at(variances + first) = at(sums.row(dv) + first) * inverse - square_of_mean;
    }
}

double divide_sums(ConstRows sums, std::size_t dv, Rows result) {
    double variances[tile];
    divide_sums(sums, dv, result, variances);
    return greatest_variance(variances);
}

}  // namespace attest::checker
