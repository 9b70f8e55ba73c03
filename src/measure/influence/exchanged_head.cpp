// A head after the exchange of one symbol, by exchanging one summand.
//
// Statement. Let position i have the mean Σ_j e_ij v_j / Σ_j e_ij with e_ij = e^(score_ij − top_i), and let key and
// value of one position p become k', v'. For i ≠ p, whose query stays, numerator and denominator change by e'_ip v' −
// e_ip v_p and e'_ip − e_ip. Only at i = p, where the query is new too, all summands are formed again. So one exchange
// costs O(n dv) a head in place of O(n² dv). The maximum top_i is not renewed: it only scales.
//
// Digits. A difference of sums has the rounding errors of the greater one. If p had all of a weight of i but a share
// below 10⁻⁴, fewer than 12 of 16 digits would be left: `add_to` says so, and the word is evaluated afresh
// (exchange.cpp).

#include "exchanged_head.hpp"

#include <algorithm>

namespace attest::influence {

std::vector<double> first_lane(const FloatMap& map, const Block& x) {
    Block out(map.outputs() * lanes);
    apply(map, x.data(), out.data());
    std::vector<double> values;
    for (std::size_t r = 0; r < map.outputs(); ++r) values.push_back(out[r * lanes]);
    return values;
}

ExchangedHead::ExchangedHead(const ForwardPass& net, const FloatLayer& layer, const FloatHead& head,
                             const ForwardPass::Sequence& x)
    : net_(net), layer_(layer), head_(head), state_(net.state(layer, head, x)) {
    const FloatMap& output = head.output;
    for (std::uint32_t r = 0; r < output.outputs(); ++r)
        if (!output.rows[r].columns.empty() || output.rows[r].bias != 0) {
            rows_.push_back(r);
            bias_.push_back(output.rows[r].bias);
        }
    sum_outputs();
}

/// Numerators through the output map.
void ExchangedHead::sum_outputs() {
    sums_.assign(net_.blocks * rows_.size() * lanes, 0);
    for (std::size_t b = 0; b < net_.blocks; ++b)
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            const FloatMap::Row& row = head_.output.rows[rows_[r]];
            double* sums = sums_.data() + (b * rows_.size() + r) * lanes;
            for (std::size_t e = 0; e < row.columns.size(); ++e)
                for (std::size_t k = 0; k < lanes; ++k)
                    sums[k] += row.weights[e] * state_.sums[(b * state_.dv + row.columns[e]) * lanes + k];
        }
}

ExchangedHead::Values ExchangedHead::output_rows(const double* value, bool with_bias) const {
    Values result;
    for (const std::uint32_t r : rows_) {
        const FloatMap::Row& row = head_.output.rows[r];
        double sum = with_bias ? row.bias : 0;
        for (std::size_t e = 0; e < row.columns.size(); ++e) sum += row.weights[e] * value[row.columns[e]];
        result.push_back(sum);
    }
    return result;
}

void ExchangedHead::exchange(std::size_t place, const Block& x) {
    place_ = place;
    new_key_ = head_.key ? first_lane(*head_.key, x) : Values();
    new_value_ = first_lane(head_.value, x);
    before_ = output_rows(state_.values.data() + place * state_.dv, false);
    after_ = output_rows(new_value_.data(), false);
    const Values own = head_.query ? mean_of_query(first_lane(*head_.query, x)) : mean_as_before();
    own_ = output_rows(own.data(), true);
}

/// Without a query the exchanged position has the scores that it had.
ExchangedHead::Values ExchangedHead::mean_as_before() const {
    const std::size_t b = place_ / lanes, k = place_ % lanes, dv = state_.dv;
    Values mean(dv);
    double scores[lanes], e[lanes];
    net_.score(layer_, head_, nullptr, 0, b, place_, nullptr, scores);
    exponentials(scores, state_.tops.data() + b * lanes, e);
    for (std::size_t v = 0; v < dv; ++v)
        mean[v] = (state_.sums[(b * dv + v) * lanes + k] + e[k] * (new_value_[v] - state_.values[place_ * dv + v])) /
                  state_.totals[b * lanes + k];
    return mean;
}

ExchangedHead::Values ExchangedHead::mean_of_query(const Values& query) const {
    const std::size_t dk = state_.dk, dv = state_.dv;
    Values mean(dv), scores(net_.n);
    double top = hidden, total = 0;
    for (std::size_t j = 0; j < net_.n; ++j) {
        const double* key = j == place_ ? new_key_.data() : state_.keys.data() + j * dk;
        double score = 0;
        for (std::size_t r = 0; r < dk; ++r) score += query[r] * key[r];
        score = head_.scale * score + (head_.bias.empty() ? 0 : head_.bias[place_ * net_.n + j]);
        scores[j] =
            allows(layer_.mask, static_cast<std::int64_t>(place_), static_cast<std::int64_t>(j)) ? score : hidden;
        top = std::max(top, scores[j]);
    }
    for (std::size_t j = 0; j < net_.n; ++j) {
        const double e = fast_exp(scores[j] - top);
        const double* value = j == place_ ? new_value_.data() : state_.values.data() + j * dv;
        total += e;
        for (std::size_t v = 0; v < dv; ++v) mean[v] += e * value[v];
    }
    for (double& v : mean) v /= total;
    return mean;
}

bool ExchangedHead::add_to(std::size_t b, double* y) const {
    double before[lanes], after[lanes], scores[lanes], inverse[lanes];
    const double* queries = state_.queries.data() + b * state_.dk * lanes;
    const double* tops = state_.tops.data() + b * lanes;
    net_.score(layer_, head_, queries, state_.dk, b, place_, state_.keys.data() + place_ * state_.dk, scores);
    exponentials(scores, tops, before);
    net_.score(layer_, head_, queries, state_.dk, b, place_, new_key_.data(), scores);
    exponentials(scores, tops, after);
    exchange_total(state_.totals.data() + b * lanes, before, after, inverse);
    for (std::size_t r = 0; r < rows_.size(); ++r)
        exchange_summand(sums_.data() + (b * rows_.size() + r) * lanes, inverse, before, after, before_[r], after_[r],
                         bias_[r], y + rows_[r] * lanes);
    return keeps_digits(b, before, after);
}

bool ExchangedHead::keeps_digits(std::size_t b, const double* before, const double* after) const {
    constexpr double least = 1e-4;
    const std::size_t own = place_ / lanes == b ? place_ % lanes : lanes;
    const double* totals = state_.totals.data() + b * lanes;
    bool keeps = true;
    for (std::size_t k = 0; k < lanes; ++k)
        keeps = keeps && (k == own || totals[k] - before[k] + after[k] > least * totals[k]);
    return keeps;
}

void ExchangedHead::add_own(double* y) const {
    for (std::size_t r = 0; r < rows_.size(); ++r) y[rows_[r] * lanes] += own_[r];
}

}  // namespace attest::influence
