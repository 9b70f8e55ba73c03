#include "checker/network/evaluator.hpp"

// The definition of MODEL.md, sections 5 to 8, in rationals: nothing is rounded and nothing is left out, needed or not.

namespace attest::checker {
namespace {

using Sequence = std::vector<Vector>;

Sequence embed(const Instance& instance, const std::vector<std::size_t>& word, Budget& budget) {
    const Model& model = *instance.model;
    Sequence sequence;
    if (model.begin) sequence.push_back(instance.embed(*model.begin, 1, budget));
    for (const std::size_t a : word) sequence.push_back(instance.embed(model.alphabet[a], sequence.size() + 1, budget));
    if (model.end) sequence.push_back(instance.embed(*model.end, instance.n, budget));
    return sequence;
}

/// The positions (from 0) of greatest score.
std::vector<std::size_t> greatest(const Vector& scores, const std::vector<std::size_t>& seen, Budget& budget) {
    std::vector<std::size_t> best;
    const Rational* top = nullptr;
    for (const std::size_t j : seen) {
        budget.arithmetic(digits_of(scores[j]));
        const int order = top ? cmp(scores[j], *top) : 1;
        if (order < 0) continue;
        if (order > 0) best.clear();
        best.push_back(j);
        top = &scores[j];
    }
    return best;
}

Vector mean(const Sequence& values, const std::vector<std::size_t>& chosen, Budget& budget) {
    Vector sum = values[chosen.front()];
    for (std::size_t k = 1; k < chosen.size(); ++k) add_to(sum, values[chosen[k]], budget);
    const Rational count(static_cast<unsigned long>(chosen.size()));
    for (Rational& entry : sum) entry /= count;
    return sum;
}

void add_head(const Attention& attention, const Head& head, const Instance::HeadValues& numbers, const Sequence& from,
              Sequence& to, Budget& budget) {
    const std::size_t n = from.size();
    Sequence keys;
    Sequence values;
    for (const Vector& y : from) {
        if (head.key) keys.push_back((*head.key)(y, budget));
        values.push_back(head.value(y, budget));
    }
    Vector scores(n);
    for (std::size_t i = 0; i < n; ++i) {
        std::vector<std::size_t> seen;
        const Vector query = head.query ? (*head.query)(from[i], budget) : Vector();
        for (std::size_t j = 0; j < n; ++j) {
            if (!may_see(attention.mask, i + 1, j + 1)) continue;
            seen.push_back(j);
            scores[j] = numbers.bias.at(i + 1, j + 1);
            if (head.query) scores[j] += numbers.scale * dot(query, keys[j], budget);
        }
        if (seen.empty()) continue;
        std::vector<std::size_t> best = greatest(scores, seen, budget);
        if (attention.kind == Kind::hard) best = {attention.tie == Tie::left ? best.front() : best.back()};
        add_to(to[i], head.output(mean(values, best, budget), budget), budget);
    }
}

Sequence attend(const Attention& attention, const std::vector<Instance::HeadValues>& numbers, const Sequence& from,
                Budget& budget) {
    Sequence to = attention.residual ? from : Sequence(from.size(), Vector(from.front().size()));
    for (std::size_t h = 0; h < attention.heads.size(); ++h)
        add_head(attention, attention.heads[h], numbers[h], from, to, budget);
    return to;
}

}  // namespace

bool accepts(const Instance& instance, const std::vector<std::size_t>& word, Budget& budget) {
    const Model& model = *instance.model;
    Sequence sequence = embed(instance, word, budget);
    for (std::size_t l = 0; l < model.layers.size(); ++l) {
        const Layer& layer = model.layers[l];
        budget.step(instance.n * instance.n * (1 + instance.layers[l].size()));
        if (layer.attention) sequence = attend(*layer.attention, instance.layers[l], sequence, budget);
        if (!layer.feedforward) continue;
        for (Vector& y : sequence) {
            Vector z = (*layer.feedforward)(y, budget);
            if (layer.feedforward->residual) add_to(z, y, budget);
            y = std::move(z);
        }
    }
    return dot(model.readout_weight, sequence[instance.readout - 1], budget) + model.readout_bias > 0;
}

}  // namespace attest::checker
