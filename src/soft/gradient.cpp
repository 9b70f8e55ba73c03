// Reverse differentiation of a softmax model on one word.
//
// With D x the derivative of the score by x:
// - y = W x + b:  D x = Wᵀ D y.
// - The norm y = gain · c/σ + bias with c = x − mean (or x) and σ² = mean c² + eps, u = c/σ:
//   D c = (g − u mean(u g))/σ with g = gain · D y, and D x = D c − mean(D c) (or D c). Since Σ u = 0 where x is centred, the order of the
//   two does not matter.
// - A head's mean m = Σ a_j v_j with a = softmax(s):  D v_j = a_j D m, D s_j = a_j (D m · v_j − D m · m), and s_j = q · k_j + bias.
//   With a = sparsemax(s), D s_j = D m · v_j − the mean of these over all j with a_j > 0, for such a j, else 0.
// - A turn of a query or key:  D x is D y turned back.
// - An activation y = f(x):  D x = f'(x) D y; ReLU has the slope 0 at 0.
// - A gate y = v ∘ o with o = f(g):  D v = o ∘ D y, D g = f'(g) ∘ v ∘ D y.
// - A sum of vectors, or their mean: each has the derivative of the sum, or its part of that.
// The change to first order when symbol t stands where s stands now is D x · (e_t − e_s), x being what enters the first layer.

#include "soft/gradient.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "attest/soft/words.hpp"
#include "soft/curve.hpp"
#include "soft/layer_matrices.hpp"
#include "soft/rounded_steps.hpp"
#include "words_network.hpp"

namespace attest::soft {

namespace {

using Values = std::vector<double>;
using Rows = std::vector<Values>;  ///< [position]; empty where nothing is needed

Values product(const Matrix& map, const Values& x, const Values& bias) {
    Values y(bias.begin(), bias.begin() + static_cast<std::ptrdiff_t>(map.outputs));
    for (std::size_t i = 0; i < map.inputs; ++i)
        for (std::size_t o = 0; o < map.outputs; ++o) y[o] += map.weight[i * map.outputs + o] * x[i];
    return y;
}

Values product(const Matrix& map, const Values& x) { return product(map, x, map.bias); }

Values transposed_product(const Matrix& map, const Values& y) {
    Values x(map.inputs, 0);
    for (std::size_t i = 0; i < map.inputs; ++i)
        for (std::size_t o = 0; o < map.outputs; ++o) x[i] += map.weight[i * map.outputs + o] * y[o];
    return x;
}

void add_to_row(Values& sum, const Values& x) {
    if (sum.empty()) sum.assign(x.size(), 0);
    for (std::size_t r = 0; r < x.size(); ++r) sum[r] += x[r];
}

double mean_of(const Values& x) {
    double sum = 0;
    for (const double each : x) sum += each;
    return sum / static_cast<double>(x.size());
}

/// What a norm makes of a vector, and what its derivative needs.
struct Normed {
    Values unit;  ///< before gain and bias
    double inverse = 1;
};

Normed normed_of(const words::Norm& norm, Values x) {
    const double mean = norm.centred ? mean_of(x) : 0;
    double square = 0;
    for (double& each : x) each -= mean, square += each * each;
    const double inverse = 1 / std::sqrt(square / static_cast<double>(x.size()) + norm.eps);
    for (double& each : x) each *= inverse;
    return {std::move(x), inverse};
}

Values scaled(const words::Norm& norm, const Normed& normed) {
    Values y(normed.unit.size());
    for (std::size_t r = 0; r < y.size(); ++r) y[r] = norm.gain[r] * normed.unit[r] + norm.bias[r];
    return y;
}

Values back_through(const words::Norm& norm, const Normed& normed, Values d) {
    double along = 0;
    for (std::size_t r = 0; r < d.size(); ++r) d[r] *= norm.gain[r], along += d[r] * normed.unit[r];
    along /= static_cast<double>(d.size());
    const double mean = norm.centred ? mean_of(d) : 0;
    for (std::size_t r = 0; r < d.size(); ++r) d[r] = (d[r] - mean - along * normed.unit[r]) * normed.inverse;
    return d;
}

/// Turns queries or keys of all heads, `first` of which are their first rows; or turns them back.
void turn(const words::Attention& attention, std::size_t p, std::size_t words::Head::*first, double sign, Values& x) {
    if (!attention.turns || x.empty()) return;
    for (const words::Head& head : attention.heads) {
        if (head.dk == 0) continue;
        for (const words::Turns::Pair& pair : attention.turns->at[p]) {
            double &a = x[head.*first + pair.first], &b = x[head.*first + pair.second];
            const double sine = sign * pair.sine, turned = a * pair.cosine - b * sine;
            b = a * sine + b * pair.cosine;
            a = turned;
        }
    }
}

/// What a gate and what it multiplies were.
struct GateRun {
    Values value, open, slope;
};

/// What a layer computed on a word, kept for the way back.
struct LayerRun {
    std::vector<Normed> attention_norm, feedforward_norm;  ///< [position]
    Rows queries, pairs;                                   ///< [position]
    std::vector<Rows> weights;                             ///< [head][position]: over the keys that it sees
    Rows means;
    std::vector<Rows> slopes;    ///< [position][map]: of the activations after it
    std::vector<GateRun> gates;  ///< [position]
};

}  // namespace

class Gradient::Implementation {
  public:
    Implementation(const network::Transformer& transformer, std::int64_t length)
        : network_(transformer, length), readout_(unpack(network_.readout)), matrices_(matrices_of(network_)) {}

