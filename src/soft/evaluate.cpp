// The model language in balls of one precision.
//
// Statement. The ball that comes out holds the score of the model as the format defines it, in real numbers.
//
// Why. Every operation of Arb encloses the results of all numbers in its arguments, and so do compositions. Left to see
// to is that each formula is the format's. What cancels by form is left out before anything is rounded, since balls do
// not know that it cancels: a bias that is the same for all positions, the weights of a head whose scores are all the
// same number, the one weight of a single position. And only what the readout needs is computed (network/need.hpp):
// other numbers may be undefined, or wide, without harm.
//
// Source  ball arithmetic: [johansson2017arb]

#include "attest/soft/evaluate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <optional>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "head_run.hpp"
#include "network/need.hpp"

namespace attest::soft {

namespace {

using exact::Ball;
using exact::BallVector;
using network::Readout;
using Sequence = std::vector<BallVector>;

bool placed(const std::optional<BallNorm>& norm, network::Norm::Placement placement) {
    return norm && norm->placement == placement;
}

}  // namespace

class Evaluator::Implementation {
  public:
    Implementation(const network::Transformer& transformer, std::int64_t length, long bits)
        : at_(transformer, length),
          t_(*at_),
          length_(length),
          n_(t_.sequence_length(length)),
          bits_(bits),
          read_(t_.read_positions(n_)),
          need_(t_, n_) {
        require_softmax();
        require_values(t_, n_);
        for (std::int64_t p = 1; p <= n_; ++p) places_.push_back(enclose_position(t_, p, n_, bits));
        for (const exact::Vector& e : t_.embedding) symbols_.push_back(balls(e, bits));
        begin_ = balls(t_.begin_embedding, bits);
        end_ = balls(t_.end_embedding, bits);
        embedding_norm_ = ball_norm(t_.embedding_norm, bits);
        final_norm_ = ball_norm(t_.final_norm, bits);
        for (const network::Layer& layer : t_.layers) layers_.push_back(ball_layer(layer, n_, bits));
        weight_ = balls(t_.readout.weight, bits);
        bias_ = t_.readout.bias_in_n ? t_.readout.bias_in_n->enclose({.n = n_}, bits) : Ball(t_.readout.bias, bits);
        if (t_.readout.classes) logits_ = ball_map(t_.readout.classes->logits, bits);
    }

    Sequence answer(const language::Word& word, const Notes& notes) const {
        Sequence vectors, result;
        const Sequence y = run(word, notes);
        for (const std::int64_t p : read_) vectors.push_back(y[static_cast<std::size_t>(p - 1)]);
        if (t_.readout.pools()) vectors = {pooled(vectors)};
        for (const BallVector& vector : vectors)
            result.push_back(t_.readout.classes ? logits_.apply(vector) : BallVector{weighed(vector)});
        return result;
    }

    Ball score(const language::Word& word, const Notes& notes) const {
        require_decision(t_);
        const BallVector logits = answer(word, notes).front();
        if (!t_.readout.classes) return logits.front();
        return t_.readout.classes->greatest(logits, true) - t_.readout.classes->greatest(logits, false);
    }

    std::int64_t length() const { return length_; }
    long bits() const { return bits_; }

  private:
    void require_softmax() const {
        for (const network::Layer& layer : t_.layers)
            if (layer.attention && !layer.attention->heads.empty() &&
                (layer.attention->kind == network::AttentionKind::hard ||
                 layer.attention->kind == network::AttentionKind::average))
                throw base::Unsupported(fmt::format("{}: {} attention is not evaluated in balls",
                                                    base::printable(t_.name), to_string(layer.attention->kind)));
    }

    /// The final vectors, where they are needed.
    Sequence run(const language::Word& word, const Notes& notes) const {
        Sequence y = embed(word);
        if (notes.parts != nullptr)
            for (const std::int64_t p : read_)
                notes.parts->push_back({PartSeen::Part::embedding, 0, 0, p, y[static_cast<std::size_t>(p - 1)]});
        if (embedding_norm_) norm_all(*embedding_norm_, y, 0, {"norm.embedding", 0}, notes);
        for (std::size_t l = 0; l < t_.layers.size(); ++l) {
            if (t_.layers[l].attention) y = attend(l, y, notes);
            if (t_.layers[l].feedforward) feed(l, y, notes);
        }
        if (final_norm_) norm_all(*final_norm_, y, layers_.size(), {"norm.final", 2 * layers_.size() + 1}, notes);
        return y;
    }

