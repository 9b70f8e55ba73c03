// The mean of a head over all words whose counts of symbols lie in given bounds.
//
// Statement. For weights w >= 0 and any number t, Σ w g / Σ w = t + Σ w (g − t) / Σ w. And for functions f(j, s) of
// position and symbol, and any h with h(0) = 0, the sum Σ_j f(j, x_j) lies, for all such words x, in both of
//
//     Σ_j [min_s f(j, s), max_s f(j, s)]   and
//     Σ_j f(j, 0) + Σ_s h(s) [least_s, most_s] + Σ_j [min_s, max_s of f(j, s) − f(j, 0) − h(s)].
//
// Why. The first identity is Σ w (g − t) = Σ w g − t Σ w. The second sum is f(j, x_j) = f(j, 0) + h(x_j) + rest, and
// Σ_j h(x_j) = Σ_s count(s) h(s). Where a symbol acts alike at all positions the rest is 0 for the right h, and only
// counts are left, which by themselves say what softmax without positions says; where counts say nothing, the first is
// better.
//
// How. Numerator and denominator are bounded apart, which forgets that large weights in both go together. With t near
// the mean the numerator is near 0 for every word, so that little is lost. Where words differ in their mean, no t is
// near all of them, and the lower end is taken from a t near it, the upper end from another: each is a bound for all
// words.
//
// Source  the centred forms of interval arithmetic [moore2009introduction]; that they fit softmax, ours

#include "weighted_mean.hpp"

namespace attest::influence {

namespace {

using exact::IntervalSum;

/// w · x for a weight w >= 0.
Interval weighed(Interval w, Interval x) {
    return {exact::product_below(x.lo >= 0 ? w.lo : w.hi, x.lo), exact::product_above(x.hi >= 0 ? w.hi : w.lo, x.hi)};
}

/// Every position takes the symbol that suits it, whatever the counts.
Interval sum_by_position(const Places& places, const Box& f) {
    IntervalSum sum;
    for (std::size_t k = 0; k < places.by_class.size(); ++k) {
        if (places.by_class[k].count > 0) sum.add(places.range(k, f), places.by_class[k].count);
    }
    return sum.total();
}

/// f(j, s) = f(j, 0) + h(s) + what remains: the second summand is a matter of counts. With h as the most numerous class
/// has it, nothing remains where symbols act alike everywhere.
Interval sum_by_counts(const Places& places, const Box& f) {
    const std::size_t m = places.symbols;
    std::size_t model = places.by_class.size();
    for (std::size_t k = 0; k < places.by_class.size(); ++k)
        if (places.by_class[k].options > 1 &&
            (model == places.by_class.size() || places.by_class[k].count > places.by_class[model].count))
            model = k;
    IntervalSum sum;
    std::vector<Interval> h(m);
    for (std::size_t s = 1; s < m && model < places.by_class.size(); ++s) {
        const double middle = (f[model * m + s] - f[model * m]).middle();
        h[s] = {middle, middle};
        const Interval least =
            h[s] * Interval{static_cast<double>(places.words.least[s]), static_cast<double>(places.words.least[s])};
        const Interval most =
            h[s] * Interval{static_cast<double>(places.words.most[s]), static_cast<double>(places.words.most[s])};
        sum.add(hull(least, most));
    }
    for (std::size_t k = 0; k < places.by_class.size(); ++k) {
        const Places::Place& place = places.by_class[k];
        if (place.count == 0) continue;
        sum.add(f[k * m], place.count);
        Interval rest;
        for (std::size_t s = 1; s < place.options; ++s)
            if (places.words.most[s] > 0) rest = hull(rest, f[k * m + s] - f[k * m] - h[s]);
        if (!rest.is_zero()) sum.add(rest, place.count);
    }
    return sum.total();
}

}  // namespace

Interval Places::range(std::size_t k, const Box& f) const {
    if (by_class[k].options == 1) return f[k * symbols];
    Interval range{exact::infinity, -exact::infinity};
    for (std::size_t s = 0; s < symbols; ++s)
        if (words.most[s] > 0) range = hull(range, f[k * symbols + s]);
    return range;
}

Interval Places::sum(const Box& f) const { return intersect(sum_by_position(*this, f), sum_by_counts(*this, f)); }

Weights weigh(const Places& places, Box scores) {
    double greatest = -exact::infinity;
    const auto each = [&](auto&& act) {
        for (std::size_t k = 0; k < places.by_class.size(); ++k)
            for (std::size_t s = 0; s < places.by_class[k].options && places.by_class[k].count > 0; ++s)
                act(scores[k * places.symbols + s]);
    };
    each([&](Interval score) { greatest = std::max(greatest, score.hi); });
    if (!(std::abs(greatest) < exact::infinity)) greatest = 0;
    // Scores repeat: most exponentials are those of a moment ago.
    Interval last{1, 0}, power;
    each([&](Interval& score) {
        if (!(score == last)) last = score, power = exp(score - Interval{greatest, greatest});
        score = power;
    });
    Weights weights{std::move(scores), {}, greatest};
    weights.total = places.sum(weights.weight);
    weights.total.lo = std::max(0.0, weights.total.lo);
    return weights;
}

Interval weighted_mean(const Places& places, const Weights& weights, const Box& g) {
    const std::size_t m = places.symbols;
    Interval range{exact::infinity, -exact::infinity};
    double top = 0, bottom = 0;
    for (std::size_t k = 0; k < places.by_class.size(); ++k)
        for (std::size_t s = 0; s < places.by_class[k].options && places.by_class[k].count > 0; ++s) {
            const double w = weights.weight[k * m + s].middle() * places.by_class[k].count /
                             static_cast<double>(places.by_class[k].options);
            range = hull(range, g[k * m + s]);
            top += w * g[k * m + s].middle();
            bottom += w;
        }
    if (range.lo >= range.hi) return range.lo == range.hi ? range : Interval{};
    if (!(weights.total.lo > 0) || !range.is_finite()) return range;
    Box shifted(g.size());
    const auto excess = [&](double t) {
        for (std::size_t k = 0; k < places.by_class.size(); ++k)
            for (std::size_t s = 0; s < places.by_class[k].options; ++s)
                shifted[k * m + s] = weighed(weights.weight[k * m + s], g[k * m + s] - Interval{t, t});
        return places.sum(shifted);
    };
    const auto around = [&](double t) { return Interval{t, t} + excess(t) / weights.total; };
    const double guess = bottom > 0 ? top / bottom : range.middle();
    Interval mean = intersect(range, around(std::isfinite(guess) ? guess : range.middle()));
    // Where words differ in their mean, each end is a better t for itself.
    if (mean.width() > 1e-6 * mean.magnitude() && weights.total.width() > 1e-9 * weights.total.hi) {
        const Interval low = around(mean.lo), high = around(mean.hi);
        mean = intersect(mean, {low.lo, high.hi});
    }
    return mean;
}

}  // namespace attest::influence