    double score(const language::Word& word) const {
        std::vector<LayerRun> runs(network_.layers.size());
        std::vector<Normed> last;
        Values ignored;
        return forward(word, runs, last, ignored);
    }

    Slopes slopes(const language::Word& word) const {
        std::vector<LayerRun> runs(network_.layers.size());
        std::vector<Normed> last;
        Values d;
        Slopes result{forward(word, runs, last, d), {}};
        for (double& each : d) each /= parts();
        Rows rows(network_.positions);
        for (std::size_t k = 0; k < network_.read.size(); ++k)
            rows[network_.read[k]] = network_.final_norm ? back_through(*network_.final_norm, last[k], d) : d;
        for (std::size_t l = network_.layers.size(); l-- > 0;) {
            if (network_.layers[l].feedforward) unfeed(l, runs[l], rows);
            if (network_.layers[l].attention) unattend(l, runs[l], rows);
        }
        for (std::size_t p = 0; p < network_.letters; ++p) {
            const std::vector<words::Point>& points = network_.embedded[network_.first + p];
            const Values &by = rows[network_.first + p], &own = points[word[p]].values;
            Values& change = result.change.emplace_back(network_.symbols, 0);
            for (std::size_t t = 0; t < network_.symbols && !by.empty(); ++t)
                for (std::size_t r = 0; r < by.size(); ++r) change[t] += by[r] * (points[t].values[r] - own[r]);
        }
        return result;
    }

    double cost() const {
        const auto n = static_cast<double>(network_.positions);
        double sum = 1;
        for (const LayerMatrices& layer : matrices_) {
            for (const Matrix* map : {&layer.query, &layer.pairs, &layer.output, &layer.gate})
                sum += n * static_cast<double>(map->weight.size());
            for (const Matrix& map : layer.maps) sum += n * static_cast<double>(map.weight.size());
            sum += n * n * static_cast<double>(layer.pairs.outputs);
        }
        return sum;
    }

  private:
    /// What the sum of the vectors that are read is divided by.
    double parts() const {
        return network_.pooling == words::Network::Pooling::mean ? static_cast<double>(network_.read.size()) : 1;
    }

