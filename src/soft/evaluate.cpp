#include "attest/soft/evaluate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <functional>
#include <optional>

#include "attest/base/error.hpp"
#include "attest/base/text.hpp"
#include "attest/soft/needs.hpp"
#include "ball_map.hpp"

// The model language in balls. What cancels by form is left out before anything is rounded: a bias that is the same for
// all positions, the weights of a head whose scores are all the same number, the one weight of a single position.

namespace attest::soft {

namespace {

using exact::Ball;
using exact::BallVector;
using Sequence = std::vector<BallVector>;

/// Bias tables beyond this many entries are not kept.
constexpr std::int64_t most_tabled = 1 << 16;

struct BallHead {
    std::optional<BallMap> query = {}, key = {};
    BallMap value, output;
    Ball scale = 1;
    const exact::Expression* bias = nullptr;  // none: the same everywhere, which does not count
    std::vector<Ball> table = {};             // [i n + j], or empty
};

struct BallNorm {
    bool pre = false;
    bool zero_eps = false;
    Ball eps;
    BallVector gain, bias;
};

struct BallLayer {
    std::vector<BallHead> heads;
    std::vector<BallMap> maps;
    std::optional<BallNorm> attention_norm, feedforward_norm;
};

BallVector balls(const exact::Vector& numbers, long bits) {
    BallVector result;
    for (const exact::Rational& x : numbers) result.emplace_back(x, bits);
    return result;
}

std::optional<BallNorm> ball_norm(const std::optional<network::Norm>& norm, long bits) {
    if (!norm) return std::nullopt;
    return BallNorm{norm->placement == network::Norm::Placement::pre, norm->eps == 0, Ball(norm->eps, bits),
                    balls(norm->gain, bits), balls(norm->bias, bits)};
}

Ball rectified(const Ball& x) {
    switch (x.sign()) {
        case exact::Sign::positive: return x;
        case exact::Sign::unknown: return max(x, 0);
        default: return 0;
    }
}

}  // namespace

class Evaluator::Implementation {
  public:
    Implementation(const network::Transformer& transformer, std::int64_t length, long bits)
        : t_(transformer),
          length_(length),
          n_(transformer.sequence_length(length)),
          bits_(bits),
          readout_(transformer.readout_position(n_)) {
        require_softmax();
        require_values(transformer, n_);
        for (std::int64_t p = 1; p <= n_; ++p) {
            BallVector& place = places_.emplace_back(t_.dimension);
            for (std::size_t c = 0; c < t_.position.size(); ++c)
                place[c] = t_.position[c].enclose({.i = p, .n = n_}, bits);
        }
        for (const exact::Vector& e : t_.embedding) symbols_.push_back(balls(e, bits));
        begin_ = balls(t_.begin_embedding, bits);
        end_ = balls(t_.end_embedding, bits);
        for (const network::Layer& layer : t_.layers) layers_.push_back(ball_layer(layer));
        weight_ = balls(t_.readout.weight, bits);
        needs_ = needs(t_, n_);
    }

    Ball score(const language::Word& word, const Notes& notes) const {
        Sequence y = embed(word);
        for (std::size_t l = 0; l < t_.layers.size(); ++l) {
            if (t_.layers[l].attention) y = attend(l, y, notes);
            if (t_.layers[l].feedforward) feed_forward(l, y, notes);
        }
        Ball score(t_.readout.bias, bits_);
        for (std::size_t c = 0; c < t_.dimension; ++c)
            if (t_.readout.weight[c] != 0) score.add_product(weight_[c], y[static_cast<std::size_t>(readout_ - 1)][c]);
        return score;
    }

    std::int64_t length() const { return length_; }
    long bits() const { return bits_; }

  private:
    void require_softmax() const {
        for (const network::Layer& layer : t_.layers)
            if (layer.attention && layer.attention->kind != network::AttentionKind::softmax &&
                !layer.attention->heads.empty())
                throw base::Unsupported(fmt::format("{}: {} attention is not evaluated in balls",
                                                    base::printable(t_.name), to_string(layer.attention->kind)));
    }

