#include "exchange.hpp"

#include <algorithm>

namespace attest::influence {

Exchange::Exchange(const ForwardPass& net, const language::Word& word) : net_(net), word_(word), y_(net.embed(word)), first_(net.attentions.front()), last_(net.attentions.back()) {
    for (std::size_t l = 0; l < first_; ++l) net.step(l, y_);
    x_ = net.normed_input(net.layers[first_], y_);
    if (first_ != last_)
        for (const FloatHead& head : net.layers[first_].heads) states_.push_back(net.state(net.layers[first_], head, x_));
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
    Block own(net_.d * lanes), y(net_.d * lanes);
    after_first(rb, own.data());
    const FloatLayer& layer = net_.layers[last_];
    const auto normed = [&](Block& block) {
        if (is(layer.attention_norm, model::Norm::Placement::pre)) net_.normalise_block(*layer.attention_norm, block.data());
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

void Exchange::exchange(std::size_t place, language::Symbol to) {
    place_ = place;
    Block start(net_.d * lanes);
    const double* at = net_.lane(net_.start, place);
    for (std::size_t c = 0; c < net_.d; ++c) start[c * lanes] = at[c * lanes] + net_.embedding[to][c];
    for (std::size_t l = 0; l < first_; ++l) net_.step_block(net_.layers[l], start.data());
    new_y_ = start;
    new_x_ = std::move(start);
    const FloatLayer& layer = net_.layers[first_];
    if (is(layer.attention_norm, model::Norm::Placement::pre)) net_.normalise_block(*layer.attention_norm, new_x_.data());
    new_keys_.clear(), new_values_.clear();
    for (const FloatHead& head : layer.heads) {
        new_keys_.push_back(head.key ? first_lane(*head.key) : std::vector<double>());
        new_values_.push_back(first_lane(head.value));
    }
    if (first_ != last_) own_means(layer);
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
    for (std::size_t h = 0; h < layer.heads.size(); ++h) own_means_.push_back(states_[h].dk == 0 ? mean_as_before(layer, h) : mean_of_query(layer, h));
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
        mean[v] = (s.sums[(b * s.dv + v) * lanes + k] + e[k] * (new_values_[h][v] - s.values[place_ * s.dv + v])) / s.totals[b * lanes + k];
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
        scores[j] = allows(layer.mask, static_cast<std::int64_t>(place_), static_cast<std::int64_t>(j)) ? score : hidden;
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

void Exchange::after_first(std::size_t b, double* y) {
    const FloatLayer& layer = net_.layers[first_];
    const bool here = place_ / lanes == b;
    const std::size_t k = place_ % lanes;
    if (layer.attention_residual) std::copy_n(net_.block(y_, b), net_.d * lanes, y);
    else std::fill(y, y + net_.d * lanes, 0.0);
    for (std::size_t c = 0; here && layer.attention_residual && c < net_.d; ++c) y[c * lanes + k] = new_y_[c * lanes];
    double before[lanes], after[lanes], scores[lanes];
    for (std::size_t h = 0; h < layer.heads.size(); ++h) {
        const FloatHead& head = layer.heads[h];
        const ForwardPass::HeadState& s = states_[h];
        const double* q = s.queries.data() + b * s.dk * lanes;
        const double* tops = s.tops.data() + b * lanes;
        net_.score(layer, head, q, s.dk, b, place_, s.keys.data() + place_ * s.dk, scores);
        exponentials(scores, tops, before);
        net_.score(layer, head, q, s.dk, b, place_, new_keys_[h].data(), scores);
        exponentials(scores, tops, after);
        note_cancellation(s.totals.data() + b * lanes, before, after, here ? k : lanes);
        mean_.resize(s.dv * lanes);
        for (std::size_t v = 0; v < s.dv; ++v)
            exchange_summand(s.sums.data() + (b * s.dv + v) * lanes, s.totals.data() + b * lanes, before, after, s.values[place_ * s.dv + v], new_values_[h][v],
                             mean_.data() + v * lanes);
        for (std::size_t v = 0; here && v < s.dv; ++v) mean_[v * lanes + k] = own_means_[h][v];
        net_.add_output(layer, head, b, mean_.data(), y);
    }
    if (is(layer.attention_norm, model::Norm::Placement::post)) net_.normalise_block(*layer.attention_norm, y);
    net_.feed(layer, y);
    for (std::size_t l = first_ + 1; l < last_ && net_.layers[l].heads.empty(); ++l) net_.step_block(net_.layers[l], y);
}

void Exchange::note_cancellation(const double* total, const double* before, const double* after, std::size_t own) {
    constexpr double least = 1e-4;
    for (std::size_t k = 0; k < lanes; ++k) cancelled_ = cancelled_ || (k != own && !(total[k] - before[k] + after[k] > least * total[k]));
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
