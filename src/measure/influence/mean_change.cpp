// How the mean of one head moves when one symbol is replaced.
//
// Statement. Let m = Σ w_j v_j / Z with Z = Σ w_j be the mean before, and let every weight become e^Δs_j w_j and every
// value v_j + Δv_j, at the replaced position p with Δ' in place of Δ. Then
//
//     Δm = (Σ w_j g_j + w_p (g'_p − g_p)) / (Z'),    g_j = (e^Δs_j − 1)(v_j − m) + e^Δs_j Δv_j,
//     Z' = Σ w_j e^Δs_j + w_p (e^Δs'_p − e^Δs_p).
//
// Why. m + Δm = Σ w_j e^Δs_j (v_j + Δv_j) / Σ w_j e^Δs_j, sums over all j with primes at p. Subtract m and use Σ w_j
// (v_j − m) = 0: the numerator becomes Σ w_j (e^Δs_j (v_j + Δv_j − m) − (v_j − m)), whose summands are g_j. Divided by
// Z, the two sums are weighted means (weighted_mean.cpp) that do not depend on p: they are bounded once for all words
// and positions, and then one summand is exchanged. As v_j − m and e^Δs_j − 1 are small together, Δm is of the order of
// w_p / Z, about 1/n, and not of the order of rounding or of the width of m. This is what makes bounds fall with the
// length.
//
// Where scores move far, Δm is also bounded as the difference of m and of the mean afterwards, computed in the same way
// with the weights afterwards (MeanAfter). Both enclosures are true, so their intersection is.
//
// Source  [hahn2020theoretical, Lemma 5] bounds |Δm| by the greatest weight and difference; this is its identity made
//         numeric, per class of the replaced position

#include "mean_change.hpp"

#include <algorithm>

namespace attest::influence {

namespace {

/// The mean after the replacement of one coordinate v, by itself.
class MeanAfter {
  public:
    /// before  the values, by entry
    MeanAfter(const TwoRuns& runs, const KeyValues& at, const PatternChange& pattern, std::size_t v, const Box& before)
        : runs_(runs), at_(at), pattern_(pattern), v_(v), centred_(before) {
        for (std::size_t e = 0; e < centred_.size(); ++e) centred_[e] += at.value_drift[e * at.dv + v];
        stays_ = weighted_mean(pattern.keys(), *pattern.weights_after(), centred_);
        for (std::size_t e = 0; e < centred_.size(); ++e) centred_[e] = centred_[e] - stays_;
    }

    /// With the replaced position in class k: its summand is exchanged in the mean in which its symbol stays.
    Interval at(std::size_t k) const {
        if (!pattern_.sees(k)) return stays_;
        const Weights& weights = *pattern_.weights_after();
        const Interval& flip_weight = pattern_.flip_weight_after(k);
        const std::size_t e = runs_.replaced_entry(k);
        const Interval stayed = weights.weight[e] * centred_[e];
        const Interval flipped = centred_[e] - at_.value_drift[e * at_.dv + v_] + at_.value_flip[k * at_.dv + v_];
        Interval total = weights.total - weights.weight[e] + flip_weight;
        total.lo = std::max({0.0, total.lo, flip_weight.lo});
        return stays_ + (flip_weight * flipped - stayed) / total;
    }

  private:
    const TwoRuns& runs_;
    const KeyValues& at_;
    const PatternChange& pattern_;
    const std::size_t v_;
    Box centred_;     // values after, less the mean after, where symbols stay
    Interval stays_;  // the mean after if no symbol were replaced
};

/// One coordinate v of the mean.
class MeanChange {
  public:
    MeanChange(const TwoRuns& runs, const KeyValues& at, const PatternChange& pattern, std::size_t v)
        : runs_(runs), at_(at), pattern_(pattern), v_(v), column_(runs.classes * runs.symbols), g_(column_.size()) {
        for (std::size_t e = 0; e < column_.size(); ++e) column_[e] = at.value[e * at.dv + v];
        mean_ = weighted_mean(pattern.keys(), pattern.weights(), column_);
        for (std::size_t k = 0; k < runs.classes; ++k)
            for (std::size_t s = 0; s < runs.options(k); ++s) {
                const std::size_t e = runs.entry(k, s);
                g_[e] = pattern.growth(e) * (column_[e] - mean_) + pattern.factor(e) * at.value_drift[e * at.dv + v];
            }
        others_ = weighted_mean(pattern.keys(), pattern.weights(), g_);
        if (pattern.weights_after()) after_.emplace(runs, at, pattern, v, column_);
    }

    const Interval& mean() const { return mean_; }

    /// With the replaced position in class k.
    Interval change(std::size_t k) const {
        const Interval moved = pattern_.sees(k) ? exchanged(k) : others_ / pattern_.total_ratio();
        return after_ ? intersect(moved, after_->at(k) - mean_) : moved;
    }

    /// What the positions of class k add to the change.
    Interval term(std::size_t k) const {
        const Places& keys = pattern_.keys();
        const double count = keys.by_class[k].count;
        const Interval of_one = keys.range(k, pattern_.weights().weight) / pattern_.weights().total * keys.range(k, g_);
        return of_one * Interval{count, count};
    }

  private:
    /// (Σ w_j g_j + w_p (g'_p − g_p)) / Z', all over Z.
    Interval exchanged(std::size_t k) const {
        const std::size_t e = runs_.replaced_entry(k);
        const Interval w = intersect(pattern_.weights().weight[e] / pattern_.weights().total, {0, 1});
        const Interval& growth = pattern_.flip_growth(k);
        const Interval own =
            growth * (column_[e] - mean_) + (Interval{1, 1} + growth) * at_.value_flip[k * at_.dv + v_];
        Interval ratio = pattern_.total_ratio() + w * (growth - pattern_.growth(e));
        ratio.lo = std::max(0.0, ratio.lo);
        return (others_ + w * (own - g_[e])) / ratio;
    }

    const TwoRuns& runs_;
    const KeyValues& at_;
    const PatternChange& pattern_;
    const std::size_t v_;
    Box column_, g_;          // by entry: values, and g
    Interval mean_, others_;  // m, and Σ w g / Z
    std::optional<MeanAfter> after_;
};

}  // namespace

HeadOutput change_of_mean(const TwoRuns& runs, const KeyValues& at, const PatternChange& pattern, std::size_t replaced,
                          bool terms) {
    HeadOutput output;
    output.mean.resize(at.dv);
    output.change.assign(at.dv, Interval{exact::infinity, -exact::infinity});
    output.by_class.resize(runs.classes);
    output.terms.resize(runs.classes);
    const auto possible = [&](std::size_t k) {
        return runs.replaceable(k) && (replaced == runs.classes || replaced == k);
    };
    for (std::size_t v = 0; v < at.dv; ++v) {
        const MeanChange mean(runs, at, pattern, v);
        output.mean[v] = mean.mean();
        for (std::size_t k = 0; k < runs.classes; ++k) {
            if (terms && pattern.sees(k)) output.terms[k].push_back(mean.term(k));
            if (!possible(k)) continue;
            output.by_class[k].push_back(mean.change(k));
            output.change[v] = hull(output.change[v], output.by_class[k][v]);
        }
        if (output.change[v].lo > output.change[v].hi) output.change[v] = {};  // there is no position to replace at
    }
    return output;
}

}  // namespace attest::influence