    BallLayer ball_layer(const network::Layer& layer) const {
        BallLayer result;
        if (layer.attention) {
            for (const network::Head& head : layer.attention->heads)
                result.heads.push_back(ball_head(*layer.attention, head));
            result.attention_norm = ball_norm(layer.attention->norm, bits_);
        }
        if (layer.feedforward) {
            for (const exact::AffineMap& map : layer.feedforward->maps) result.maps.emplace_back(map, bits_);
            result.feedforward_norm = ball_norm(layer.feedforward->norm, bits_);
        }
        return result;
    }

    BallHead ball_head(const network::Attention& attention, const network::Head& head) const {
        BallHead result{.value = BallMap(head.value, bits_), .output = BallMap(head.output, bits_)};
        if (head.query) {
            result.query.emplace(*head.query, bits_);
            result.key.emplace(*head.key, bits_);
            result.scale = enclose_scale(attention, head, n_, bits_);
        }
        if (head.bias.is_constant()) return result;
        result.bias = &head.bias;
        if (n_ * n_ > most_tabled) return result;
        for (std::int64_t i = 1; i <= n_; ++i)
            for (std::int64_t j = 1; j <= n_; ++j)
                result.table.push_back(
                    allows(attention.mask, i, j) ? head.bias.enclose({.i = i, .j = j, .n = n_}, bits_) : Ball());
        return result;
    }

    Sequence embed(const language::Word& word) const {
        assert(static_cast<std::int64_t>(word.size()) == length_);
        Sequence y = places_;
        std::size_t p = 0;
        const auto add = [&](const BallVector& symbol) {
            for (std::size_t c = 0; c < t_.dimension; ++c) y[p][c] += symbol[c];
            ++p;
        };
        if (t_.begin) add(begin_);
        for (const language::Symbol s : word) add(symbols_[s]);
        if (t_.end) add(end_);
        return y;
    }

    BallVector normalise(const BallNorm& norm, const BallVector& v, std::size_t layer, bool feedforward, std::size_t p,
                         const Notes& notes) const {
        const Ball d(static_cast<long>(v.size()));
        Ball mean(exact::Rational(0), bits_), variance(exact::Rational(0), bits_);
        for (const Ball& x : v) mean += x;
        mean /= d;
        BallVector centred;
        for (const Ball& x : v) {
            centred.push_back(x - mean);
            variance.add_product(centred.back(), centred.back());
        }
        variance /= d;
        if (norm.zero_eps && variance.is_zero())
            throw base::InputError(fmt::format("{}:layers[{}].{}.norm", base::printable(t_.name), layer,
                                               feedforward ? "feedforward" : "attention"),
                                   "a variance other than 0 where eps is 0",
                                   fmt::format("0 at position {} of {}", p + 1, n_));
        if (notes.norms != nullptr)
            notes.norms->push_back({layer, feedforward, static_cast<std::int64_t>(p) + 1, variance});
        const Ball deviation = sqrt(variance + norm.eps);
        for (std::size_t c = 0; c < v.size(); ++c) centred[c] = centred[c] / deviation * norm.gain[c] + norm.bias[c];
        return centred;
    }

    /// One head of one word: what it needs of a position is computed when it is first asked for.
    class HeadRun;

    Sequence attend(std::size_t l, const Sequence& y, const Notes& notes) const;

    void feed_forward(std::size_t l, Sequence& y, const Notes& notes) const {
        const BallLayer& layer = layers_[l];
        const bool residual = t_.layers[l].feedforward->residual;
        const Needs::Positions& after = l + 1 < layers_.size() ? needs_.before[l + 1] : needs_.last;
        for (std::size_t p = 0; p < y.size(); ++p) {
            if (!any(after[p])) continue;
            const bool post = layer.feedforward_norm && !layer.feedforward_norm->pre;
            const std::vector<bool> rows = post ? std::vector<bool>(t_.dimension, true) : after[p];
            std::vector<std::vector<bool>> used(layer.maps.size());
            used.back() = rows;
            for (std::size_t k = layer.maps.size() - 1; k > 0; --k)
                used[k - 1] = layer.maps[k].used(used[k], layer.maps[k - 1].outputs());
            BallVector x = layer.feedforward_norm && layer.feedforward_norm->pre
                               ? normalise(*layer.feedforward_norm, y[p], l, true, p, notes)
                               : y[p];
            for (std::size_t k = 0; k < layer.maps.size(); ++k) {
                if (k > 0)
                    for (Ball& unit : x) unit = rectified(unit);
                x = layer.maps[k].apply(x, used[k]);
            }
            if (residual)
                for (std::size_t c = 0; c < t_.dimension; ++c)
                    if (rows[c]) x[c] += y[p][c];
            y[p] = post ? normalise(*layer.feedforward_norm, x, l, true, p, notes) : std::move(x);
        }
    }

