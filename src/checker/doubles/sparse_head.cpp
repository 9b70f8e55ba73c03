#include <algorithm>
#include <cmath>

#include "checker/doubles/attention_head.hpp"
#include "checker/doubles/head_lanes.hpp"

// Sparsemax of scores s_1 … s_n: the weights p_j = max(0, s_j − τ), with the one τ for which f_s(τ) = Σ max(0, s_j − τ) is 1. It
// is the same for s and for s − c.
//
// Scores. Let each ŝ_j be within δ of s_j (attention_head.cpp), g = ŝ − s. On the way s + x g each score is within δ of ŝ_j, and
// so is τ_x of that of ŝ, since f_ŝ(t + δ) <= f(t) <= f_ŝ(t − δ). Weights are linear in x as long as the set S of those that
// are positive stays: then Σ dp_j/dx v̂_j = Σ_S (g_j − mean_S g) v̂_j, which by Cauchy and Schwarz is no longer than |S| δ max ‖v̂‖,
// and S has no j with ŝ_j <= τ − 2 δ.
//
// The greatest score is taken off, which is rounded: t_j = ŝ_j − max ŝ, of which the greatest is 0 exactly. As f(−1) >= 1, τ >=
// −1, and this holds all the way to the rounded t_j; what lies at −1 or below stays there, without weight. The others are
// rounded by at most u. So this is a way like that before, with u for δ.
//
// Any τ̂ will do. All max(0, t_j − τ̂) grow together or shrink together when τ̂ moves, so Σ |max(0, t_j − τ̂) − p̄_j| = |f(τ̂) − 1|,
// p̄ the weights of t. Each computed weight ŵ_j is rounded once, and so is each sum of Ŵ = Σ ŵ_j: |f(τ̂) − Ŵ| <= γ Ŵ for n + 1
// roundings. With r = |Ŵ − 1| as computed (rounded once more) Σ |ŵ_j − p̄_j| <= r + (γ + 2 u) (1 + r). If that is below 1, τ̂ is
// below the greatest t_j, and no further from τ than f(τ̂) from 1, as f falls at least as fast as its argument grows there.
//
// So Σ p_j v_j differs from the computed Σ ŵ_j v̂_j by at most max error_v + (k (δ + u) + r + (γ + 2 u) (1 + r)) max ‖v̂‖, and γ
// (1 + r) max ‖v̂‖ for a sum of n products, where k counts the j with t_j > τ̂ − 2 δ − r − (γ + 6 u) (1 + r), or all where r is
// 1/2 or more: a score that has a weight on the first way is no less than max − 1 − 2 δ, and rounded by at most u (1 + 2 δ), of
// which `upward` in δ makes up for 2 u δ.
//
// τ̂ is sought from below: from max − 1 on it is (Σ t_j − 1) / m over the m scores that are above it, until that is no more than
// it was. Each step leaves out scores that have no weight, so that without rounding it ends with the true τ after n steps.

namespace attest::checker {
namespace {

ATTEST_INLINE bool is_above(const Lanes& next, const Lanes& tau) {
    bool above = false;
    for (std::size_t k = 0; k < lanes; ++k) above = above || next[k] > tau[k];
    return above;
}

/// The weights are scores, and become differences to the greatest.
ATTEST_INLINE void thresholds(const Half& at_half, const Lanes& most, Lanes& tau) {
    const Lanes none = {}, one = none + 1;
    const std::size_t count = at_half.seen.values.size();
    for (std::size_t j = 0; j < count; ++j) at(at_half.weights + j * tile) = at(at_half.weights + j * tile) - most;
    tau = -one;
    for (std::size_t step = 0; step <= count; ++step) {
        Lanes sum = {}, many = {};
        for (std::size_t j = 0; j < count; ++j) {
            const Lanes t = at(at_half.weights + j * tile);
            sum += t > tau ? t : none;
            many += t > tau ? one : none;
        }
        const Lanes next = (sum - one) / many;
        if (!is_above(next, tau)) return;
        tau = next > tau ? next : tau;
    }
}

/// What is rounded away, a unit of the sum of weights.
double rounding_of_weights(std::size_t positions) { return rounding_of(positions + 8); }

/// The differences become weights; gives by how much these miss 1, and how many might be positive if scores are off by so much.
ATTEST_INLINE void weights_above(const Half& at_half, const Lanes& tau, double error, Lanes& missing, Lanes& support) {
    const Lanes none = {}, one = none + 1;
    const std::size_t count = at_half.seen.values.size();
    Lanes total = {};
    for (std::size_t j = 0; j < count; ++j) {
        const Lanes t = at(at_half.weights + j * tile);
        total += t > tau ? t - tau : none;
    }
    missing = total - 1;
    missing = missing < none ? -missing : missing;
    const Lanes least = tau - 2 * error - missing - rounding_of_weights(count) * (1 + missing);
    support = none;
    for (std::size_t j = 0; j < count; ++j) {
        const Lanes t = at(at_half.weights + j * tile);
        support += t > least ? one : none;
        at(at_half.weights + j * tile) = t > tau ? t - tau : none;
    }
}

}  // namespace

ATTEST_LANES void attend_sparsely(ConstRows query, std::size_t dk, const Seen& seen, std::size_t dv, Rows result,
                                  double* weights, double error, double* missing, double* support) {
    const Lanes one = Lanes{} + 1;
    for (std::size_t first = 0; first < tile; first += lanes) {
        const Half half{query, seen, first, weights + first};
        Lanes most = {}, tau = {}, missed = {}, positive = {}, variance = {};
        scores(half, dk, most);
        thresholds(half, most, tau);
        weights_above(half, tau, error, missed, positive);
        mean(half, dv, one, result, variance);
        at(missing + first) = missed;
        at(support + first) = positive;
    }
}

SparseWeights attend_sparsely(ConstRows query, std::size_t dk, const Seen& seen, std::size_t dv, Rows result,
                              double* weights, double error_of_scores) {
    double missing[tile], support[tile];
    attend_sparsely(query, dk, seen, dv, result, weights, error_of_scores, missing, support);
    SparseWeights most;
    for (std::size_t k = 0; k < tile; ++k) {
        const bool is_near = missing[k] < 0.5;  // what is no number is not
        most.missing = std::max(most.missing, missing[k] < greatest ? missing[k] : infinite);
        most.support = std::max(most.support, is_near ? static_cast<std::size_t>(support[k]) : seen.values.size());
    }
    return most;
}

Bound bound_of_sparse_mean(const Bound& query, const Bound& key, const Bound& value, const MeanOf& of,
                           const SparseWeights& weights) {
    const double delta = error_of_scores(query, key, of);
    const double rounding = rounding_of_weights(of.positions) * (1 + weights.missing);
    const double moved =
        upward(static_cast<double>(weights.support) * (delta + 1.01 * unit) + weights.missing + rounding);
    return bounded(value.error + (moved + rounding) * value.size, 1.001 * (1 + weights.missing) * value.size);
}

}  // namespace attest::checker
