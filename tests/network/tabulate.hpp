#pragma once

#include <algorithm>
#include <functional>
#include <optional>

#include "attest/base/error.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/network/guhat.hpp"

namespace attest::tests {

/// A hard-attention model at one length as tables: layer by layer, the candidates that occur on some word are put in
/// the order of their scores. Nothing if the model cannot be evaluated there.
class Tabulation {
  public:
    Tabulation(const network::Transformer& t, std::int64_t length) : t_(t), n_(t.sequence_length(length)) {
        g_.name = t.name;
        g_.alphabet = t.alphabet;
        g_.end = t.end;
        g_.length = length;
        g_.layers = static_cast<std::int64_t>(t.layers.size());
        for (const network::Layer& layer : t.layers)
            if (layer.attention)
                g_.heads = std::max(g_.heads, static_cast<std::int64_t>(layer.attention->heads.size()));
    }

    network::Guhat make() {
        for (std::int64_t l = 1; l <= g_.layers; ++l) {
            run([](const language::Word&, network::ValueId) {});
            if (t_.layers[static_cast<std::size_t>(l - 1)].attention) tabulate(l);
        }
        const network::Evaluator model(t_, g_.length);
        run([&](const language::Word& word, network::ValueId last) {
            if (model.evaluate(word).accepts) accepted_.insert(last);
        });
        g_.accept = accepted_;
        return g_;
    }

  private:
    struct Held {
        network::ValueId value;
        exact::Vector vector;
    };

    /// Runs all words through the tables as they are so far, and through the model: which vector each value stands for.
    void run(const std::function<void(const language::Word&, network::ValueId)>& visit) {
        network::GuhatEvaluator tables(g_);
        const network::Evaluator model(t_, g_.length);
        known_.assign(static_cast<std::size_t>(g_.layers + 1),
                      std::vector<std::vector<Held>>(static_cast<std::size_t>(n_)));
        language::Word word(static_cast<std::size_t>(g_.length), 0);
        do {
            network::GuhatTrace trace;
            network::Trace vectors;
            const network::ValueId last = tables.final_value(word, &trace);
            (void)model.evaluate(word, &vectors);
            for (std::size_t b = 0; b < known_.size(); ++b)
                for (std::size_t p = 0; p < known_[b].size(); ++p) {
                    if (!trace.held[b][p] || vectors.activations[b][p].empty()) continue;
                    auto& here = known_[b][p];
                    const auto same = [&](const Held& held) { return held.value == *trace.held[b][p]; };
                    if (std::none_of(here.begin(), here.end(), same))
                        here.push_back({*trace.held[b][p], vectors.activations[b][p]});
                }
            visit(word, last);
        } while (language::next_word(word, g_.alphabet));
        g_ = tables.guhat();
    }

    void tabulate(std::int64_t l) {
        const network::Attention& attention = *t_.layers[static_cast<std::size_t>(l - 1)].attention;
        const auto& known = known_[static_cast<std::size_t>(l - 1)];
        for (std::size_t h = 0; h < attention.heads.size(); ++h)
            for (std::int64_t i = l == g_.layers ? n_ : 1; i <= n_; ++i)
                for (const Held& asking : known[static_cast<std::size_t>(i - 1)])
                    g_.attention[{l, static_cast<std::int64_t>(h) + 1, i, asking.value}] =
                        order(attention, attention.heads[h], i, asking, known);
    }

    std::vector<network::Pair> order(const network::Attention& attention, const network::Head& head, std::int64_t i,
                                     const Held& asking, const std::vector<std::vector<Held>>& known) const {
        std::vector<std::pair<exact::Rational, network::Pair>> candidates;
        for (std::int64_t j = 1; j <= n_; ++j) {
            if (!allows(attention.mask, i, j)) continue;
            for (const Held& w : known[static_cast<std::size_t>(j - 1)]) {
                exact::Rational score = head.bias.evaluate({.i = i, .j = j, .n = n_});
                if (head.query)
                    score += scale_at(attention, head, n_) *
                             exact::dot(exact::apply(*head.query, asking.vector), exact::apply(*head.key, w.vector));
                candidates.emplace_back(score, network::Pair{j, w.value});
            }
        }
        std::stable_sort(candidates.begin(), candidates.end(), [&](const auto& a, const auto& b) {
            if (a.first != b.first) return a.first > b.first;
            return attention.tie == network::Tie::left ? a.second.position < b.second.position
                                                       : a.second.position > b.second.position;
        });
        std::vector<network::Pair> pairs;
        for (const auto& c : candidates) pairs.push_back(c.second);
        return pairs;
    }

    const network::Transformer& t_;
    std::int64_t n_;
    network::Guhat g_;
    std::vector<std::vector<std::vector<Held>>> known_;  // [boundary][position from 0]
    std::set<network::ValueId> accepted_;
};

inline std::optional<network::Guhat> tabulate(const network::Transformer& t, std::int64_t length) {
    try {
        (void)network::Evaluator(t, length);
    } catch (const base::Error&) {
        return std::nullopt;  // an expression without value at this length
    }
    return Tabulation(t, length).make();
}

}  // namespace attest::tests