    Ball bias(const BallHead& head, std::size_t i, std::size_t j) const {
        if (!head.table.empty()) return head.table[i * static_cast<std::size_t>(n_) + j];
        return head.bias->enclose(
            {.i = static_cast<std::int64_t>(i) + 1, .j = static_cast<std::int64_t>(j) + 1, .n = n_}, bits_);
    }

    const network::Transformer& t_;
    std::int64_t length_, n_;
    long bits_;
    std::int64_t readout_;
    Sequence places_, symbols_;
    BallVector begin_, end_, weight_;
    std::vector<BallLayer> layers_;
    Needs needs_;
};

class Evaluator::Implementation::HeadRun {
  public:
    using Input = std::function<const BallVector&(std::size_t)>;

    HeadRun(const Implementation& all, const BallHead& head, network::Mask mask, std::size_t positions, Input input)
        : all_(all),
          head_(head),
          mask_(mask),
          keys_(positions),
          values_(positions),
          sums_{BallVector(head.value.outputs())},
          input_(std::move(input)) {}

    /// The mean of the values that position i sees; nothing if it sees none.
    /// weights  where to put those of the mean; null: nowhere
    std::optional<BallVector> mean(std::size_t i, BallVector* weights) {
        const auto [first, last] = seen(i);
        if (first >= last) return std::nullopt;
        const bool even = last - first == 1 || (!head_.query && head_.bias == nullptr);
        if (even && weights != nullptr)
            weights->assign(last - first,
                            Ball(exact::Rational(1, static_cast<unsigned long>(last - first)), all_.bits_));
        if (last - first == 1) return value(first);
        return even ? uniform(last - first) : weighted(i, first, last, weights);
    }
    /// The first position that position i sees, from 0.
    std::size_t first(std::size_t i) const { return seen(i).first; }

  private:
    std::pair<std::size_t, std::size_t> seen(std::size_t i) const {
        const std::size_t n = values_.size();
        switch (mask_) {
            case network::Mask::none: return {0, n};
            case network::Mask::causal: return {0, i + 1};
            case network::Mask::strict: return {0, i};
            case network::Mask::future: return {i, n};
            case network::Mask::strict_future: return {i + 1, n};
        }
        return {0, 0};
    }
    const BallVector& value(std::size_t j) {
        if (values_[j].empty()) values_[j] = head_.value.apply(input_(j));
        return values_[j];
    }
    const BallVector& key(std::size_t j) {
        if (keys_[j].empty()) keys_[j] = head_.key->apply(input_(j));
        return keys_[j];
    }

    /// Sums of the first (for the masks that look ahead: last) 0, 1, … values, made as far as they are asked for.
    BallVector uniform(std::size_t count) {
        const bool ahead = mask_ == network::Mask::future || mask_ == network::Mask::strict_future;
        while (sums_.size() <= count) {
            const std::size_t k = sums_.size() - 1;
            BallVector sum = sums_.back();
            const BallVector& next = value(ahead ? values_.size() - 1 - k : k);
            for (std::size_t r = 0; r < sum.size(); ++r) sum[r] += next[r];
            sums_.push_back(std::move(sum));
        }
        BallVector mean = sums_[count];
        for (Ball& x : mean) x /= Ball(static_cast<long>(count));
        return mean;
    }