    /// The position, from 0.
    bool is_read(std::size_t p) const {
        return std::find(read_.begin(), read_.end(), static_cast<std::int64_t>(p) + 1) != read_.end();
    }

    BallVector pooled(const Sequence& vectors) const {
        BallVector sum(t_.dimension);
        for (const BallVector& vector : vectors)
            for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += vector[c];
        for (Ball& x : sum)
            if (t_.readout.reading == Readout::Reading::mean) x /= Ball(static_cast<long>(n_));
        return sum;
    }

    Ball weighed(const BallVector& vector) const {
        Ball score = bias_;
        for (std::size_t c = 0; c < t_.dimension; ++c)
            if (t_.readout.weight[c] != 0) score.add_product(weight_[c], vector[c]);
        return score;
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

    /// Which norm of the model.
    struct Place {
        std::string key;
        std::size_t number;  ///< in the order in which they are applied
    };
    static Place place(std::size_t layer, bool feedforward) {
        return {fmt::format("layers[{}].{}.norm", layer, feedforward ? "feedforward" : "attention"),
                2 * layer + (feedforward ? 2 : 1)};
    }

    BallVector normalise(const BallNorm& norm, const BallVector& v, const Place& place, std::size_t p,
                         const Notes& notes) const {
        Ball spread;
        BallVector result = norm.apply(v, spread);
        if (norm.zero_eps && spread.is_zero())
            throw base::InputError(fmt::format("{}:{}", base::printable(t_.name), place.key),
                                   norm.kind == network::Norm::Kind::rms ? "a vector other than 0 where eps is 0"
                                                                         : "a variance other than 0 where eps is 0",
                                   fmt::format("0 at position {} of {}", p + 1, n_));
        if (notes.norms != nullptr)
            notes.norms->push_back({place.number, static_cast<std::int64_t>(p) + 1, spread, norm.eps});
        return result;
    }

    /// At the positions that are needed at this boundary.
    void norm_all(const BallNorm& norm, Sequence& y, std::size_t boundary, const Place& place,
                  const Notes& notes) const {
        for (std::size_t p = 0; p < y.size(); ++p)
            if (!needed(boundary, p).empty()) y[p] = normalise(norm, y[p], place, p, notes);
    }

    /// Coordinates needed of position p, from 0, at a boundary; and of what attention gives in layer l, from 0.
    const network::Coordinates& needed(std::size_t boundary, std::size_t p) const {
        return need_.at(boundary, static_cast<std::int64_t>(p) + 1);
    }
    const network::Coordinates& needed_sum(std::size_t l, std::size_t p) const {
        return need_.sum(l + 1, static_cast<std::int64_t>(p) + 1);
    }

    Sequence attend(std::size_t l, const Sequence& y, const Notes& notes) const;

    /// Adds what one head finds to the rows that are needed.
    void add_head(std::size_t l, std::size_t h, HeadRun& run, Sequence& z, const Notes& notes) const;

    void feed(std::size_t l, Sequence& y, const Notes& notes) const {
        const BallLayer& layer = layers_[l];
        const network::FeedForward& part = *t_.layers[l].feedforward;
        const bool pre = placed(layer.feedforward_norm, network::Norm::Placement::pre),
                   post = placed(layer.feedforward_norm, network::Norm::Placement::post);
        for (std::size_t p = 0; p < y.size(); ++p) {
            if (needed(l + 1, p).empty()) continue;
            const std::vector<bool> rows = post ? std::vector<bool>(t_.dimension, true) : needed(l + 1, p).marked;
            BallVector x = feed_forward(
                part, layer, pre ? normalise(*layer.feedforward_norm, y[p], place(l, true), p, notes) : y[p], rows);
            if (notes.parts != nullptr && is_read(p))
                notes.parts->push_back({PartSeen::Part::feedforward, l, 0, static_cast<std::int64_t>(p) + 1, x});
            for (std::size_t c = 0; part.residual && c < t_.dimension; ++c)
                if (rows[c]) x[c] += y[p][c];
            y[p] = post ? normalise(*layer.feedforward_norm, x, place(l, true), p, notes) : std::move(x);
        }
    }

    network::AtLength at_;
    const network::Transformer& t_;
    std::int64_t length_, n_;
    long bits_;
    std::vector<std::int64_t> read_;
    Sequence places_, symbols_;
    BallVector begin_, end_, weight_;
    Ball bias_;
    BallMap logits_;
    std::vector<BallLayer> layers_;
    std::optional<BallNorm> embedding_norm_, final_norm_;
    network::Need need_;
};

Sequence Evaluator::Implementation::attend(std::size_t l, const Sequence& y, const Notes& notes) const {
    const network::Attention& attention = *t_.layers[l].attention;
    const BallLayer& layer = layers_[l];
    const bool pre = placed(layer.attention_norm, network::Norm::Placement::pre);
    Sequence normed(pre ? y.size() : 0);
    const auto input = [&](std::size_t p) -> const BallVector& {
        if (!pre) return y[p];
        if (normed[p].empty()) normed[p] = normalise(*layer.attention_norm, y[p], place(l, false), p, notes);
        return normed[p];
    };
    Sequence z(y.size());
    for (std::size_t p = 0; p < y.size(); ++p)
        z[p] = attention.residual && !needed_sum(l, p).empty() ? y[p] : BallVector(t_.dimension);
    for (std::size_t h = 0; h < layer.heads.size(); ++h) {
        HeadRun run(layer.heads[h], layer.rotary ? &*layer.rotary : nullptr, y.size(), bits_, input);
        add_head(l, h, run, z, notes);
    }
    if (placed(layer.attention_norm, network::Norm::Placement::post))
        for (std::size_t p = 0; p < z.size(); ++p)
            if (!needed_sum(l, p).empty()) z[p] = normalise(*layer.attention_norm, z[p], place(l, false), p, notes);
    return z;
}

void Evaluator::Implementation::add_head(std::size_t l, std::size_t h, HeadRun& run, Sequence& z,
                                         const Notes& notes) const {
    const exact::AffineMap& output = t_.layers[l].attention->heads[h].output;
    for (std::size_t p = 0; p < z.size(); ++p) {
        std::vector<std::size_t> rows;
        for (const std::uint32_t c : needed_sum(l, p).list)
            if (!exact::is_zero_row(output, c)) rows.push_back(c);
        if (rows.empty()) continue;
        const auto add = [&](const BallVector& mean) {
            BallVector added(t_.dimension);
            for (const std::size_t c : rows) z[p][c] += added[c] = layers_[l].heads[h].output.apply(c, mean);
            if (notes.parts != nullptr && is_read(p))
                notes.parts->push_back(
                    {PartSeen::Part::head, l, h, static_cast<std::int64_t>(p) + 1, std::move(added)});
        };
        if (!need_.is_live(l + 1, h, static_cast<std::int64_t>(p) + 1)) {
            if (const std::optional<BallVector> mean = run.constant(p)) add(*mean);
            continue;
        }
        BallVector weights;
        const std::optional<BallVector> mean = run.mean(p, notes.heads != nullptr ? &weights : nullptr);
        if (!mean) continue;
        if (notes.heads != nullptr)
            notes.heads->push_back({l, h, static_cast<std::int64_t>(p) + 1, static_cast<std::int64_t>(run.first(p)) + 1,
                                    std::move(weights)});
        add(*mean);
    }
}

Evaluator::Evaluator(const network::Transformer& transformer, std::int64_t length, long bits)
    : implementation_(std::make_unique<Implementation>(transformer, length, bits)) {}
Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;

Ball Evaluator::score(const language::Word& word, const Notes& notes) const {
    return implementation_->score(word, notes);
}
std::vector<BallVector> Evaluator::answer(const language::Word& word, const Notes& notes) const {
    return implementation_->answer(word, notes);
}
std::int64_t Evaluator::length() const { return implementation_->length(); }
long Evaluator::bits() const { return implementation_->bits(); }

std::optional<std::size_t> certain_class(const BallVector& logits) {
    for (std::size_t c = 0; c < logits.size(); ++c) {
        const auto beaten = [&](std::size_t other) {
            return other == c || (logits[c] - logits[other]).sign() == exact::Sign::positive;
        };
        bool greatest = true;
        for (std::size_t other = 0; other < logits.size(); ++other) greatest = greatest && beaten(other);
        if (greatest) return c;
    }
    return std::nullopt;
}

}  // namespace attest::soft