    /// The score; `d` becomes its derivative by what the readout reads. `last`: of each position that is read
    double forward(const language::Word& word, std::vector<LayerRun>& runs, std::vector<Normed>& last,
                   Values& d) const {
        Rows x(network_.positions);
        for (std::size_t p = 0; p < network_.positions; ++p) {
            const bool is_letter = p >= network_.first && p < network_.first + network_.letters;
            if (network_.needed[0][p]) x[p] = network_.embedded[p][is_letter ? word[p - network_.first] : 0].values;
        }
        for (std::size_t l = 0; l < network_.layers.size(); ++l) {
            if (network_.layers[l].attention) attend(l, runs[l], x);
            if (network_.layers[l].feedforward) feed(l, runs[l], x);
        }
        Values read;
        for (const std::size_t p : network_.read) {
            if (network_.final_norm) last.push_back(normed_of(*network_.final_norm, std::move(x[p])));
            add_to_row(read, network_.final_norm ? scaled(*network_.final_norm, last.back()) : x[p]);
        }
        for (double& each : read) each /= parts();
        const Values logits = product(readout_, read);
        Values by(logits.size(), 0);
        double score = logits[0];
        if (network_.accept.empty()) by[0] = 1;
        else {
            std::optional<std::size_t> yes, no;
            for (std::size_t c = 0; c < logits.size(); ++c) {
                std::optional<std::size_t>& best = network_.accept[c] ? yes : no;
                if (!best || logits[c] > logits[*best]) best = c;
            }
            score = (yes ? logits[*yes] : 0) - (no ? logits[*no] : 0);
            if (yes) by[*yes] = 1;
            if (no) by[*no] = -1;
        }
        d = transposed_product(readout_, by);
        return score;
    }

    void attend(std::size_t l, LayerRun& run, Rows& x) const {
        const words::Attention& attention = *network_.layers[l].attention;
        const std::size_t n = network_.positions;
        run.queries.resize(n), run.pairs.resize(n), run.means.resize(n), run.attention_norm.resize(n);
        run.weights.assign(attention.heads.size(), Rows(n));
        const bool pre = attention.norm && attention.norm->pre;
        for (std::size_t p = 0; p < n; ++p) {
            if (x[p].empty()) continue;
            if (pre) run.attention_norm[p] = normed_of(*attention.norm, x[p]);
            const Values input = pre ? scaled(*attention.norm, run.attention_norm[p]) : x[p];
            if (asks(l, p)) run.queries[p] = product(matrices_[l].query, input);
            run.pairs[p] = product(matrices_[l].pairs, input);
            turn(attention, p, &words::Head::query, 1, run.queries[p]);
            turn(attention, p, &words::Head::key, 1, run.pairs[p]);
        }
        Rows after(n);
        for (std::size_t i = 0; i < n; ++i) {
            if (!network_.needed[l + 1][i]) continue;
            Values z(network_.dimension, 0);
            if (asks(l, i)) {
                run.means[i].assign(attention.output.inputs, 0);
                for (std::size_t h = 0; h < attention.heads.size(); ++h) look(l, h, i, run);
                z = product(matrices_[l].output, run.means[i], attention.output.bias_at(i));
            }
            if (attention.residual) add_to_row(z, x[i]);
            if (attention.norm && !pre) {
                run.attention_norm[i] = normed_of(*attention.norm, std::move(z));
                z = scaled(*attention.norm, run.attention_norm[i]);
            }
            after[i] = std::move(z);
        }
        x = std::move(after);
    }

    bool asks(std::size_t l, std::size_t i) const {
        const auto [from, to] = network_.seen(l, i);
        return network_.needed[l + 1][i] && from < to;
    }

    /// One head at one query position.
    void look(std::size_t l, std::size_t h, std::size_t i, LayerRun& run) const {
        const words::Head& head = network_.layers[l].attention->heads[h];
        const auto [from, to] = words::Attention::seen(head, i, network_.positions);
        Values& weights = run.weights[h][i];
        if (from == to) return;
        for (std::size_t j = from; j < to; ++j) {
            double s = head.bias[i][j];
            for (std::size_t r = 0; r < head.dk; ++r) s += run.queries[i][head.query + r] * run.pairs[j][head.key + r];
            weights.push_back(s);
        }
        const double total = network_.layers[l].attention->sparse ? project(weights) : exponentiate(weights);
        for (double& w : weights) w /= total;
        for (std::size_t j = from; j < to; ++j)
            for (std::size_t r = 0; r < head.dv; ++r)
                run.means[i][head.mean + r] += weights[j - from] * run.pairs[j][head.value + r];
    }

