#include "checker/soft/soft_evaluator.hpp"

#include <algorithm>
#include <optional>

#include "checker/kernel/defect.hpp"
#include "checker/soft/activation.hpp"
#include "checker/soft/weights.hpp"

// The score by the definition of the model format (MODEL.md), operation for operation, in intervals whose ends are
// rounded outwards: each operation holds the results for all numbers in its operands, so by induction the interval at
// the end holds the true score. Softmax is computed as exp(s_j - c) / Σ exp(s_k - c) for one number c, which leaves it
// unchanged and keeps the exponentials below 1; a bias that is the same for all keys cancels likewise and is left out.
// A variance is not negative, whatever its interval says. Evaluated is what the readout depends on (FORMAT.md section
// 5).

namespace attest::checker {
namespace {

using Sequence = std::vector<Intervals>;

void add(Intervals& a, const Intervals& b) {
    for (std::size_t c = 0; c < a.size(); ++c) a[c] += b[c];
}

class Pass {
  public:
    Pass(const SoftInstance& instance, Budget& budget)
        : x_(instance), model_(*instance.model), budget_(budget), zero_(instance.bits) {}

    Interval score(const std::vector<std::size_t>& word) { return score_of(logits(word)); }

    Intervals logits(const std::vector<std::size_t>& word) {
        return x_.logits(read_vector(final_vectors(word)), budget_);
    }

    std::vector<Intervals> all_logits(const std::vector<std::size_t>& word) {
        if (model_.readout.where != Readout::Where::each) return {logits(word)};
        std::vector<Intervals> result;
        for (const Intervals& y : vectors_that_are_read(word)) result.push_back(x_.logits(y, budget_));
        return result;
    }

    Sequence vectors_that_are_read(const std::vector<std::size_t>& word) {
        const Sequence y = final_vectors(word);
        Sequence result;
        for (const std::size_t p : x_.readout)
            result.push_back(x_.final_norm ? (*x_.final_norm)(y[p - 1], p, budget_) : y[p - 1]);
        return result;
    }

  private:
    Sequence final_vectors(const std::vector<std::size_t>& word) {
        Sequence y = embed(word);
        for (std::size_t l = 0; l < x_.stack.size(); ++l) {
            layer_ = l;
            budget_.step(steps());
            if (x_.layer(l).attention) y = attend(y);
            if (x_.layer(l).feedforward) feed(y);
        }
        return y;
    }

    Sequence embed(const std::vector<std::size_t>& word) const {
        Sequence y = x_.position;
        std::size_t p = 0;
        if (!x_.begin.empty()) add(y[p++], x_.begin.front());
        for (const std::size_t a : word) add(y[p++], x_.symbols[a]);
        if (!x_.end.empty()) add(y[p], x_.end.front());
        for (p = 0; x_.embedding_norm && p < x_.n; ++p)
            if (x_.needs.need[0][p]) y[p] = (*x_.embedding_norm)(y[p], p + 1, budget_);
        return y;
    }

    /// The vector that is read: at one position, or of all their mean or sum.
    Intervals read_vector(const Sequence& y) const {
        Intervals sum(model_.dimension, zero_);
        budget_.step(x_.readout.size(), model_.dimension);
        for (const std::size_t p : x_.readout)
            add(sum, x_.final_norm ? (*x_.final_norm)(y[p - 1], p, budget_) : y[p - 1]);
        if (model_.readout.where != Readout::Where::mean) return sum;
        const Interval n(Rational(static_cast<unsigned long>(x_.n)), x_.bits);
        for (Interval& entry : sum) entry = entry / n;
        return sum;
    }

    /// The one logit, or the greatest of the accepted classes minus the greatest of the others.
    Interval score_of(const Intervals& logits) const {
        const Readout& readout = model_.readout;
        if (!readout.has_classes()) return logits[0];
        std::optional<Interval> accepted, others;
        for (std::size_t c = 0; c < logits.size(); ++c) {
            std::optional<Interval>& greatest = readout.accepted[c] ? accepted : others;
            greatest = greatest ? max(*greatest, logits[c]) : logits[c];
        }
        return *accepted - *others;
    }

