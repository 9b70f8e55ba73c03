#include "checker/soft/soft_evaluator.hpp"

#include <algorithm>

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

    Interval run(const std::vector<std::size_t>& word) {
        Sequence y = embed(word);
        for (std::size_t l = 0; l < model_.layers.size(); ++l) {
            layer_ = l;
            budget_.step(steps());
            if (model_.layers[l].attention) y = attend(y);
            if (model_.layers[l].feedforward) feed(y);
        }
        Interval score = x_.readout_bias;
        for (std::size_t c = 0; c < model_.dimension; ++c)
            if (model_.readout_weight[c] != 0) score += x_.weight[c] * y[x_.readout - 1][c];
        return score;
    }

  private:
    Sequence embed(const std::vector<std::size_t>& word) const {
        Sequence y = x_.position;
        std::size_t p = 0;
        if (!x_.begin.empty()) add(y[p++], x_.begin.front());
        for (const std::size_t a : word) add(y[p++], x_.symbols[a]);
        if (!x_.end.empty()) add(y[p], x_.end.front());
        return y;
    }

    /// Sums of uniform heads are made once, if there is no mask.
    std::uint64_t steps() const {
        std::uint64_t steps = 1000 * x_.n;
        for (std::size_t h = 0; h < x_.layers[layer_].heads.size(); ++h) {
            const bool once =
                is_uniform(x_.layers[layer_].heads[h]) && model_.layers[layer_].attention->mask == Mask::none;
            std::uint64_t queries = 0;
            for (std::size_t p = 0; p < x_.n; ++p) queries += reads(p) && reads(p)->live[h] ? 1 : 0;
            steps += 1000 * x_.n * (once ? 1 : queries);
        }
        return steps;
    }

    static bool is_uniform(const SoftHead& head) { return !head.query && !head.biases; }

    const std::optional<Reads>& reads(std::size_t p) const { return x_.needs.reads[layer_][p]; }

    /// (v - mean) / sqrt(variance + eps) * gain + bias
    Intervals normal(const SoftNorm& norm, const Intervals& v, std::size_t p) const {
        const Interval d(Rational(static_cast<unsigned long>(v.size())), x_.bits);
        Interval mean = zero_;
        for (const Interval& entry : v) mean += entry;
        mean = mean / d;
        Interval variance = zero_;
        Intervals result;
        for (const Interval& entry : v) {
            result.push_back(entry - mean);
            variance += result.back() * result.back();
        }
        // A variance is not negative, whatever the interval says.
        variance = max(variance / d, zero_);
        if (norm.exact && variance.is_zero())
            throw Defect("model.json: layers[" + std::to_string(layer_) + "]",
                         "a norm with eps = 0 of a vector without variance at position " + std::to_string(p + 1));
        const Interval deviation = sqrt(variance + norm.eps);
        for (std::size_t c = 0; c < v.size(); ++c) result[c] = result[c] / deviation * norm.gain[c] + norm.bias[c];
        return result;
    }

    Sequence attend(const Sequence& y) {
        const Attention& attention = *model_.layers[layer_].attention;
        const SoftLayer& layer = x_.layers[layer_];
        const Sequence from =
            layer.attention_norm && layer.attention_norm->pre ? normal_where_read(*layer.attention_norm, y) : y;
        Sequence to(x_.n);
        for (std::size_t p = 0; p < x_.n; ++p)
            to[p] = attention.residual && reads(p) ? y[p] : Intervals(model_.dimension, zero_);
        for (std::size_t h = 0; h < layer.heads.size(); ++h) add_head(h, from, to);
        if (!layer.attention_norm || layer.attention_norm->pre) return to;
        for (std::size_t p = 0; p < x_.n; ++p)
            if (reads(p)) to[p] = normal(*layer.attention_norm, to[p], p);
        return to;
    }

    /// What no head reads need not have a variance.
    Sequence normal_where_read(const SoftNorm& norm, const Sequence& y) const {
        const auto& need = x_.needs.need[layer_];
        Sequence result = y;
        for (std::size_t p = 0; p < x_.n; ++p)
            if (need[p] && std::all_of(need[p]->begin(), need[p]->end(), [](bool all) { return all; }))
                result[p] = normal(norm, y[p], p);
        return result;
    }

    void add_head(std::size_t h, const Sequence& from, Sequence& to) const {
        const SoftHead& head = x_.layers[layer_].heads[h];
        const Mask mask = model_.layers[layer_].attention->mask;
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
                    if (head.key) keys[j] = (*head.key)(from[j], budget_);
                }
            const Intervals weights = uniform || seen.size() == 1
                                          ? Intervals(seen.size(), Interval(Rational(1), x_.bits))
                                          : weights_of(head, from[p], keys, p, seen);
            const Intervals result = head.output(mean(weights, values, seen), budget_);
            add(to[p], result);
            if (uniform && mask == Mask::none) everywhere = result;
        }
    }

    /// exp(score - c) for the positions seen; c, a number near the greatest score, changes nothing.
    Intervals weights_of(const SoftHead& head, const Intervals& own, const Sequence& keys, std::size_t p,
                         const std::vector<std::size_t>& seen) const {
        Intervals scores;
        budget_.step(seen.size(), 1 + (head.query ? head.key->rows.size() : 0));
        const Intervals query = head.query ? (*head.query)(own, budget_) : Intervals();
        for (const std::size_t j : seen) {
            Interval score = zero_;
            for (std::size_t r = 0; r < query.size(); ++r) score += query[r] * keys[j][r];
            score = score * head.scale;
            if (head.biases) score += (*head.biases)[p * x_.n + j];
            scores.push_back(std::move(score));
        }
        const Interval c = std::max_element(scores.begin(), scores.end(), [](const Interval& a, const Interval& b) {
                               return below(a, b);
                           })->bottom();
        for (Interval& score : scores) score = exp(score - c);
        return scores;
    }

    Intervals mean(const Intervals& weights, const Sequence& values, const std::vector<std::size_t>& seen) const {
        Intervals sum(values[seen.front()].size(), zero_);
        Interval total = zero_;
        if (seen.size() == 1) return values[seen.front()];
        budget_.step(seen.size(), sum.size());
        for (std::size_t k = 0; k < seen.size(); ++k) {
            total += weights[k];
            for (std::size_t r = 0; r < sum.size(); ++r) sum[r] += weights[k] * values[seen[k]][r];
        }
        for (Interval& entry : sum) entry = entry / total;
        return sum;
    }

    void feed(Sequence& y) const {
        const FeedForward& part = *model_.layers[layer_].feedforward;
        const SoftLayer& layer = x_.layers[layer_];
        const auto& norm = layer.feedforward_norm;
        for (std::size_t p = 0; p < x_.n; ++p) {
            if (!reads(p)) continue;
            Intervals z = norm && norm->pre ? normal(*norm, y[p], p) : y[p];
            for (std::size_t m = 0; m < layer.maps.size(); ++m) {
                if (m > 0)
                    for (Interval& entry : z) entry = max(entry, zero_);
                z = layer.maps[m](z, budget_);
            }
            if (part.residual) add(z, y[p]);
            y[p] = norm && !norm->pre ? normal(*norm, z, p) : std::move(z);
        }
    }

    const SoftInstance& x_;
    const Model& model_;
    Budget& budget_;
    const Interval zero_;
    std::size_t layer_ = 0;
};

}  // namespace

Interval score(const SoftInstance& instance, const std::vector<std::size_t>& word, Budget& budget) {
    return Pass(instance, budget).run(word);
}

}  // namespace attest::checker