    static void bend(const words::FeedForward& part, Values& x, Values& slopes) {
        for (double& each : x) {
            const ValueAndSlope at = activate(part, each);
            each = at.value;
            slopes.push_back(at.slope);
        }
    }

    Values through_gate(std::size_t l, const Values& x, GateRun& run) const {
        run = {product(matrices_[l].maps[0], x), product(matrices_[l].gate, x), {}};
        bend(*network_.layers[l].feedforward, run.open, run.slope);
        Values y = run.value;
        for (std::size_t r = 0; r < y.size(); ++r) y[r] *= run.open[r];
        return y;
    }

    Values back_through_gate(std::size_t l, const Values& d, const GateRun& run) const {
        Values by_value = d, by_gate = d;
        for (std::size_t r = 0; r < d.size(); ++r)
            by_value[r] *= run.open[r], by_gate[r] *= run.value[r] * run.slope[r];
        Values x = transposed_product(matrices_[l].maps[0], by_value);
        add_to_row(x, transposed_product(matrices_[l].gate, by_gate));
        return x;
    }

    void feed(std::size_t l, LayerRun& run, Rows& x) const {
        const words::FeedForward& part = *network_.layers[l].feedforward;
        run.feedforward_norm.resize(network_.positions), run.slopes.resize(network_.positions);
        run.gates.resize(network_.positions);
        for (std::size_t p = 0; p < network_.positions; ++p) {
            if (!network_.needed[l + 1][p]) continue;
            const bool pre = part.norm && part.norm->pre;
            if (pre) run.feedforward_norm[p] = normed_of(*part.norm, x[p]);
            Values y = pre ? scaled(*part.norm, run.feedforward_norm[p]) : x[p];
            if (part.gate) y = through_gate(l, y, run.gates[p]);
            for (std::size_t k = part.gate ? 1 : 0; k < part.maps.size(); ++k) {
                if (k > 0 && !part.gate) bend(part, y, run.slopes[p].emplace_back());
                y = product(matrices_[l].maps[k], y);
            }
            if (part.residual) add_to_row(y, x[p]);
            if (part.norm && !pre) {
                run.feedforward_norm[p] = normed_of(*part.norm, std::move(y));
                y = scaled(*part.norm, run.feedforward_norm[p]);
            }
            x[p] = std::move(y);
        }
    }

    /// `rows` is the derivative by what the part gave, and becomes that by what it took.
    void unfeed(std::size_t l, const LayerRun& run, Rows& rows) const {
        const words::FeedForward& part = *network_.layers[l].feedforward;
        for (std::size_t p = 0; p < network_.positions; ++p) {
            if (rows[p].empty()) continue;
            Values whole = std::move(rows[p]);
            if (part.norm && !part.norm->pre)
                whole = back_through(*part.norm, run.feedforward_norm[p], std::move(whole));
            Values d = whole;
            for (std::size_t k = part.maps.size(); k-- > (part.gate ? 1 : 0);) {
                d = transposed_product(matrices_[l].maps[k], d);
                for (std::size_t r = 0; k > 0 && !part.gate && r < d.size(); ++r) d[r] *= run.slopes[p][k - 1][r];
            }
            if (part.gate) d = back_through_gate(l, d, run.gates[p]);
            if (part.norm && part.norm->pre) d = back_through(*part.norm, run.feedforward_norm[p], std::move(d));
            if (part.residual) add_to_row(d, whole);
            rows[p] = std::move(d);
        }
    }