    /// Sums of uniform heads are made once, if there is no mask.
    std::uint64_t steps() const {
        std::uint64_t steps = 1000 * x_.n;
        for (std::size_t h = 0; h < layer().heads.size(); ++h) {
            const bool once = is_uniform(layer().heads[h]) && x_.layer(layer_).attention->heads[h].mask == Mask::none;
            std::uint64_t queries = 0;
            for (std::size_t p = 0; p < x_.n; ++p) queries += reads(p) && reads(p)->live[h] ? 1 : 0;
            steps += 1000 * x_.n * (once ? 1 : queries);
        }
        return steps;
    }

    static bool is_uniform(const SoftHead& head) { return !head.query && !head.biases; }

    const SoftLayer& layer() const { return x_.soft_layer(layer_); }

    const std::optional<Reads>& reads(std::size_t p) const { return x_.needs.reads[layer_][p]; }

    Sequence attend(const Sequence& y) {
        const Attention& attention = *x_.layer(layer_).attention;
        const SoftLayer& layer = x_.soft_layer(layer_);
        const Sequence from =
            layer.attention_norm && layer.attention_norm->pre ? normal_where_read(*layer.attention_norm, y) : y;
        Sequence to(x_.n);
        for (std::size_t p = 0; p < x_.n; ++p)
            to[p] = attention.residual && reads(p) ? y[p] : Intervals(model_.dimension, zero_);
        for (std::size_t h = 0; h < layer.heads.size(); ++h) add_head(h, from, to);
        for (std::size_t p = 0; p < layer.attention_added.size(); ++p)
            if (reads(p)) add(to[p], layer.attention_added[p]);
        if (!layer.attention_norm || layer.attention_norm->pre) return to;
        for (std::size_t p = 0; p < x_.n; ++p)
            if (reads(p)) to[p] = (*layer.attention_norm)(to[p], p + 1, budget_);
        return to;
    }

    /// Whether all coordinates of some block are in the set.
    static bool holds_a_block(const Coordinates& set, std::size_t size) {
        for (std::size_t first = 0; first < set.size(); first += size) {
            const auto from = set.begin() + static_cast<std::ptrdiff_t>(first);
            if (std::find(from, from + static_cast<std::ptrdiff_t>(size), false) ==
                from + static_cast<std::ptrdiff_t>(size))
                return true;
        }
        return false;
    }

    /// What no head reads need not have a variance.
    Sequence normal_where_read(const SoftNorm& norm, const Sequence& y) const {
        const auto& need = x_.needs.need[layer_];
        Sequence result = y;
        for (std::size_t p = 0; p < x_.n; ++p)
            if (need[p] && holds_a_block(*need[p], norm.gain.size())) result[p] = norm(y[p], p + 1, budget_);
        return result;
    }

    void add_head(std::size_t h, const Sequence& from, Sequence& to) const {
        const SoftHead& head = layer().heads[h];
        const Mask mask = x_.layer(layer_).attention->heads[h].mask;
        const bool uniform = is_uniform(head);
        Sequence keys(x_.n), values(x_.n);
        std::optional<Intervals> everywhere;  // what a uniform head without mask adds at every position
        for (std::size_t p = 0; p < x_.n; ++p) {
            if (!reads(p)) continue;
            std::vector<std::size_t> seen;
            for (std::size_t j = 0; j < x_.n; ++j)
                if (may_see(mask, p + 1, j + 1)) seen.push_back(j);
            if (seen.empty()) continue;
            if (!reads(p)->live[h]) {
                add(to[p], head.constant);
                continue;
            }
            if (everywhere) {
                add(to[p], *everywhere);
                continue;
            }
            for (const std::size_t j : seen)
                if (values[j].empty()) {
                    values[j] = head.value(from[j], budget_);
                    if (head.key) keys[j] = turned((*head.key)(from[j], budget_), j);
                }
            const bool equal = uniform || seen.size() == 1;
            const Intervals found = equal ? mean(Intervals(seen.size(), one()), values, seen)
                                          : attended(scores_of(head, from[p], keys, p, seen), values, seen);
            const Intervals result = head.output(found, budget_);
            add(to[p], result);
            if (uniform && mask == Mask::none) everywhere = result;
        }
    }

    Interval one() const { return Interval(Rational(1), x_.bits); }

    /// A query or key at position p (from 0).
    Intervals turned(Intervals vector, std::size_t p) const {
        if (layer().rotation) layer().rotation->turn(vector, p + 1, budget_);
        return vector;
    }

