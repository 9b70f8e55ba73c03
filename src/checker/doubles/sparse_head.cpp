#include <algorithm>
#include <cmath>

#include "checker/doubles/attention_head.hpp"
#include "checker/doubles/head_lanes.hpp"

// Sparsemax of scores s_1 … s_n: the weights p_j = max(0, s_j − τ), with the one τ for which f_s(τ) = Σ max(0, s_j − τ) is 1. It
// is the same for s and for s − c.
//
// Scores. Let each ŝ_j be within δ of s_j (attention_head.cpp). f_ŝ(t + δ) <= f_s(t) <= f_ŝ(t − δ), so the two τ are no further
// apart than δ, and max(0, s_j − τ) moves by at most 2 δ: Σ |p_j − p̄_j| <= 2 n δ, p̄ the weights of ŝ.
//
// The greatest score is taken off, which is rounded: t_j = ŝ_j − max ŝ. As f(max − 1) >= 1, τ >= max − 1, and of what lies
// below that nothing matters but that it does. What lies above it is rounded by at most u, and what lies below stays below max
// − 1, or is as if it lay there. So the rounding is that of scores that are off by at most u besides.
//
// Any τ̂ will do. All max(0, t_j − τ) grow together or shrink together when τ moves, so Σ |max(0, t_j − τ̂) − p̄_j| = |f(τ̂) − 1|.
// Each computed weight ŵ_j is rounded once, and so is each sum of Ŵ = Σ ŵ_j: |f(τ̂) − Ŵ| <= γ Ŵ for n + 1 roundings. With r = |Ŵ
// − 1| as computed (rounded once more) Σ |ŵ_j − p̄_j| <= r + (γ + 2 u) (1 + r).
//
// So Σ |ŵ_j − p_j| <= w = 2 n (δ + u) + r + (γ + 2 u) (1 + r), and Σ p_j v_j differs from the computed Σ ŵ_j v̂_j by at most max
// error_v + w max ‖v̂‖, and γ (1 + r) max ‖v̂‖ for a sum of n products.
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
    for (std::size_t j = 0; j < count; ++j)
        at(at_half.weights + j * tile) = at(at_half.weights + j * tile) - most;
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

/// Gives by how much the weights miss 1.
ATTEST_INLINE void weights_above(const Half& at_half, const Lanes& tau, Lanes& missing) {
    const Lanes none = {};
    Lanes total = {};
    for (std::size_t j = 0; j < at_half.seen.values.size(); ++j) {
        const Lanes t = at(at_half.weights + j * tile), weight = t > tau ? t - tau : none;
        at(at_half.weights + j * tile) = weight;
        total += weight;
    }
    missing = total - 1;
    missing = missing < none ? -missing : missing;
}

}  // namespace

ATTEST_LANES void attend_sparsely(ConstRows query, std::size_t dk, const Seen& seen, std::size_t dv, Rows result,
                                  double* weights, double* missing) {
    const Lanes one = Lanes{} + 1;
    for (std::size_t first = 0; first < tile; first += lanes) {
        const Half half{query, seen, first, weights + first};
        Lanes most = {}, tau = {}, missed = {}, variance = {};
        scores(half, dk, most);
        thresholds(half, most, tau);
        weights_above(half, tau, missed);
        mean(half, dv, one, result, variance);
        at(missing + first) = missed;
    }
}

double attend_sparsely(ConstRows query, std::size_t dk, const Seen& seen, std::size_t dv, Rows result,
                       double* weights) {
    double missing[tile], most = 0;
    attend_sparsely(query, dk, seen, dv, result, weights, missing);
    for (const double each : missing) most = std::max(most, each < greatest ? each : infinite);
    return most;
}

Bound bound_of_sparse_mean(const Bound& query, const Bound& key, const Bound& value, const MeanOf& of) {
    const double delta = error_of_scores(query, key, of), missing = of.variance;
    const auto n = static_cast<double>(of.positions);
    const double rounding = rounding_of(of.positions + 4) * (1 + missing);
    const double weights = upward(2 * n * (delta + 1.01 * unit) + missing + rounding);
    return bounded(value.error + (weights + rounding) * value.size, 1.001 * (1 + missing) * value.size);
}

}  // namespace attest::checker
