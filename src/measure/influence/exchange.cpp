#include "exchange.hpp"

#include <algorithm>

namespace attest::influence {

Exchange::Exchange(const ForwardPass& net, const language::Word& word)
    : net_(net), word_(word), y_(net.embed(word)), first_(net.attentions.front()), last_(net.attentions.back()) {
    for (std::size_t l = 0; l < first_; ++l) net.step(l, y_);
    x_ = net.normed_input(net.layers[first_], y_);
    if (first_ != last_)
        for (const FloatHead& head : net.layers[first_].heads) {
            states_.push_back(net.state(net.layers[first_], head, x_));
            outputs_.push_back(outputs_of(head.output, states_.back()));
        }
    reads_units_ = reads_units();
    unchanged_ = influence::logit(net, word);
}

double Exchange::logit(std::size_t p, language::Symbol to) {
    cancelled_ = false;
    const double logit = updated(p, to);
    if (!cancelled_) return logit;
    language::Word other = word_;
    other[p] = to;
    return influence::logit(net_, other);
}

double Exchange::updated(std::size_t p, language::Symbol to) {
    exchange(p + net_.first, to);
    const std::size_t rb = net_.reader / lanes;
    if (first_ == last_) return read_first();
    if (net_.attentions.size() > 2) {
        ForwardPass::Sequence y(net_.blocks * net_.d * lanes);
        for (std::size_t b = 0; b < net_.blocks; ++b) after_first(b, net_.block(y, b));
        for (std::size_t l = net_.attentions[1]; l < last_; ++l) net_.step(l, y);
        return read(net_, last_, y);
    }
    if (reads_units_) return read_units();
    Block own(net_.d * lanes), y(net_.d * lanes);
    after_first(rb, own.data());
    const FloatLayer& layer = net_.layers[last_];
    const auto normed = [&](Block& block) {
        if (is(layer.attention_norm, network::Norm::Placement::pre))
            net_.normalise_block(*layer.attention_norm, block.data());
    };
    Block own_normed = own;
    normed(own_normed);
    LastAttention reader(net_, last_, own_normed.data());
    for (std::size_t b = 0; b < net_.blocks; ++b) {
        if (b == rb) {
            reader.add(b, own_normed.data());
            continue;
        }
        after_first(b, y.data());
        normed(y);
        reader.add(b, y.data());
    }
    return reader.finish(own.data());
}

bool Exchange::reads_units() const {
    const FloatLayer &layer = net_.layers[first_], &next = net_.layers[last_];
    if (last_ != first_ + 1 || !layer.feeds || layer.maps.size() < 2 ||
        is(layer.feedforward_norm, network::Norm::Placement::post) ||
        is(next.attention_norm, network::Norm::Placement::pre))
        return false;
    // A sparse map is applied sooner than its units are summed, and what cancels in it is better gone before sums are formed.
    std::size_t products = 0, units = 0;
    for (const FloatMap::Row& row : layer.maps.back().rows) {
        products += row.columns.size();
        for (const std::uint32_t u : row.columns) units = std::max<std::size_t>(units, u + 1);
    }
    return products > 2 * next.heads.size() * units;
}

double Exchange::read_units() {
    const FloatLayer& layer = net_.layers[first_];
    Block own(net_.d * lanes), y(net_.d * lanes), units;
    after_first(net_.reader / lanes, own.data());
    LastAttention reader(net_, last_, own.data(), &layer.maps.back());
    for (std::size_t b = 0; b < net_.blocks; ++b) {
        after_attention(b, y.data());
        net_.units(layer, y.data(), units);
        reader.add_units(b, layer.feedforward_residual ? y.data() : nullptr, units.data());
    }
    return reader.finish(own.data());
}

void Exchange::exchange(std::size_t place, language::Symbol to) {
    place_ = place;
    Block start(net_.d * lanes);
    const double* at = net_.lane(net_.start, place);
    for (std::size_t c = 0; c < net_.d; ++c) start[c * lanes] = at[c * lanes] + net_.embedding[to][c];
    for (std::size_t l = 0; l < first_; ++l) net_.step_block(net_.layers[l], start.data());
    new_y_ = start;
    new_x_ = std::move(start);
    const FloatLayer& layer = net_.layers[first_];
    if (is(layer.attention_norm, network::Norm::Placement::pre))
        net_.normalise_block(*layer.attention_norm, new_x_.data());
    new_keys_.clear(), new_values_.clear();
    for (const FloatHead& head : layer.heads) {
        new_keys_.push_back(head.key ? first_lane(*head.key) : std::vector<double>());
        new_values_.push_back(first_lane(head.value));
    }
    if (first_ == last_) return;
    own_means(layer);
    give_outputs(layer);
}

std::vector<double> Exchange::first_lane(const FloatMap& map) const {
    Block out(map.outputs() * lanes);
    apply(map, new_x_.data(), out.data());
    std::vector<double> values;
    for (std::size_t r = 0; r < map.outputs(); ++r) values.push_back(out[r * lanes]);
    return values;
}

void Exchange::own_means(const FloatLayer& layer) {
    own_means_.clear();
    for (std::size_t h = 0; h < layer.heads.size(); ++h)
        own_means_.push_back(states_[h].dk == 0 ? mean_as_before(layer, h) : mean_of_query(layer, h));
}

/// Without a query its scores are what they were.
std::vector<double> Exchange::mean_as_before(const FloatLayer& layer, std::size_t h) const {
    const std::size_t b = place_ / lanes, k = place_ % lanes;
    const ForwardPass::HeadState& s = states_[h];
    std::vector<double> mean(s.dv);
    double scores[lanes], e[lanes];
    net_.score(layer, layer.heads[h], nullptr, 0, b, place_, nullptr, scores);
    exponentials(scores, s.tops.data() + b * lanes, e);
    for (std::size_t v = 0; v < s.dv; ++v)
        mean[v] = (s.sums[(b * s.dv + v) * lanes + k] + e[k] * (new_values_[h][v] - s.values[place_ * s.dv + v])) /
                  s.totals[b * lanes + k];
    return mean;
}

std::vector<double> Exchange::mean_of_query(const FloatLayer& layer, std::size_t h) const {
    const FloatHead& head = layer.heads[h];
    const ForwardPass::HeadState& s = states_[h];
    const std::vector<double> q = first_lane(*head.query);
    std::vector<double> mean(s.dv), scores(net_.n);
    double top = hidden, total = 0;
    for (std::size_t j = 0; j < net_.n; ++j) {
        const double* key = j == place_ ? new_keys_[h].data() : s.keys.data() + j * s.dk;
        double score = 0;
        for (std::size_t r = 0; r < s.dk; ++r) score += q[r] * key[r];
        score = head.scale * score + (head.bias.empty() ? 0 : head.bias[place_ * net_.n + j]);
        scores[j] =
            allows(layer.mask, static_cast<std::int64_t>(place_), static_cast<std::int64_t>(j)) ? score : hidden;
        top = std::max(top, scores[j]);
    }
    for (std::size_t j = 0; j < net_.n; ++j) {
        const double e = fast_exp(scores[j] - top);
        const double* value = j == place_ ? new_values_[h].data() : s.values.data() + j * s.dv;
        total += e;
        for (std::size_t v = 0; v < s.dv; ++v) mean[v] += e * value[v];
    }
    for (double& v : mean) v /= total;
    return mean;
}

void Exchange::after_attention(std::size_t b, double* y) {
    const FloatLayer& layer = net_.layers[first_];
    const bool here = place_ / lanes == b;
    const std::size_t k = place_ % lanes, edge = layer.mask == network::Mask::strict ? 0 : net_.n - 1;
    const bool has_blind = net_.blind(layer, edge) && edge / lanes == b;
    if (layer.attention_residual) std::copy_n(net_.block(y_, b), net_.d * lanes, y);
    else std::fill(y, y + net_.d * lanes, 0.0);
    for (std::size_t c = 0; here && layer.attention_residual && c < net_.d; ++c) y[c * lanes + k] = new_y_[c * lanes];
    const std::vector<double> own = here ? lane_of(y, k) : std::vector<double>(),
                              blind = has_blind ? lane_of(y, edge % lanes) : std::vector<double>();
    double before[lanes], after[lanes], scores[lanes], inverse[lanes];
    for (std::size_t h = 0; h < layer.heads.size(); ++h) {
        const FloatHead& head = layer.heads[h];
        const ForwardPass::HeadState& s = states_[h];
        const Outputs& outputs = outputs_[h];
        const double* q = s.queries.data() + b * s.dk * lanes;
        const double* tops = s.tops.data() + b * lanes;
        net_.score(layer, head, q, s.dk, b, place_, s.keys.data() + place_ * s.dk, scores);
        exponentials(scores, tops, before);
        net_.score(layer, head, q, s.dk, b, place_, new_keys_[h].data(), scores);
        exponentials(scores, tops, after);
        note_cancellation(s.totals.data() + b * lanes, before, after, here ? k : lanes);
        exchange_total(s.totals.data() + b * lanes, before, after, inverse);
        for (std::size_t r = 0; r < outputs.rows.size(); ++r)
            exchange_summand(outputs.sums.data() + (b * outputs.rows.size() + r) * lanes, inverse, before, after,
                             outputs.before[r], outputs.after[r], outputs.bias[r], y + outputs.rows[r] * lanes);
    }
    for (std::size_t c = 0; here && c < net_.d; ++c) y[c * lanes + k] = own[c];  // its query is new, too
    for (std::size_t h = 0; here && h < layer.heads.size(); ++h)
        for (std::size_t r = 0; r < outputs_[h].rows.size(); ++r)
            y[outputs_[h].rows[r] * lanes + k] += outputs_[h].own[r];
    for (std::size_t c = 0; has_blind && c < net_.d; ++c) y[c * lanes + edge % lanes] = blind[c];
    if (is(layer.attention_norm, network::Norm::Placement::post)) net_.normalise_block(*layer.attention_norm, y);
}

void Exchange::after_first(std::size_t b, double* y) {
    after_attention(b, y);
    net_.feed(net_.layers[first_], y);
    for (std::size_t l = first_ + 1; l < last_ && net_.layers[l].heads.empty(); ++l) net_.step_block(net_.layers[l], y);
}

std::vector<double> Exchange::lane_of(const double* y, std::size_t k) const {
    std::vector<double> values;
    for (std::size_t c = 0; c < net_.d; ++c) values.push_back(y[c * lanes + k]);
    return values;
}

Exchange::Outputs Exchange::outputs_of(const FloatMap& output, const ForwardPass::HeadState& state) const {
    Outputs to;
    for (std::uint32_t r = 0; r < output.outputs(); ++r)
        if (!output.rows[r].columns.empty() || output.rows[r].bias != 0) {
            to.rows.push_back(r);
            to.bias.push_back(output.rows[r].bias);
        }
    to.sums.assign(net_.blocks * to.rows.size() * lanes, 0);
    for (std::size_t b = 0; b < net_.blocks; ++b)
        for (std::size_t r = 0; r < to.rows.size(); ++r) {
            const FloatMap::Row& row = output.rows[to.rows[r]];
            double* sums = to.sums.data() + (b * to.rows.size() + r) * lanes;
            for (std::size_t e = 0; e < row.columns.size(); ++e)
                for (std::size_t k = 0; k < lanes; ++k)
                    sums[k] += row.weights[e] * state.sums[(b * state.dv + row.columns[e]) * lanes + k];
        }
    return to;
}

void Exchange::give_outputs(const FloatLayer& layer) {
    for (std::size_t h = 0; h < layer.heads.size(); ++h) {
        const FloatMap& output = layer.heads[h].output;
        Outputs& to = outputs_[h];
        const auto apply_to = [&](const double* value, bool with_bias) {
            std::vector<double> result;
            for (const std::uint32_t r : to.rows) {
                const FloatMap::Row& row = output.rows[r];
                double sum = with_bias ? row.bias : 0;
                for (std::size_t e = 0; e < row.columns.size(); ++e) sum += row.weights[e] * value[row.columns[e]];
                result.push_back(sum);
            }
            return result;
        };
        to.before = apply_to(states_[h].values.data() + place_ * states_[h].dv, false);
        to.after = apply_to(new_values_[h].data(), false);
        to.own = apply_to(own_means_[h].data(), true);
    }
}

void Exchange::note_cancellation(const double* total, const double* before, const double* after, std::size_t own) {
    constexpr double least = 1e-4;
    for (std::size_t k = 0; k < lanes; ++k)
        cancelled_ = cancelled_ || (k != own && !(total[k] - before[k] + after[k] > least * total[k]));
}

double Exchange::read_first() {
    const std::size_t pb = place_ / lanes, rb = net_.reader / lanes, k = place_ % lanes;
    Block changed(net_.block(x_, pb), net_.block(x_, pb) + net_.d * lanes);
    for (std::size_t c = 0; c < net_.d; ++c) changed[c * lanes + k] = new_x_[c * lanes];
    Block own(net_.block(y_, rb), net_.block(y_, rb) + net_.d * lanes);
    if (place_ == net_.reader)
        for (std::size_t c = 0; c < net_.d; ++c) own[c * lanes + k] = new_y_[c * lanes];
    LastAttention reader(net_, first_, pb == rb ? changed.data() : net_.block(x_, rb));
    for (std::size_t b = 0; b < net_.blocks; ++b) reader.add(b, b == pb ? changed.data() : net_.block(x_, b));
    return reader.finish(own.data());
}

}  // namespace attest::influence
