#include "attest/soft/rounding.hpp"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <limits>

#include "attest/base/random.hpp"
#include "attest/soft/needs.hpp"

namespace attest::soft {

namespace {

using language::Word;

static_assert(FLT_EVAL_METHOD == 0, "operations on float and double must round to their own type");

/// The number of the type that is nearest to the middle of a ball, which is narrow.
template <typename Number>
Number rounded(const exact::Ball& x) {
    constexpr long digits = std::numeric_limits<Number>::digits;
    arf_t nearest;
    arf_init(nearest);
    arf_set_round(nearest, arb_midref(x.raw()), digits, ARF_RND_NEAR);
    const auto result = static_cast<Number>(arf_get_d(nearest, ARF_RND_NEAR));
    arf_clear(nearest);
    return result;
}

template <typename Number>
Number rounded(const exact::Rational& x) {
    return rounded<Number>(exact::Ball(x, 256));
}

template <typename Number>
using Numbers = std::vector<Number>;

template <typename Number>
struct RoundedMap {
    explicit RoundedMap(const exact::AffineMap& map) : bias(map.outputs()) {
        for (std::size_t r = 0; r < map.outputs(); ++r) {
            if (!map.bias.empty()) bias[r] = rounded<Number>(map.bias[r]);
            auto& row = rows.emplace_back();
            for (const auto& [column, value] : map.weight.rows[r]) row.emplace_back(column, rounded<Number>(value));
        }
    }
    Numbers<Number> operator()(const Numbers<Number>& x) const {
        Numbers<Number> y(rows.size());
        for (std::size_t r = 0; r < rows.size(); ++r) {
            for (const auto& [column, value] : rows[r]) y[r] += value * x[column];
            y[r] += bias[r];
        }
        return y;
    }
    std::vector<std::vector<std::pair<std::uint32_t, Number>>> rows;
    Numbers<Number> bias;
};

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
        : t_(transformer),
          n_(transformer.sequence_length(length)),
          readout_(transformer.readout_position(n_) - 1),
          needs_(needs(transformer, n_)) {
        require_values(transformer, n_);
        for (std::int64_t p = 1; p <= n_; ++p) {
            auto& place = places_.emplace_back(t_.dimension);
            for (std::size_t c = 0; c < t_.position.size(); ++c)
                place[c] = rounded<Number>(t_.position[c].enclose({.i = p, .n = n_}, 128));
        }
        for (const network::Layer& layer : t_.layers) {
            auto& own = layers_.emplace_back();
            if (layer.attention)
                for (const network::Head& head : layer.attention->heads)
                    own.heads.push_back(make(*layer.attention, head));
            if (layer.feedforward)
                for (const exact::AffineMap& map : layer.feedforward->maps) own.maps.emplace_back(map);
        }
    }

    double score(const Word& word) const override {
        Sequence y = embed(word);
        for (std::size_t l = 0; l < layers_.size(); ++l) {
            if (t_.layers[l].attention) y = attend(l, y);
            if (!t_.layers[l].feedforward) continue;
            const Needs::Positions& after = l + 1 < layers_.size() ? needs_.before[l + 1] : needs_.last;
            for (std::size_t p = 0; p < y.size(); ++p)
                if (any(after[p])) y[p] = feed(l, y[p]);
        }
        Number sum = 0;
        for (std::size_t c = 0; c < t_.dimension; ++c)
            sum += rounded<Number>(t_.readout.weight[c]) * y[static_cast<std::size_t>(readout_)][c];
        return static_cast<double>(sum + rounded<Number>(t_.readout.bias));
    }

  private:
    using Vector = Numbers<Number>;
    using Sequence = std::vector<Vector>;

    struct RoundedHead {
        std::optional<RoundedMap<Number>> query, key;
        RoundedMap<Number> value, output;
        Number scale = 1;
        const exact::Expression* bias = nullptr;
    };
    struct RoundedLayer {
        std::vector<RoundedHead> heads = {};
        std::vector<RoundedMap<Number>> maps = {};
    };

