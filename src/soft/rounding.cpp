// A network as a program in floating point computes it.
//
// There is no one such program: sums may be formed in other orders, products fused, exponentials differ by a unit. This
// is the plain one: each number rounded to nearest once, each operation of IEEE 754 rounded to nearest, sums from left
// to right, softmax by subtracting the greatest score. An answer of it that differs from the true one is no mistake of
// the model: it is what rounding does, shown by example. Since a program computes whole vectors, nothing of a vector is
// left out, only positions that masks hide from the readout.
//
// Source  [higham2002accuracy] for what may happen; no bound is used here

#include "soft/rounding.hpp"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <limits>

#include "ball_layers.hpp"
#include "network/need.hpp"
#include "rounded_steps.hpp"

namespace attest::soft {

namespace {

using language::Word;

static_assert(FLT_EVAL_METHOD == 0, "operations on float and double must round to their own type");

}  // namespace

class RoundedNetwork::Implementation {
  public:
    virtual ~Implementation() = default;
    virtual double score(const Word& word) const = 0;
};

namespace {

template <typename Number>
class Rounded : public RoundedNetwork::Implementation {
  public:
    Rounded(const network::Transformer& transformer, std::int64_t length)
        : at_(transformer, length),
          t_(*at_),
          n_(t_.sequence_length(length)),
          need_(t_, n_, network::Need::Detail::positions) {
        require_decision(t_);
        require_values(t_, n_);
        for (std::int64_t p = 1; p <= n_; ++p) places_.push_back(all_rounded<Number>(enclose_position(t_, p, n_, 128)));
        for (const network::Layer& layer : t_.layers) {
            auto& own = layers_.emplace_back();
            if (layer.attention)
                for (const network::Head& head : layer.attention->heads)
                    own.heads.push_back(make(*layer.attention, head));
            if (layer.attention && layer.attention->rotary) own.rotary = ball_rotary(*layer.attention->rotary, n_, 128);
            if (!layer.feedforward) continue;
            for (const exact::AffineMap& map : layer.feedforward->maps) own.maps.push_back(rounded_map<Number>(map));
            if (layer.feedforward->gate) own.gate = rounded_map<Number>(*layer.feedforward->gate);
        }
        bias_ = t_.readout.bias_in_n ? rounded<Number>(t_.readout.bias_in_n->enclose({.n = n_}, 128))
                                     : rounded<Number>(t_.readout.bias);
        if (t_.readout.classes) logits_ = rounded_map<Number>(t_.readout.classes->logits);
    }

    double score(const Word& word) const override {
        Sequence y = embed(word);
        if (t_.embedding_norm) norm_all(*t_.embedding_norm, y, 0);
        for (std::size_t l = 0; l < layers_.size(); ++l) {
            if (t_.layers[l].attention) y = attend(l, y);
            if (!t_.layers[l].feedforward) continue;
            for (std::size_t p = 0; p < y.size(); ++p)
                if (needed(l + 1, p)) y[p] = feed(l, y[p]);
        }
        if (t_.final_norm) norm_all(*t_.final_norm, y, layers_.size());
        return static_cast<double>(read(y));
    }

  private:
    using Vector = Numbers<Number>;
    using Sequence = std::vector<Vector>;

    /// The score; with classes above 0 iff the greatest logit, the first of several, is that of an accepted class.
    Number read(const Sequence& y) const {
        Vector vector(t_.dimension);
        const std::vector<std::int64_t> positions = t_.read_positions(n_);
        for (const std::int64_t p : positions)
            for (std::size_t c = 0; c < t_.dimension; ++c) vector[c] += y[static_cast<std::size_t>(p - 1)][c];
        for (Number& x : vector)
            if (t_.readout.reading == network::Readout::Reading::mean) x /= static_cast<Number>(positions.size());
        if (logits_) {
            const Vector logits = apply_rounded(*logits_, vector);
            const network::Classes& classes = *t_.readout.classes;
            const Number margin = classes.greatest(logits, true) - classes.greatest(logits, false);
            const bool level = margin == 0 && classes.accept[network::Classes::answer(logits)];
            return level ? std::numeric_limits<Number>::denorm_min() : margin;
        }
        Number sum = 0;
        for (std::size_t c = 0; c < t_.dimension; ++c) sum += rounded<Number>(t_.readout.weight[c]) * vector[c];
        return sum + bias_;
    }

    struct RoundedHead {
        std::optional<RoundedMap<Number>> query = {}, key = {};
        RoundedMap<Number> value, output;
        Number scale = 1;
        const exact::Expression* bias = nullptr;
        network::Mask mask = network::Mask::none;
        bool sparse = false;
    };
    struct RoundedLayer {
        std::vector<RoundedHead> heads = {};
        std::vector<RoundedMap<Number>> maps = {};
        std::optional<RoundedMap<Number>> gate = {};
        std::optional<BallRotary> rotary = {};
    };

    RoundedHead make(const network::Attention& attention, const network::Head& head) const {
        RoundedHead own{.value = rounded_map<Number>(head.value), .output = rounded_map<Number>(head.output)};
        own.mask = attention.mask_of(head);
        own.sparse = attention.kind == network::AttentionKind::sparsemax;
        if (head.query) {
            own.query = rounded_map<Number>(*head.query);
            own.key = rounded_map<Number>(*head.key);
            own.scale = rounded<Number>(enclose_scale(attention, head, n_, 128));
        }
        if (!head.bias.is_constant()) own.bias = &head.bias;
        return own;
    }

