#include "attest/network/evaluate.hpp"

#include <fmt/format.h>

#include <cassert>

#include "attest/base/error.hpp"
#include "attest/base/text.hpp"

namespace attest::network {

namespace {

/// Bias tables beyond this many entries are not kept: long sequences are evaluated once, not in bulk.
constexpr std::int64_t most_tabled = 1 << 16;

}  // namespace

Evaluator::Evaluator(const Transformer& transformer, std::int64_t length)
    : transformer_(transformer),
      length_(length),
      n_(transformer.sequence_length(length)),
      readout_(transformer.readout_position(n_)) {
    if (transformer.kind() == AttentionKind::softmax)
        throw base::Unsupported(
            fmt::format("{}: softmax attention has no exact scores", base::printable(transformer.name)));
    require_values(transformer, n_);
    for (std::int64_t p = 1; p <= n_; ++p) positions_.push_back(position_vector(transformer, p, n_));
    // Which positions the readout depends on, from the last boundary down.
    const std::size_t layers = transformer.layers.size();
    needed_.assign(layers + 1, std::vector<bool>(static_cast<std::size_t>(n_), false));
    needed_[layers][static_cast<std::size_t>(readout_ - 1)] = true;
    for (std::size_t l = layers; l-- > 0;) {
        needed_[l] = needed_[l + 1];
        const auto& attention = transformer.layers[l].attention;
        if (!attention || attention->heads.empty()) continue;
        for (std::int64_t i = 1; i <= n_; ++i)
            for (std::int64_t j = 1; needed_[l + 1][static_cast<std::size_t>(i - 1)] && j <= n_; ++j)
                if (allows(attention->mask, i, j)) needed_[l][static_cast<std::size_t>(j - 1)] = true;
    }
    scales_.resize(layers);
    biases_.resize(layers);
    for (std::size_t l = 0; l < layers; ++l) {
        const auto& attention = transformer.layers[l].attention;
        if (!attention) continue;
        for (const Head& head : attention->heads) {
            scales_[l].push_back(scale_at(*attention, head, n_));
            auto& table = biases_[l].emplace_back();
            if (head.bias.is_constant() || n_ * n_ > most_tabled) continue;
            for (std::int64_t i = 1; i <= n_; ++i)
                for (std::int64_t j = 1; j <= n_; ++j) {
                    const bool used = needed_[l + 1][static_cast<std::size_t>(i - 1)] && allows(attention->mask, i, j);
                    table.push_back(used ? head.bias.evaluate({.i = i, .j = j, .n = n_}) : exact::Rational());
                }
        }
    }
}

exact::Rational Evaluator::bias(std::size_t layer, std::size_t head, std::int64_t i, std::int64_t j) const {
    const auto& table = biases_[layer][head];
    if (!table.empty()) return table[static_cast<std::size_t>((i - 1) * n_ + j - 1)];
    return transformer_.layers[layer].attention->heads[head].bias.evaluate({.i = i, .j = j, .n = n_});
}

Evaluator::Sequence Evaluator::embed(const language::Word& word) const {
    assert(static_cast<std::int64_t>(word.size()) == length_);
    Sequence y = positions_;
    std::size_t p = 0;
    if (transformer_.begin) exact::add_to(y[p++], transformer_.begin_embedding);
    for (const language::Symbol s : word) exact::add_to(y[p++], transformer_.embedding[s]);
    if (transformer_.end) exact::add_to(y[p++], transformer_.end_embedding);
    return y;
}

exact::Vector Evaluator::pool(std::size_t layer, std::size_t head_index, std::int64_t i, const exact::Vector& query,
                              const Sequence& keys, const Sequence& values, Attended* record) const {
    const Attention& attention = *transformer_.layers[layer].attention;
    const Head& head = attention.heads[head_index];
    std::vector<std::int64_t> best;
    exact::Rational greatest;
    std::optional<exact::Rational> second;  // greatest score of a position that is not chosen
    const auto runner_up = [&](const exact::Rational& score) {
        if (!second || score > *second) second = score;
    };
    for (std::int64_t j = 1; j <= n_; ++j) {
        if (!allows(attention.mask, i, j)) continue;
        exact::Rational score = bias(layer, head_index, i, j);
        if (head.query) score += scales_[layer][head_index] * exact::dot(query, keys[static_cast<std::size_t>(j - 1)]);
        const bool first = best.empty();
        const bool replaces =
            first || score > greatest ||
            (score == greatest && attention.kind == AttentionKind::hard && attention.tie == Tie::right);
        const bool joins = !first && score == greatest && attention.kind == AttentionKind::average;
        if (replaces) {
            if (!first) runner_up(greatest);
            best = {j};
            greatest = score;
        } else if (joins) {
            best.push_back(j);
        } else {
            runner_up(score);
        }
    }
    exact::Vector mean(transformer_.dimension);
    if (!best.empty()) {
        exact::Vector sum(head.value.outputs());
        for (const std::int64_t j : best) exact::add_to(sum, values[static_cast<std::size_t>(j - 1)]);
        for (exact::Rational& x : sum) x /= static_cast<long>(best.size());
        mean = exact::apply(head.output, sum);
    }
    if (record != nullptr) {
        record->score = greatest;
        if (second && !best.empty()) record->margin = greatest - *second;
        record->positions = std::move(best);
    }
    return mean;
}

void Evaluator::attend(std::size_t layer, Sequence& y, Trace* trace) const {
    const Attention& attention = *transformer_.layers[layer].attention;
    Sequence z(y.size());
    for (std::size_t p = 0; p < y.size(); ++p)
        if (needed_[layer + 1][p]) z[p] = attention.residual ? y[p] : exact::Vector(transformer_.dimension);
    for (std::size_t h = 0; h < attention.heads.size(); ++h) {
        const Head& head = attention.heads[h];
        Sequence keys(y.size()), values(y.size());
        for (std::size_t p = 0; p < y.size(); ++p) {
            if (!needed_[layer][p]) continue;
            if (head.key) keys[p] = exact::apply(*head.key, y[p]);
            values[p] = exact::apply(head.value, y[p]);
        }
        for (std::size_t p = 0; p < y.size(); ++p) {
            if (!needed_[layer + 1][p]) continue;
            const exact::Vector query = head.query ? exact::apply(*head.query, y[p]) : exact::Vector();
            Attended* record = trace != nullptr ? &trace->attended[layer][h][p] : nullptr;
            exact::add_to(z[p], pool(layer, h, static_cast<std::int64_t>(p) + 1, query, keys, values, record));
        }
    }
    y = std::move(z);
}

Evaluation Evaluator::evaluate(const language::Word& word, Trace* trace) const {
    Sequence y = embed(word);
    const std::size_t layers = transformer_.layers.size();
    if (trace != nullptr) {
        trace->attended.assign(layers, {});
        for (std::size_t l = 0; l < layers; ++l)
            if (transformer_.layers[l].attention)
                trace->attended[l].assign(transformer_.layers[l].attention->heads.size(),
                                          std::vector<Attended>(static_cast<std::size_t>(n_)));
        trace->activations = {y};
    }
    for (std::size_t l = 0; l < layers; ++l) {
        const Layer& layer = transformer_.layers[l];
        if (layer.attention) attend(l, y, trace);
        for (std::size_t p = 0; p < y.size(); ++p) {
            if (!needed_[l + 1][p]) y[p].clear();
            else if (layer.feedforward) y[p] = feed_forward(*layer.feedforward, y[p]);
        }
        if (trace != nullptr) trace->activations.push_back(y);
    }
    Evaluation result;
    result.score =
        exact::dot(transformer_.readout.weight, y[static_cast<std::size_t>(readout_ - 1)]) + transformer_.readout.bias;
    result.accepts = result.score > 0;
    return result;
}

Evaluation evaluate(const Transformer& transformer, const language::Word& word, Trace* trace) {
    return Evaluator(transformer, static_cast<std::int64_t>(word.size())).evaluate(word, trace);
}

}  // namespace attest::network