    BallVector weighted(std::size_t i, std::size_t first, std::size_t last, BallVector* weights) {
        BallVector scores = scores_of(i, first, last);
        const auto higher = [](const Ball& a, const Ball& b) {
            return arf_cmp(arb_midref(a.raw()), arb_midref(b.raw())) < 0;
        };
        const Ball shift = std::max_element(scores.begin(), scores.end(), higher)->center();
        const bool equal = std::all_of(scores.begin(), scores.end(), [&](const Ball& s) { return same(s, shift); });
        BallVector sum(head_.value.outputs());
        Ball total;
        for (std::size_t j = first; j < last; ++j) {
            const Ball weight = equal ? Ball(1) : exp(scores[j - first] - shift);
            total += weight;
            if (weights != nullptr) weights->push_back(weight);
            const BallVector& v = value(j);
            for (std::size_t r = 0; r < sum.size(); ++r) sum[r].add_product(weight, v[r]);
        }
        for (Ball& x : sum) x /= total;
        if (weights != nullptr)
            for (Ball& x : *weights) x /= total;
        return sum;
    }

    BallVector scores_of(std::size_t i, std::size_t first, std::size_t last) {
        const BallVector query = head_.query ? head_.query->apply(input_(i)) : BallVector();
        BallVector scores;
        for (std::size_t j = first; j < last; ++j) {
            Ball score;
            if (head_.query) {
                const BallVector& k = key(j);
                for (std::size_t r = 0; r < query.size(); ++r) score.add_product(query[r], k[r]);
                score *= head_.scale;
            }
            if (head_.bias != nullptr) score += all_.bias(head_, i, j);
            scores.push_back(std::move(score));
        }
        return scores;
    }

    const Implementation& all_;
    const BallHead& head_;
    const network::Mask mask_;
    Sequence keys_, values_, sums_;
    Input input_;
};

Sequence Evaluator::Implementation::attend(std::size_t l, const Sequence& y, const Notes& notes) const {
    const network::Attention& attention = *t_.layers[l].attention;
    const BallLayer& layer = layers_[l];
    const bool pre = layer.attention_norm && layer.attention_norm->pre, post = layer.attention_norm && !pre;
    Sequence normed(pre ? y.size() : 0);
    const auto input = [&](std::size_t p) -> const BallVector& {
        if (!pre) return y[p];
        if (normed[p].empty()) normed[p] = normalise(*layer.attention_norm, y[p], l, false, p, notes);
        return normed[p];
    };
    Sequence z(y.size());
    for (std::size_t p = 0; p < y.size(); ++p)
        z[p] = attention.residual && any(needs_.between[l][p]) ? y[p] : BallVector(t_.dimension);
    for (std::size_t h = 0; h < layer.heads.size(); ++h) {
        const BallHead& head = layer.heads[h];
        HeadRun run(*this, head, attention.mask, y.size(), input);
        for (std::size_t p = 0; p < y.size(); ++p) {
            if (!any(needs_.between[l][p])) continue;
            std::vector<std::size_t> rows;
            for (std::size_t c = 0; c < t_.dimension; ++c)
                if ((post || needs_.between[l][p][c]) && !head.output.is_zero(c)) rows.push_back(c);
            if (rows.empty()) continue;
            BallVector weights;
            const std::optional<BallVector> mean = run.mean(p, notes.heads != nullptr ? &weights : nullptr);
            if (!mean) continue;
            if (notes.heads != nullptr)
                notes.heads->push_back({l, h, static_cast<std::int64_t>(p) + 1,
                                        static_cast<std::int64_t>(run.first(p)) + 1, std::move(weights)});
            for (const std::size_t c : rows) z[p][c] += head.output.apply(c, *mean);
        }
    }
    if (post)
        for (std::size_t p = 0; p < y.size(); ++p)
            if (any(needs_.between[l][p])) z[p] = normalise(*layer.attention_norm, z[p], l, false, p, notes);
    return z;
}

Evaluator::Evaluator(const network::Transformer& transformer, std::int64_t length, long bits)
    : implementation_(std::make_unique<Implementation>(transformer, length, bits)) {}
Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;

Ball Evaluator::score(const language::Word& word, const Notes& notes) const {
    return implementation_->score(word, notes);
}
std::int64_t Evaluator::length() const { return implementation_->length(); }
long Evaluator::bits() const { return implementation_->bits(); }

}  // namespace attest::soft