    Intervals scores_of(const SoftHead& head, const Intervals& own, const Sequence& keys, std::size_t p,
                        const std::vector<std::size_t>& seen) const {
        Intervals scores;
        budget_.step(seen.size(), 1 + (head.query ? head.key->rows.size() : 0));
        const Intervals query = head.query ? turned((*head.query)(own, budget_), p) : Intervals();
        for (const std::size_t j : seen) {
            Interval score = zero_;
            for (std::size_t r = 0; r < query.size(); ++r) score += query[r] * keys[j][r];
            score = score * head.scale;
            if (head.biases) score += (*head.biases)[p * x_.n + j];
            scores.push_back(std::move(score));
        }
        return scores;
    }

    Intervals attended(Intervals scores, const Sequence& values, const std::vector<std::size_t>& seen) const {
        if (x_.layer(layer_).attention->kind == Kind::softmax)
            return mean(softmax_weights(std::move(scores)), values, seen);
        return weighted_sum(sparsemax_weights(scores, budget_), values, seen);
    }

    Intervals weighted_sum(const Intervals& weights, const Sequence& values,
                           const std::vector<std::size_t>& seen) const {
        Intervals sum(values[seen.front()].size(), zero_);
        budget_.step(seen.size(), sum.size());
        for (std::size_t k = 0; k < seen.size(); ++k)
            for (std::size_t r = 0; r < sum.size(); ++r) sum[r] += weights[k] * values[seen[k]][r];
        return sum;
    }

    /// The weighted sum divided by the sum of the weights.
    Intervals mean(const Intervals& weights, const Sequence& values, const std::vector<std::size_t>& seen) const {
        if (seen.size() == 1) return values[seen.front()];
        Intervals sum = weighted_sum(weights, values, seen);
        Interval total = zero_;
        for (const Interval& weight : weights) total += weight;
        for (Interval& entry : sum) entry = entry / total;
        return sum;
    }

    void feed(Sequence& y) const {
        const FeedForward& part = *x_.layer(layer_).feedforward;
        const auto& norm = layer().feedforward_norm;
        for (std::size_t p = 0; p < x_.n; ++p) {
            if (!reads(p)) continue;
            Intervals z = through_maps(part, norm && norm->pre ? (*norm)(y[p], p + 1, budget_) : y[p]);
            if (part.residual) add(z, y[p]);
            if (!layer().feedforward_added.empty()) add(z, layer().feedforward_added[p]);
            y[p] = norm && !norm->pre ? (*norm)(z, p + 1, budget_) : std::move(z);
        }
    }

    Intervals through_maps(const FeedForward& part, Intervals z) const {
        const SoftLayer& numbers = layer();
        const auto activate = [&](Intervals& hidden) {
            budget_.step(part.is_exact() ? 0 : hidden.size() * (1000 + static_cast<std::uint64_t>(x_.bits)));
            for (Interval& entry : hidden) entry = activation_of(part.activation, entry, numbers.slope);
        };
        if (numbers.gate) {
            Intervals hidden = (*numbers.gate)(z, budget_);
            activate(hidden);
            z = numbers.maps[0](z, budget_);
            for (std::size_t r = 0; r < z.size(); ++r) z[r] = z[r] * hidden[r];
            return numbers.maps[1](z, budget_);
        }
        for (std::size_t m = 0; m < numbers.maps.size(); ++m) {
            if (m > 0) activate(z);
            z = numbers.maps[m](z, budget_);
        }
        return z;
    }

    const SoftInstance& x_;
    const Model& model_;
    Budget& budget_;
    const Interval zero_;
    std::size_t layer_ = 0;
};

}  // namespace

Interval score(const SoftInstance& instance, const std::vector<std::size_t>& word, Budget& budget) {
    if (!instance.model->readout.decides())
        throw Defect("model.json: readout", "the model accepts and rejects nothing");
    return Pass(instance, budget).score(word);
}

Intervals logits(const SoftInstance& instance, const std::vector<std::size_t>& word, Budget& budget) {
    return Pass(instance, budget).logits(word);
}

std::vector<Intervals> all_logits(const SoftInstance& instance, const std::vector<std::size_t>& word, Budget& budget) {
    return Pass(instance, budget).all_logits(word);
}

std::vector<Intervals> vectors_that_are_read(const SoftInstance& instance, const std::vector<std::size_t>& word,
                                             Budget& budget) {
    return Pass(instance, budget).vectors_that_are_read(word);
}

}  // namespace attest::checker