    RoundedHead make(const network::Attention& attention, const network::Head& head) const {
        RoundedHead own{{}, {}, RoundedMap<Number>(head.value), RoundedMap<Number>(head.output), 1, nullptr};
        if (head.query) {
            own.query.emplace(*head.query);
            own.key.emplace(*head.key);
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

    static Vector normal(const network::Norm& norm, const Vector& v) {
        const auto d = static_cast<Number>(v.size());
        Number mean = 0, variance = 0;
        for (const Number x : v) mean += x;
        mean /= d;
        for (const Number x : v) variance += (x - mean) * (x - mean);
        variance /= d;
        const Number deviation = std::sqrt(variance + rounded<Number>(norm.eps));
        Vector y(v.size());
        for (std::size_t c = 0; c < v.size(); ++c)
            y[c] = (v[c] - mean) / deviation * rounded<Number>(norm.gain[c]) + rounded<Number>(norm.bias[c]);
        return y;
    }

    Vector feed(std::size_t l, const Vector& y) const {
        const network::FeedForward& part = *t_.layers[l].feedforward;
        const bool pre = part.norm && part.norm->placement == network::Norm::Placement::pre;
        Vector x = pre ? normal(*part.norm, y) : y;
        for (std::size_t k = 0; k < layers_[l].maps.size(); ++k) {
            if (k > 0)
                for (Number& unit : x) unit = std::max(unit, Number(0));
            x = layers_[l].maps[k](x);
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
        if (attention.norm && !pre)
            for (std::size_t p = 0; p < z.size(); ++p)
                if (any(needs_.between[l][p])) z[p] = normal(*attention.norm, z[p]);
        return z;
    }

    void add_head(std::size_t l, const RoundedHead& head, const Sequence& from, Sequence& z) const {
        const network::Mask mask = t_.layers[l].attention->mask;
        Sequence keys, values;
        for (const Vector& v : from) {
            if (head.key) keys.push_back((*head.key)(v));
            values.push_back(head.value(v));
        }
        const bool everywhere = mask == network::Mask::none && !head.query && head.bias == nullptr;
        std::optional<Vector> same;
        for (std::size_t p = 0; p < from.size(); ++p) {
            if (!any(needs_.between[l][p])) continue;
            if (!same) {
                const std::optional<Vector> mean = weighted(head, mask, p, from[p], keys, values);
                if (!mean) continue;
                same = head.output(*mean);
            }
            for (std::size_t c = 0; c < t_.dimension; ++c) z[p][c] += (*same)[c];
            if (!everywhere) same.reset();
        }
    }

    std::optional<Vector> weighted(const RoundedHead& head, network::Mask mask, std::size_t p, const Vector& asking,
                                   const Sequence& keys, const Sequence& values) const {
        const Vector query = head.query ? (*head.query)(asking) : Vector();
        std::vector<std::size_t> seen;
        Vector weights;
        for (std::size_t j = 0; j < values.size(); ++j) {
            if (!allows(mask, static_cast<std::int64_t>(p), static_cast<std::int64_t>(j))) continue;
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
        const Number greatest = *std::max_element(weights.begin(), weights.end());
        Number total = 0;
        for (Number& w : weights) total += w = std::exp(w - greatest);
        Vector mean(values[0].size());
        for (std::size_t k = 0; k < seen.size(); ++k) {
            const Number w = weights[k] / total;
            for (std::size_t r = 0; r < mean.size(); ++r) mean[r] += w * values[seen[k]][r];
        }
        return mean;
    }

    const network::Transformer& t_;
    std::int64_t n_, readout_;
    Needs needs_;
    Sequence places_;
    std::vector<RoundedLayer> layers_;
};

/// A block of the second symbol at the front, or a random word; every size of block is as likely to come up early.
Word candidate(std::size_t k, std::size_t symbols, std::int64_t length, base::Random& random) {
    Word word(static_cast<std::size_t>(length), 0);
    const auto n = static_cast<std::uint64_t>(length);
    if (symbols > 1 && k % 3 < 2) {
        const std::uint64_t sizes[] = {n, n / 2, 0, n / 4, 3 * n / 4, n > 0 ? n - 1 : 0};
        const std::uint64_t ones = k / 3 < 3 ? sizes[2 * (k / 3) + k % 3] : random.below(n + 1);
        std::fill_n(word.begin(), ones, 1);
    } else {
        for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(symbols));
    }
    return word;
}

}  // namespace

const char* to_string(Float type) { return type == Float::binary32 ? "binary32" : "binary64"; }

RoundedNetwork::RoundedNetwork(const network::Transformer& transformer, std::int64_t length, Float type) {
    if (type == Float::binary32) implementation_ = std::make_unique<Rounded<float>>(transformer, length);
    else implementation_ = std::make_unique<Rounded<double>>(transformer, length);
}
RoundedNetwork::~RoundedNetwork() = default;
RoundedNetwork::RoundedNetwork(RoundedNetwork&&) noexcept = default;

double RoundedNetwork::score(const Word& word) const { return implementation_->score(word); }

std::optional<RoundingFailure> find_rounding_failure(const network::Transformer& transformer, std::int64_t length,
                                                     Float type, std::uint64_t seed, std::size_t tries,
                                                     const base::Limits& limits) {
    const RoundedNetwork network(transformer, length, type);
    Judge judge(transformer, length);
    base::Random random(seed);
    for (std::size_t k = 0; k < tries; ++k) {
        const Word word = candidate(k, transformer.alphabet.size(), length, random);
        const double score = network.score(word);
        const Judgement judged = judge.judge(word, limits);
        if (judged.limit) return std::nullopt;
        if (judged.accepts && *judged.accepts != (score > 0))
            return RoundingFailure{word, score, judged.score, judged.bits};
    }
    return std::nullopt;
}

}  // namespace attest::soft