    Sequence embed(const Word& word) const {
        Sequence y = places_;
        std::size_t p = 0;
        const auto add = [&](const exact::Vector& symbol) {
            for (std::size_t c = 0; c < t_.dimension; ++c) y[p][c] += rounded<Number>(symbol[c]);
            ++p;
        };
        if (t_.begin) add(t_.begin_embedding);
        for (const language::Symbol s : word) add(t_.embedding[s]);
        if (t_.end) add(t_.end_embedding);
        return y;
    }

    bool needed(std::size_t boundary, std::size_t p) const {
        return need_.needed(boundary, static_cast<std::int64_t>(p) + 1);
    }

    void norm_all(const network::Norm& norm, Sequence& y, std::size_t boundary) const {
        for (std::size_t p = 0; p < y.size(); ++p)
            if (needed(boundary, p)) y[p] = normal(norm, y[p]);
    }

    Vector feed(std::size_t l, const Vector& y) const {
        const network::FeedForward& part = *t_.layers[l].feedforward;
        const bool pre = part.norm && part.norm->placement == network::Norm::Placement::pre;
        const Vector input = pre ? normal(*part.norm, y) : y;
        Vector x = input;
        for (std::size_t k = 0; k < layers_[l].maps.size(); ++k) {
            if (k > 0 && !part.gate)
                for (Number& unit : x) unit = activated(part.activation, unit);
            x = apply_rounded(layers_[l].maps[k], x);
            if (k > 0 || !part.gate) continue;
            const Vector gate = apply_rounded(*layers_[l].gate, input);
            for (std::size_t r = 0; r < x.size(); ++r) x[r] *= activated(part.activation, gate[r]);
        }
        if (part.residual)
            for (std::size_t c = 0; c < x.size(); ++c) x[c] += y[c];
        return part.norm && !pre ? normal(*part.norm, x) : x;
    }

    Sequence attend(std::size_t l, const Sequence& y) const {
        const network::Attention& attention = *t_.layers[l].attention;
        const bool pre = attention.norm && attention.norm->placement == network::Norm::Placement::pre;
        Sequence from = y;
        if (pre)
            for (Vector& v : from) v = normal(*attention.norm, v);
        Sequence z(y.size(), Vector(t_.dimension));
        if (attention.residual) z = y;
        for (const RoundedHead& head : layers_[l].heads) add_head(l, head, from, z);
        if (attention.norm && !pre) norm_all(*attention.norm, z, l + 1);
        return z;
    }

    void add_head(std::size_t l, const RoundedHead& head, const Sequence& from, Sequence& z) const {
        Sequence keys, values;
        for (const Vector& v : from) {
            if (head.key) {
                keys.push_back(apply_rounded(*head.key, v));
                turn(layers_[l].rotary, keys.size() - 1, keys.back());
            }
            values.push_back(apply_rounded(head.value, v));
        }
        const bool everywhere = head.mask == network::Mask::none && !head.query && head.bias == nullptr;
        std::optional<Vector> same;
        for (std::size_t p = 0; p < from.size(); ++p) {
            if (!needed(l + 1, p)) continue;
            if (!same) {
                Vector query = head.query ? apply_rounded(*head.query, from[p]) : Vector();
                if (head.query) turn(layers_[l].rotary, p, query);
                const std::optional<Vector> mean = weighted(head, p, query, keys, values);
                if (!mean) continue;
                same = apply_rounded(head.output, *mean);
            }
            for (std::size_t c = 0; c < t_.dimension; ++c) z[p][c] += (*same)[c];
            if (!everywhere) same.reset();
        }
    }

    std::optional<Vector> weighted(const RoundedHead& head, std::size_t p, const Vector& query, const Sequence& keys,
                                   const Sequence& values) const {
        std::vector<std::size_t> seen;
        Vector weights;
        for (std::size_t j = 0; j < values.size(); ++j) {
            if (!allows(head.mask, static_cast<std::int64_t>(p), static_cast<std::int64_t>(j))) continue;
            Number score = 0;
            for (std::size_t r = 0; r < query.size(); ++r) score += query[r] * keys[j][r];
            score *= head.scale;
            if (head.bias != nullptr)
                score += rounded<Number>(head.bias->enclose(
                    {.i = static_cast<std::int64_t>(p) + 1, .j = static_cast<std::int64_t>(j) + 1, .n = n_}, 128));
            seen.push_back(j);
            weights.push_back(score);
        }
        if (seen.empty()) return std::nullopt;
        const Number total = head.sparse ? project(weights) : exponentiate(weights);
        Vector mean(values[0].size());
        for (std::size_t k = 0; k < seen.size(); ++k) {
            const Number w = weights[k] / total;
            for (std::size_t r = 0; r < mean.size(); ++r) mean[r] += w * values[seen[k]][r];
        }
        return mean;
    }

    network::AtLength at_;
    const network::Transformer& t_;
    std::int64_t n_;
    network::Need need_;  // a program computes whole vectors
    Sequence places_;
    std::vector<RoundedLayer> layers_;
    Number bias_ = 0;
    std::optional<RoundedMap<Number>> logits_;
};

}  // namespace

const char* to_string(Float type) { return type == Float::binary32 ? "binary32" : "binary64"; }

RoundedNetwork::RoundedNetwork(const network::Transformer& transformer, std::int64_t length, Float type) {
    if (type == Float::binary32) implementation_ = std::make_unique<Rounded<float>>(transformer, length);
    else implementation_ = std::make_unique<Rounded<double>>(transformer, length);
}
RoundedNetwork::~RoundedNetwork() = default;
RoundedNetwork::RoundedNetwork(RoundedNetwork&&) noexcept = default;

double RoundedNetwork::score(const Word& word) const { return implementation_->score(word); }

}  // namespace attest::soft