    void unattend(std::size_t l, const LayerRun& run, Rows& rows) const {
        const words::Attention& attention = *network_.layers[l].attention;
        const std::size_t n = network_.positions;
        Rows queries(n), pairs(n), before(n);
        for (std::size_t i = 0; i < n; ++i) {
            if (rows[i].empty()) continue;
            Values z = std::move(rows[i]);
            if (attention.norm && !attention.norm->pre)
                z = back_through(*attention.norm, run.attention_norm[i], std::move(z));
            if (asks(l, i)) {
                const Values means = transposed_product(matrices_[l].output, z);
                queries[i].assign(matrices_[l].query.outputs, 0);
                for (std::size_t h = 0; h < attention.heads.size(); ++h) unlook(l, h, i, run, means, queries, pairs);
            }
            if (attention.residual) before[i] = std::move(z);
        }
        for (std::size_t p = 0; p < n; ++p) {
            Values d;
            turn(attention, p, &words::Head::query, -1, queries[p]);
            turn(attention, p, &words::Head::key, -1, pairs[p]);
            if (!queries[p].empty()) add_to_row(d, transposed_product(matrices_[l].query, queries[p]));
            if (!pairs[p].empty()) add_to_row(d, transposed_product(matrices_[l].pairs, pairs[p]));
            if (d.empty()) continue;
            if (attention.norm && attention.norm->pre)
                d = back_through(*attention.norm, run.attention_norm[p], std::move(d));
            add_to_row(before[p], d);
        }
        rows = std::move(before);
    }

    void unlook(std::size_t l, std::size_t h, std::size_t i, const LayerRun& run, const Values& means, Rows& queries,
                Rows& pairs) const {
        const words::Head& head = network_.layers[l].attention->heads[h];
        const auto [from, to] = words::Attention::seen(head, i, network_.positions);
        const bool sparse = network_.layers[l].attention->sparse;
        const Values& weights = run.weights[h][i];
        Values along(to - from, 0);
        double whole = 0, many = 0;
        for (std::size_t j = from; j < to; ++j) {
            const double weight = weights[j - from];
            if (pairs[j].empty()) pairs[j].assign(matrices_[l].pairs.outputs, 0);
            for (std::size_t r = 0; r < head.dv; ++r) {
                along[j - from] += means[head.mean + r] * run.pairs[j][head.value + r];
                pairs[j][head.value + r] += weight * means[head.mean + r];
            }
            const double part = sparse ? (weight > 0 ? 1 : 0) : weight;
            whole += part * along[j - from], many += part;
        }
        for (std::size_t j = from; j < to; ++j) {
            const double part = sparse ? (weights[j - from] > 0 ? 1 : 0) : weights[j - from];
            const double d = part * (along[j - from] - whole / many);
            for (std::size_t r = 0; r < head.dk; ++r) {
                queries[i][head.query + r] += d * run.pairs[j][head.key + r];
                pairs[j][head.key + r] += d * run.queries[i][head.query + r];
            }
        }
    }

    words::Network network_;
    Matrix readout_;
    std::vector<LayerMatrices> matrices_;
};

Gradient::Gradient(const network::Transformer& transformer, std::int64_t length)
    : implementation_(std::make_unique<Implementation>(transformer, length)) {}
Gradient::~Gradient() = default;
Gradient::Gradient(Gradient&&) noexcept = default;
double Gradient::score(const language::Word& word) const { return implementation_->score(word); }
Gradient::Slopes Gradient::slopes(const language::Word& word) const { return implementation_->slopes(word); }
double Gradient::cost() const { return implementation_->cost(); }

double Gradient::Slopes::moved(const language::Word& from, const language::Word& to,
                               const std::pair<std::size_t, std::size_t>& at) const {
    double sum = 0;
    if (from[at.first] != to[at.first]) sum += change[at.first][to[at.first]];
    if (at.second != at.first && from[at.second] != to[at.second]) sum += change[at.second][to[at.second]];
    return sum;
}

}  // namespace attest::soft
