#pragma once

#include <set>
#include <tuple>

#include "ablated.hpp"

// What the parts of a transformer add, and what it computes without edges or with constants in the place of parts, by the
// definition of heads and sums: from the positions that network::Evaluator says a head attends to, nothing else of what is tested.

namespace ablated {

using exact::Rational;
using exact::Vector;
using Sequence = std::vector<Vector>;

/// Evaluates position by position and keeps what each head adds on its own; a head may be told not to read some heads.
class ByDefinition {
  public:
    /// constants  by position, in the place of what parts add
    ByDefinition(const network::Transformer& t, const Word& word, const std::vector<Part>& edges = {},
                 const ablate::Removal& constants = {})
        : t_(t), edges_(edges), constants_(constants), n_(t.sequence_length(static_cast<std::int64_t>(word.size()))) {
        embed(word);
        for (std::size_t l = 0; l < t.layers.size(); ++l) layer(l);
    }

    const Vector& added(const Part& part, std::size_t p) const { return added_.at({part.layer, part.head})[p]; }
    const Vector& final(std::size_t p) const { return y_[p]; }
    std::size_t positions() const { return static_cast<std::size_t>(n_); }

  private:
    using Key = std::pair<std::size_t, std::size_t>;

    void embed(const Word& word) {
        std::vector<Vector> symbols;
        if (t_.begin) symbols.push_back(t_.begin_embedding);
        for (const language::Symbol a : word) symbols.push_back(t_.embedding[a]);
        if (t_.end) symbols.push_back(t_.end_embedding);
        for (std::int64_t p = 1; p <= n_; ++p) {
            y_.push_back(network::position_vector(t_, p, n_));
            exact::add_to(y_.back(), symbols[static_cast<std::size_t>(p - 1)]);
        }
    }

    /// The vectors as head h of layer l reads them: less what is there of the heads that it must not read.
    Sequence read_by(std::size_t l, std::size_t h) const {
        Sequence read = y_;
        for (const Part& edge : edges_)
            if (edge.to_layer == l + 1 && edge.to_head == h + 1 && there_.contains({edge.layer, edge.head}))
                for (std::size_t p = 0; p < read.size(); ++p)
                    for (std::size_t c = 0; c < t_.dimension; ++c)
                        read[p][c] -= added_.at({edge.layer, edge.head})[p][c];
        return read;
    }

    void layer(std::size_t l) {
        const network::Layer& layer = t_.layers[l];
        if (layer.attention) {
            Sequence z = layer.attention->residual ? y_ : Sequence(y_.size(), Vector(t_.dimension));
            std::vector<std::pair<Key, Sequence>> adds;
            for (std::size_t h = 0; h < layer.attention->heads.size(); ++h)
                adds.push_back({{l + 1, h + 1}, head(*layer.attention, layer.attention->heads[h], read_by(l, h))});
            if (!layer.attention->residual) there_.clear();
            for (auto& [key, add] : adds) {
                replace({key.first, key.second}, add);
                for (std::size_t p = 0; p < z.size(); ++p) exact::add_to(z[p], add[p]);
                there_.insert(key);
                added_[key] = std::move(add);
            }
            y_ = std::move(z);
        }
        if (!layer.feedforward) return;
        network::FeedForward alone = *layer.feedforward;
        alone.residual = false;
        Sequence& add = added_[{l + 1, 0}];
        for (const Vector& y : y_) add.push_back(network::feed_forward(alone, y));
        replace({l + 1, 0}, add);
        for (std::size_t p = 0; p < y_.size(); ++p) {
            if (!layer.feedforward->residual) y_[p] = Vector(t_.dimension);
            exact::add_to(y_[p], add[p]);
        }
        if (!layer.feedforward->residual) there_.clear();
    }

    /// What a head adds, by scores.
    Sequence head(const network::Attention& attention, const network::Head& head, const Sequence& y) const {
        Sequence added(y.size(), Vector(t_.dimension));
        for (std::int64_t i = 1; i <= n_; ++i) {
            std::vector<std::pair<Rational, std::size_t>> scores;
            for (std::int64_t j = 1; j <= n_; ++j) {
                if (!network::allows(attention.mask_of(head), i, j)) continue;
                Rational score = head.bias.evaluate({.i = i, .j = j, .n = n_});
                if (head.query)
                    score += network::scale_at(attention, head, n_) *
                             exact::dot(exact::apply(*head.query, y[static_cast<std::size_t>(i - 1)]),
                                        exact::apply(*head.key, y[static_cast<std::size_t>(j - 1)]));
                scores.emplace_back(score, static_cast<std::size_t>(j - 1));
            }
            if (scores.empty()) continue;
            const auto best = std::max_element(scores.begin(), scores.end(), [](const auto& a, const auto& b) {
                                  return a.first < b.first;
                              })->first;
            std::vector<std::size_t> taken;
            for (const auto& [score, j] : scores)
                if (score == best) taken.push_back(j);
            if (attention.kind == network::AttentionKind::hard)
                taken = {attention.tie_of(head) == network::Tie::left ? taken.front() : taken.back()};
            Vector sum(head.value.outputs());
            for (const std::size_t j : taken) exact::add_to(sum, exact::apply(head.value, y[j]));
            for (Rational& x : sum) x /= static_cast<long>(taken.size());
            added[static_cast<std::size_t>(i - 1)] = exact::apply(head.output, sum);
        }
        return added;
    }

    /// What the part adds then.
    void replace(const Part& part, Sequence& added) const {
        for (std::size_t k = 0; k < constants_.parts.size(); ++k)
            if (constants_.parts[k] == part) added = constants_.by_position[k];
    }

    const network::Transformer& t_;
    const std::vector<Part> edges_;
    const ablate::Removal constants_;
    std::int64_t n_;
    Sequence y_;
    std::map<Key, Sequence> added_;
    std::set<Key> there_;  ///< heads of which what they added is still in the sum
};

}  // namespace ablated
