// How the weights of one query move.
//
// Statement. A score s = σ q·k + b moves by Δs = σ (q·Δk + Δq·(k + Δk)), and its weight e^s by the factor e^Δs. Weights
// of a softmax do not change if all scores are shifted by one number, so that e^Δs may be taken of Δs less any number
// common to all: the middle of what they do, which makes the factors near 1 and e^Δs − 1, by expm1, narrow.
//
// Where scores move far (|Δs| differ by more than 1/4), factors are wide, and weights are also computed anew after the
// replacement: mean_change.cpp takes what is better of both.
//
// Source  the softmax is bounded by its scores in [hahn2020theoretical, Lemma 5], there by the worst of all

#include "pattern_change.hpp"

namespace attest::influence {

namespace {

Interval dot(const Interval* a, const Interval* b, std::size_t size) {
    Interval sum;
    for (std::size_t c = 0; c < size; ++c) sum += a[c] * b[c];
    return sum;
}

/// q·Δk + Δq·(k + Δk)
Interval change_of_product(const Query& query, const Interval* key, const Interval* key_change, std::size_t size) {
    Interval sum = dot(query.before.data(), key_change, size);
    for (std::size_t c = 0; c < size; ++c) sum += query.change[c] * (key[c] + key_change[c]);
    return sum;
}

}  // namespace

PatternChange::PatternChange(const TwoRuns& runs, const IntervalHead& head, const KeyValues& at, const Places& keys,
                             const Query& query)
    : runs_(runs),
      at_(at),
      keys_(keys),
      score_(runs.classes * runs.symbols),
      move_(score_.size()),
      flip_move_(runs.classes),
      growth_(score_.size()),
      factor_(score_.size()),
      flip_growth_(runs.classes) {
    find_scores(head, query);
    find_growth();
    find_weights();
}

void PatternChange::find_scores(const IntervalHead& head, const Query& query) {
    const std::size_t dk = at_.dk;
    for (std::size_t k = 0; k < runs_.classes; ++k)
        for (std::size_t s = 0; s < runs_.options(k) && sees(k); ++s) {
            const std::size_t e = runs_.entry(k, s);
            const Interval* key = at_.key.data() + e * dk;
            score_[e] = head.scale * dot(query.before.data(), key, dk);
            if (head.bias != nullptr) score_[e] += bias(head, query.position, runs_.position_class(k).members[0]);
            move_[e] = head.scale * change_of_product(query, key, at_.key_drift.data() + e * dk, dk);
            moves_ = hull(moves_, move_[e]);
            if (s == runs_.replacement.from && runs_.replaceable(k))
                flip_move_[k] = head.scale * change_of_product(query, key, at_.key_flip.data() + k * dk, dk);
        }
}

Interval PatternChange::bias(const IntervalHead& head, std::int64_t i, std::int64_t j) const {
    const exact::Variables at{.i = i, .j = j, .n = runs_.net.n};
    if (head.bias->is_transcendental()) return exact::to_interval(head.bias->enclose(at, 128));
    return exact::to_interval(head.bias->evaluate(at));
}

void PatternChange::find_growth() {
    const double middle = moves_.is_finite() ? moves_.middle() : 0;
    const Interval shift = {middle, middle};
    Interval last{}, last_growth{};  // moves repeat: most are those of a moment ago
    const auto growth = [&](Interval x) {
        if (!(x == last)) last = x, last_growth = expm1(x);
        return last_growth;
    };
    for (std::size_t k = 0; k < runs_.classes; ++k) {
        for (std::size_t s = 0; s < runs_.options(k) && sees(k); ++s) {
            const std::size_t e = runs_.entry(k, s);
            growth_[e] = growth(move_[e] - shift);
            factor_[e] = Interval{1, 1} + growth_[e];
        }
        if (runs_.replaceable(k) && sees(k)) flip_growth_[k] = growth(flip_move_[k] - shift);
    }
}

void PatternChange::find_weights() {
    if (moves_.width() > 0.25 || !moves_.is_finite()) {
        Box score_after(score_.size());
        for (std::size_t e = 0; e < score_.size(); ++e) score_after[e] = score_[e] + move_[e];
        weights_after_ = weigh(keys_, std::move(score_after));
        const Interval top{weights_after_->top, weights_after_->top};
        flip_weight_after_.resize(runs_.classes);
        for (std::size_t k = 0; k < runs_.classes; ++k)
            if (runs_.replaceable(k) && sees(k))
                flip_weight_after_[k] = exp(score_[runs_.replaced_entry(k)] + flip_move_[k] - top);
    }
    weights_ = weigh(keys_, std::move(score_));
    total_ratio_ = weighted_mean(keys_, weights_, factor_);
}

}  // namespace attest::influence
