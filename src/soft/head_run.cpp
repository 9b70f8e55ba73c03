// One head on one word, in balls.
//
// Softmax. Weights do not change if one number is subtracted from all scores; it is the middle of the highest, an exact
// number, so that no exponential overflows and no radius is added. If all scores are that one number, weights are equal
// exactly.
//
// Sparsemax. The weights are max(0, s_j − τ), where τ = max over sets S of positions of (Σ_S s − 1)/|S|, taken by the
// |S| greatest scores for the best size. τ does not fall when a score rises: so it lies between the thresholds of the
// balls' lower ends and of their upper ends, both of which are rational and formed exactly.
//
// That τ is this maximum: Σ_S (s − τ) <= Σ max(0, s − τ) = 1 for every S, so that τ is at least each of them, and equal
// for the support.
//
// Source  [martins2016softmax, Proposition 1]

#include "head_run.hpp"

#include <algorithm>
#include <functional>

namespace attest::soft {

using exact::Ball;
using exact::BallVector;

namespace {

bool higher(const Ball& a, const Ball& b) { return arf_cmp(arb_midref(a.raw()), arb_midref(b.raw())) < 0; }

/// e^score, less what is common to all.
BallVector exponentials(BallVector scores) {
    const Ball shift = std::max_element(scores.begin(), scores.end(), higher)->center();
    const bool equal = std::all_of(scores.begin(), scores.end(), [&](const Ball& s) { return same(s, shift); });
    for (Ball& s : scores) s = equal ? Ball(1) : exp(s - shift);
    return scores;
}

/// max over k of (the sum of the first k − 1) / k, for numbers that fall: below every other sum of k of them less 1,
/// over k.
Ball threshold_of(const std::vector<exact::Rational>& falling, long bits) {
    exact::Rational sum, greatest;
    for (std::size_t k = 0; k < falling.size(); ++k) {
        sum += falling[k];
        const exact::Rational threshold = (sum - 1) / static_cast<long>(k + 1);
        if (k == 0 || threshold > greatest) greatest = threshold;
    }
    return {greatest, bits};
}

/// max(0, score − τ), where τ = max over sets S of positions of (Σ_S score − 1) / |S|. τ rises with each score, so that
/// it lies between those of the balls' lower and upper ends.
BallVector sparse_weights(BallVector scores) {
    const long bits = std::max_element(scores.begin(), scores.end(), [](const Ball& a, const Ball& b) {
                          return a.bits() < b.bits();
                      })->bits();
    if (!std::all_of(scores.begin(), scores.end(), [](const Ball& s) { return s.is_finite(); })) {
        for (Ball& s : scores) s = Ball(1) / Ball(0);
        return scores;
    }
    std::vector<exact::Rational> lower, upper;
    for (const Ball& s : scores) lower.push_back(s.lower()), upper.push_back(s.upper());
    std::sort(lower.begin(), lower.end(), std::greater<>());
    std::sort(upper.begin(), upper.end(), std::greater<>());
    const Ball threshold = hull(threshold_of(lower, bits), threshold_of(upper, bits));
    for (Ball& s : scores) {
        const Ball weight = s - threshold;
        s = weight.sign() == exact::Sign::positive  ? weight
            : weight.sign() == exact::Sign::unknown ? max(weight, 0)
                                                    : Ball(0);
    }
    return scores;
}

}  // namespace

HeadRun::HeadRun(const BallHead& head, const BallRotary* rotary, std::size_t positions, long bits, Input input)
    : head_(head),
      rotary_(rotary),
      bits_(bits),
      keys_(positions),
      values_(positions),
      sums_{BallVector(head.value.outputs())},
      input_(std::move(input)) {}

std::optional<BallVector> HeadRun::mean(std::size_t i, BallVector* weights) {
    const Range seen = span(i);
    if (seen.first >= seen.last) return std::nullopt;
    const std::size_t count = seen.last - seen.first;
    const bool even = count == 1 || (!head_.query && head_.bias == nullptr);
    if (even && weights != nullptr)
        weights->assign(count, Ball(exact::Rational(1, static_cast<unsigned long>(count)), bits_));
    if (count == 1) return value(seen.first);
    return even ? uniform(count) : weighted(i, seen, weights);
}

std::optional<BallVector> HeadRun::constant(std::size_t i) const {
    const Range seen = span(i);
    if (seen.first >= seen.last) return std::nullopt;
    return head_.value.apply(BallVector(head_.value.inputs()));
}

HeadRun::Range HeadRun::span(std::size_t i) const {
    const network::Span span =
        network::seen(head_.mask, static_cast<std::int64_t>(i) + 1, static_cast<std::int64_t>(values_.size()));
    return {static_cast<std::size_t>(span.first - 1), static_cast<std::size_t>(span.last)};
}

const BallVector& HeadRun::value(std::size_t j) {
    if (values_[j].empty()) values_[j] = head_.value.apply(input_(j));
    return values_[j];
}

const BallVector& HeadRun::key(std::size_t j) {
    if (keys_[j].empty()) {
        keys_[j] = head_.key->apply(input_(j));
        if (rotary_ != nullptr) rotary_->apply(j, keys_[j]);
    }
    return keys_[j];
}

Ball HeadRun::bias(std::size_t i, std::size_t j) const {
    const std::size_t n = values_.size();
    if (!head_.table.empty()) return head_.table[i * n + j];
    return head_.bias->enclose({.i = static_cast<std::int64_t>(i) + 1,
                                .j = static_cast<std::int64_t>(j) + 1,
                                .n = static_cast<std::int64_t>(n)},
                               bits_);
}

/// Sums of the first (for the masks that look ahead: last) 0, 1, … values, made as far as they are asked for.
BallVector HeadRun::uniform(std::size_t count) {
    const bool ahead = head_.mask == network::Mask::future || head_.mask == network::Mask::strict_future;
    while (sums_.size() <= count) {
        const std::size_t k = sums_.size() - 1;
        BallVector sum = sums_.back();
        const BallVector& next = value(ahead ? values_.size() - 1 - k : k);
        for (std::size_t r = 0; r < sum.size(); ++r) sum[r] += next[r];
        sums_.push_back(std::move(sum));
    }
    BallVector mean = sums_[count];
    for (Ball& x : mean) x /= Ball(static_cast<long>(count));
    return mean;
}

BallVector HeadRun::weighted(std::size_t i, Range seen, BallVector* weights) {
    BallVector shares = head_.sparse ? sparse_weights(scores_of(i, seen)) : exponentials(scores_of(i, seen));
    BallVector sum(head_.value.outputs());
    Ball total;
    for (std::size_t j = seen.first; j < seen.last; ++j) {
        const Ball& weight = shares[j - seen.first];
        total += weight;
        if (weight.is_zero()) continue;
        const BallVector& v = value(j);
        for (std::size_t r = 0; r < sum.size(); ++r) sum[r].add_product(weight, v[r]);
    }
    if (head_.sparse) total = 1;
    for (Ball& x : sum) x /= total;
    if (weights == nullptr) return sum;
    for (Ball& x : shares) x /= total;
    *weights = std::move(shares);
    return sum;
}

BallVector HeadRun::scores_of(std::size_t i, Range seen) {
    BallVector query;
    if (head_.query) query = head_.query->apply(input_(i));
    if (head_.query && rotary_ != nullptr) rotary_->apply(i, query);
    BallVector scores;
    for (std::size_t j = seen.first; j < seen.last; ++j) {
        Ball score;
        if (head_.query) {
            const BallVector& k = key(j);
            for (std::size_t r = 0; r < query.size(); ++r) score.add_product(query[r], k[r]);
            score *= head_.scale;
        }
        if (head_.bias != nullptr) score += bias(i, j);
        scores.push_back(std::move(score));
    }
    return scores;
}

}  // namespace attest::soft
