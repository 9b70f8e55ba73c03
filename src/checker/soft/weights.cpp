#include "checker/soft/weights.hpp"

#include <algorithm>

// softmax: subtracting one number c from all scores changes nothing, and keeps the exponentials small.
// sparsemax: p_j = max(0, s_j - τ(s)), where τ(s) is the greatest of (Σ_{j ∈ S} s_j - 1) / |S| over sets S, so it rises with
// each score: the lower ends of the scores give a lower bound of τ, the upper ends an upper one. For given scores a set of
// the k greatest attains it, for some k. [Martins and Astudillo, "From softmax to sparsemax" (2016).]

namespace attest::checker {
namespace {

/// τ of scores that are numbers.
Interval threshold(Intervals numbers) {
    std::sort(numbers.begin(), numbers.end(), [](const Interval& a, const Interval& b) { return below(b, a); });
    const mpfr_prec_t bits = numbers.front().bits();
    Interval sum(Rational(-1), bits);
    Interval best = Interval::entire(bits);
    for (std::size_t k = 0; k < numbers.size(); ++k) {
        sum += numbers[k];
        const Interval mean = sum / Interval(Rational(static_cast<unsigned long>(k + 1)), bits);
        best = k == 0 ? mean : max(best, mean);
    }
    return best;
}

}  // namespace

Intervals softmax_weights(Intervals scores) {
    const Interval c = std::max_element(scores.begin(), scores.end(), [](const Interval& a, const Interval& b) {
                           return below(a, b);
                       })->bottom();
    for (Interval& score : scores) score = exp(score - c);
    return scores;
}

Intervals sparsemax_weights(const Intervals& scores, Budget& budget) {
    budget.step(64, scores.size());
    Intervals low, high;
    for (const Interval& score : scores) {
        low.push_back(score.bottom());
        high.push_back(score.top());
    }
    const bool finite = std::all_of(scores.begin(), scores.end(), [](const Interval& s) { return s.is_finite(); });
    const mpfr_prec_t bits = scores.front().bits();
    const Interval tau = finite ? hull(threshold(std::move(low)), threshold(std::move(high))) : Interval::entire(bits);
    const Interval zero(bits);
    Intervals weights;
    for (const Interval& score : scores) weights.push_back(max(score - tau, zero));
    return weights;
}

}  // namespace attest::checker
