#include "checker/network/evaluator.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

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

/// Σ weight · value over the chosen positions.
Vector weighted_sum(const Vector& weights, const Sequence& values, const std::vector<std::size_t>& chosen,
                    Budget& budget) {
    Vector sum(values[chosen.front()].size());
    Vector term;
    for (std::size_t k = 0; k < chosen.size(); ++k) {
        term = values[chosen[k]];
        for (Rational& entry : term) {
            budget.arithmetic(digits_of(entry) + digits_of(weights[k]));
            entry *= weights[k];
        }
        add_to(sum, term, budget);
    }
    return sum;
}

Vector mean(const Sequence& values, const std::vector<std::size_t>& chosen, Budget& budget) {
    Vector sum = values[chosen.front()];
    for (std::size_t k = 1; k < chosen.size(); ++k) add_to(sum, values[chosen[k]], budget);
    const Rational count(static_cast<unsigned long>(chosen.size()));
    for (Rational& entry : sum) entry /= count;
    return sum;
}

/// The projection of the scores onto the simplex: max(0, s_j - τ) for the greatest τ = (Σ_{j ∈ S} s_j - 1) / |S|, which some
/// of the greatest scores attain.
Vector sparsemax(const Vector& scores, Budget& budget) {
    Vector sorted = scores;
    budget.step(scores.size(), 64);
    std::sort(sorted.begin(), sorted.end(), [](const Rational& a, const Rational& b) { return a > b; });
    Rational sum = -1, threshold;
    for (std::size_t k = 0; k < sorted.size(); ++k) {
        budget.arithmetic(digits_of(sum) + digits_of(sorted[k]));
        sum += sorted[k];
        const Rational candidate = sum / static_cast<unsigned long>(k + 1);
        if (k == 0 || candidate > threshold) threshold = candidate;
    }
    Vector weights;
    for (const Rational& score : scores) {
        budget.arithmetic(digits_of(score) + digits_of(threshold));
        weights.push_back(score > threshold ? Rational(score - threshold) : Rational());
    }
    return weights;
}

/// What the head finds among the positions that are seen.
Vector found(const Attention& attention, const Head& head, const Vector& scores, const Sequence& values,
             const std::vector<std::size_t>& seen, Budget& budget) {
    if (attention.kind == Kind::sparsemax) {
        Vector of_seen;
        for (const std::size_t j : seen) of_seen.push_back(scores[j]);
        return weighted_sum(sparsemax(of_seen, budget), values, seen, budget);
    }
    std::vector<std::size_t> best = greatest(scores, seen, budget);
    if (attention.kind == Kind::hard) best = {head.tie == Tie::left ? best.front() : best.back()};
    return mean(values, best, budget);
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
            if (!may_see(head.mask, i + 1, j + 1)) continue;
            seen.push_back(j);
            scores[j] = numbers.bias.at(i + 1, j + 1);
            if (head.query) scores[j] += numbers.scale * dot(query, keys[j], budget);
        }
        if (seen.empty()) continue;
        add_to(to[i], head.output(found(attention, head, scores, values, seen, budget), budget), budget);
    }
}

Sequence attend(const Attention& attention, const std::vector<Instance::HeadValues>& numbers, const Sequence& from,
                Budget& budget) {
    Sequence to = attention.residual ? from : Sequence(from.size(), Vector(from.front().size()));
    for (std::size_t h = 0; h < attention.heads.size(); ++h)
        add_head(attention, attention.heads[h], numbers[h], from, to, budget);
    for (std::size_t p = 0; p < attention.added.size(); ++p) add_to(to[p], attention.added[p], budget);
    return to;
}

/// The vector that is read: at one position, or of all their mean or sum.
Vector read_vector(const Instance& instance, const Sequence& sequence, Budget& budget) {
    Vector y = sequence[instance.readout.front() - 1];
    for (std::size_t k = 1; k < instance.readout.size(); ++k) add_to(y, sequence[instance.readout[k] - 1], budget);
    if (instance.model->readout.where != Readout::Where::mean) return y;
    for (Rational& entry : y) entry /= static_cast<unsigned long>(instance.n);
    return y;
}

/// All positions after the last layer.
Sequence run(const Instance& instance, const std::vector<std::size_t>& word, Budget& budget) {
    Sequence sequence = embed(instance, word, budget);
    for (std::size_t l = 0; l < instance.stack.size(); ++l) {
        const Layer& layer = instance.layer(l);
        budget.step(instance.n * instance.n * (1 + instance.heads_of(l).size()));
        if (layer.attention) sequence = attend(*layer.attention, instance.heads_of(l), sequence, budget);
        if (!layer.feedforward) continue;
        for (std::size_t p = 0; p < sequence.size(); ++p) {
            Vector z = (*layer.feedforward)(sequence[p], budget);
            if (layer.feedforward->residual) add_to(z, sequence[p], budget);
            if (!layer.feedforward->added.empty()) add_to(z, layer.feedforward->added[p], budget);
            sequence[p] = std::move(z);
        }
    }
    return sequence;
}

}  // namespace

Vector final_vector(const Instance& instance, const std::vector<std::size_t>& word, Budget& budget) {
    return read_vector(instance, run(instance, word, budget), budget);
}

std::vector<Vector> final_vectors(const Instance& instance, const std::vector<std::size_t>& word, Budget& budget) {
    const Sequence sequence = run(instance, word, budget);
    std::vector<Vector> read;
    for (const std::size_t p : instance.readout) read.push_back(sequence[p - 1]);
    return read;
}

bool accepts(const Instance& instance, const std::vector<std::size_t>& word, Budget& budget) {
    if (!instance.model->readout.decides())
        throw Defect("model.json: readout", "the model accepts and rejects nothing");
    return instance.accepts(final_vector(instance, word, budget), budget);
}

}  // namespace attest::checker
