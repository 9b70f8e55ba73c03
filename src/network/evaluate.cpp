#include "attest/network/evaluate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <functional>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "network/need.hpp"

namespace attest::network {

namespace {

/// Bias tables beyond this many entries are not kept: long sequences are evaluated once, not in bulk.
constexpr std::int64_t most_tabled = 1 << 16;

/// The least number t for which the weights max(0, score − t) add up to at most 1: the Euclidean projection of the
/// scores onto the simplex subtracts it.
/// Source  [martins2016softmax, Algorithm 1]
exact::Rational simplex_threshold(std::vector<exact::Rational> scores) {
    std::sort(scores.begin(), scores.end(), std::greater<>());
    exact::Rational sum, threshold;
    for (std::size_t k = 0; k < scores.size(); ++k) {
        sum += scores[k];
        if (1 + static_cast<long>(k + 1) * scores[k] <= sum) break;
        threshold = (sum - 1) / static_cast<long>(k + 1);
    }
    return threshold;
}

/// Which positions of a span a head takes, by their scores.
Attended choose(AttentionKind kind, Tie tie, std::int64_t first, const std::vector<exact::Rational>& scores) {
    Attended choice;
    if (scores.empty()) return choice;
    choice.score = *std::max_element(scores.begin(), scores.end());
    const bool sparse = kind == AttentionKind::sparsemax;
    const exact::Rational least = sparse ? simplex_threshold(scores) : choice.score;
    std::vector<std::size_t> taken;
    for (std::size_t k = 0; k < scores.size(); ++k)
        if (sparse ? scores[k] > least : scores[k] == least) taken.push_back(k);
    if (kind == AttentionKind::hard) taken = {tie == Tie::left ? taken.front() : taken.back()};
    std::optional<exact::Rational> second;  // greatest score of a position that is not chosen
    for (std::size_t k = 0; k < scores.size(); ++k)
        if (!std::binary_search(taken.begin(), taken.end(), k) && (!second || scores[k] > *second)) second = scores[k];
    if (second) choice.margin = choice.score - *second;
    for (const std::size_t k : taken) {
        choice.positions.push_back(first + static_cast<std::int64_t>(k));
        if (sparse) choice.weights.emplace_back(scores[k] - least);
    }
    return choice;
}

}  // namespace

Evaluator::Evaluator(const Transformer& transformer, std::int64_t length)
    : at_(transformer, length),
      transformer_(*at_),
      length_(length),
      n_(transformer_.sequence_length(length)),
      read_(transformer_.read_positions(n_)) {
    if (transformer_.kind() == AttentionKind::softmax)
        throw base::Unsupported(
            fmt::format("{}: softmax attention has no exact scores", base::printable(transformer_.name)));
    require_values(transformer_, n_);
    for (std::int64_t p = 1; p <= n_; ++p) positions_.push_back(position_vector(transformer_, p, n_));
    find_needed();
    tabulate();
}

/// By masks alone: a trace shows whole vectors, also what of them no matrix reads.
void Evaluator::find_needed() {
    const Need need(transformer_, n_, Need::Detail::positions);
    for (std::size_t b = 0; b <= transformer_.layers.size(); ++b) needed_.push_back(need.marked_positions(b));
}

/// Scales, and biases of short sequences.
void Evaluator::tabulate() {
    scales_.resize(transformer_.layers.size());
    biases_.resize(transformer_.layers.size());
    for (std::size_t l = 0; l < transformer_.layers.size(); ++l) {
        const auto& attention = transformer_.layers[l].attention;
        if (!attention) continue;
        for (const Head& head : attention->heads) {
            scales_[l].push_back(scale_at(*attention, head, n_));
            auto& table = biases_[l].emplace_back();
            if (head.bias.is_constant() || n_ * n_ > most_tabled) continue;
            const Mask mask = attention->mask_of(head);
            for (std::int64_t i = 1; i <= n_; ++i)
                for (std::int64_t j = 1; j <= n_; ++j) {
                    const bool used = needed_[l + 1][static_cast<std::size_t>(i - 1)] && allows(mask, i, j);
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
    const Span span = seen(attention.mask_of(head), i, n_);
    std::vector<exact::Rational> scores;
    for (std::int64_t j = span.first; j <= span.last; ++j) {
        scores.push_back(bias(layer, head_index, i, j));
        if (head.query)
            scores.back() += scales_[layer][head_index] * exact::dot(query, keys[static_cast<std::size_t>(j - 1)]);
    }
    Attended choice = choose(attention.kind, attention.tie_of(head), span.first, scores);
    exact::Vector mean(transformer_.dimension);
    if (!choice.positions.empty()) {
        exact::Vector sum(head.value.outputs());
        for (std::size_t k = 0; k < choice.positions.size(); ++k) {
            const exact::Vector& value = values[static_cast<std::size_t>(choice.positions[k] - 1)];
            for (std::size_t r = 0; r < sum.size(); ++r)
                sum[r] += choice.weights.empty() ? value[r] : exact::Rational(choice.weights[k] * value[r]);
        }
        if (choice.weights.empty())
            for (exact::Rational& x : sum) x /= static_cast<long>(choice.positions.size());
        mean = exact::apply(head.output, sum);
    }
    if (record != nullptr) *record = std::move(choice);
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

Evaluator::Sequence Evaluator::run(const language::Word& word, Trace* trace) const {
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
    return y;
}

Answers Evaluator::answer(const language::Word& word, Trace* trace) const {
    const Sequence y = run(word, trace);
    const Readout& readout = transformer_.readout;
    Sequence vectors;
    for (const std::int64_t p : read_) vectors.push_back(y[static_cast<std::size_t>(p - 1)]);
    if (readout.pools()) {
        exact::Vector sum(transformer_.dimension);
        for (const exact::Vector& vector : vectors) exact::add_to(sum, vector);
        for (exact::Rational& x : sum)
            if (readout.reading == Readout::Reading::mean) x /= static_cast<long>(n_);
        vectors = {std::move(sum)};
    }
    Answers answers;
    for (const exact::Vector& vector : vectors) {
        answers.logits.push_back(readout.classes ? exact::apply(readout.classes->logits, vector)
                                                 : exact::Vector{exact::dot(readout.weight, vector) + readout.bias});
        if (readout.classes) answers.classes.push_back(Classes::answer(answers.logits.back()));
    }
    return answers;
}

Evaluation Evaluator::evaluate(const language::Word& word, Trace* trace) const {
    require_decision(transformer_);
    const Answers answers = answer(word, trace);
    const exact::Vector& logits = answers.logits.front();
    if (!transformer_.readout.classes) return {logits.front() > 0, logits.front()};
    const Classes& classes = *transformer_.readout.classes;
    return {classes.accept[answers.classes.front()], classes.greatest(logits, true) - classes.greatest(logits, false)};
}

Evaluation evaluate(const Transformer& transformer, const language::Word& word, Trace* trace) {
    return Evaluator(transformer, static_cast<std::int64_t>(word.size())).evaluate(word, trace);
}

}  // namespace attest::network
