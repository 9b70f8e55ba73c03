// The formula of FORMAT.md, section 9, literal for literal: a second reader regenerates it from the text. Nothing here
// may change without the text.
//
// Statement. The formula, with the cuts of `order`, is satisfiable iff some network of the class is right on all words.
//
// Why. A network says of each word which value each position holds and which pair each head takes; these are the
// variables, and the clauses say no more of them than holds: one of a head's candidates is taken, it is there, no other
// that is there is preferred to it, and what a position has seen decides what it holds next, the same on every word.
// Conversely the preferences that an assignment needs are an order as soon as they have no cycle, which the cuts see to;
// these orders and what tuples become are the tables of a network.
//
// `Draft` knows the names of variables, this file the clauses of 9.3, `breaks` those of 9.4.
//
// Source  ours

#include "attest/decide/threshold/encoder.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "attest/base/error.hpp"
#include "draft.hpp"

namespace attest::threshold {

Comparison comparison(const NetworkClass& network, const Asker& asker, const Site& site, std::size_t chosen,
                      std::size_t other, bool most) {
    const std::uint32_t a = asker.elements[chosen], b = asker.elements[other];
    if (network.strict_orders()) return {a, b, true};
    const bool further_left = site.choices[chosen].pair.position < site.choices[other].pair.position;
    return most ? Comparison{a, b, !further_left} : Comparison{b, a, !further_left};
}

namespace {

class Encoder : private Draft {
  public:
    using Draft::Draft;

    Encoding run() {
        begin();
        for (std::int64_t l = 1; l <= network_class.layers; ++l) {
            out.held.emplace_back(samples.size());
            for (std::size_t x = 0; x < samples.size(); ++x)
                out.held.back()[x].resize(static_cast<std::size_t>(positions(x)));
            for (const auto& [x, i] : asking(l)) ask(l, x, i);
        }
        write_breaks(*this);
        return std::move(out);
    }

  private:
    void begin() {
        out.held.emplace_back(samples.size());
        for (std::size_t x = 0; x < samples.size(); ++x) {
            for (const language::Symbol s : samples[x].word) out.held[0][x].push_back({{out.values.symbol(s), always}});
            if (network_class.read == Reading::end) out.held[0][x].push_back({{out.values.symbol(symbols), always}});
        }
    }

    /// The reader's first head in layer 1, whose list a break or the splitting fixes: the one choice that is left, or 0.
    std::int64_t fixed_choice(std::int64_t l, std::int64_t h, std::size_t x, std::int64_t i) const {
        if (l != 1 || h != 1 || i != positions(x) || !(has(Break::complements) || options.split)) return 0;
        const language::Word& word = samples[x].word;
        if (network_class.read == Reading::last && word.back() != 0) return 0;
        const std::int64_t last = i - 1;
        for (std::int64_t j = 1; j < last && !options.split; ++j)
            if (word[static_cast<std::size_t>(j - 1)] == 1) return j;
        return last;
    }

    std::vector<Choice> candidates(std::int64_t l, std::int64_t h, std::size_t x, std::int64_t i) {
        std::vector<Choice> list;
        const std::int64_t n = positions(x), fixed = fixed_choice(l, h, x, i);
        for (std::int64_t j = 1; j <= (network_class.mask == Mask::strict ? i - 1 : n); ++j) {
            if (network_class.strict_orders() && (j == i || (l == 1 && network_class.read == Reading::end && j == n)))
                continue;
            if (fixed != 0 && j != fixed) continue;
            for (const Held& w : held(l - 1, x, j)) list.push_back({{j, w.value}, always, w.literal});
        }
        return list;
    }

    // Base clauses (9.3).

    void ask(std::int64_t l, std::size_t x, std::int64_t i) {
        std::vector<std::size_t> here;
        for (std::int64_t h = 1; h <= network_class.heads; ++h) {
            Site site{l, h, i, x, candidates(l, h, x, i), {}};
            if (site.choices.empty()) continue;
            if (site.choices.size() > 1) choose(site);
            here.push_back(out.sites.size());
            out.sites.push_back(std::move(site));
        }
        if (network_class.bounded(l)) name_values(l, x, i);
        combine(l, x, i, here);
    }

    void choose(Site& site) {
        std::vector<Literal> any;
        for (Choice& c : site.choices) any.push_back(c.chosen = fresh());
        clause(any);
        for (const Choice& c : site.choices)
            if (c.present != always) clause({-c.chosen, c.present});
        for (const Held& own : held(site.layer - 1, site.sample, site.position)) {
            Asker asker{own.value, own.literal, order_of(site.layer, site.head, site.position, own.value),
                        always,    always,      {}};
            Order& order = out.orders[asker.order];
            for (const Choice& c : site.choices)
                asker.elements.push_back(
                    order.element({network_class.positions_visible ? c.pair.position : 0, c.pair.value}));
            prefer(site, asker);
            site.askers.push_back(std::move(asker));
        }
    }

    void name_sign(const Site& site, Asker& asker) {
        asker.most = sign(site.layer, site.head, site.position, asker.value);
        asker.least = asker.most + 1;
    }

    void prefer(const Site& site, Asker& asker) {
        for (std::size_t c = 0; c < site.choices.size(); ++c) {
            for (std::size_t d = 0; d < site.choices.size(); ++d)
                if (site.choices[c].pair.position != site.choices[d].pair.position) prefer(site, asker, c, d);
            if (network_class.key_dimension_one && site.choices[c].pair.position != site.choices[0].pair.position) {
                name_sign(site, asker);
                clause({-asker.holds, -site.choices[c].chosen, asker.most, asker.least});
            }
        }
    }

    void prefer(const Site& site, Asker& asker, std::size_t c, std::size_t d) {
        const std::vector<Literal> against{-asker.holds, -site.choices[c].chosen, -site.choices[d].present};
        const auto with = [&](std::initializer_list<Literal> more) {
            std::vector<Literal> all = against;
            all.insert(all.end(), more);
            clause(std::move(all));
        };
        if (network_class.key_dimension_one) {
            name_sign(site, asker);
            for (const bool most : {true, false})
                with({most ? -asker.most : -asker.least,
                      literal(asker.order, comparison(network_class, asker, site, c, d, most))});
        } else if (asker.elements[c] == asker.elements[d]) {
            if (site.choices[c].pair.position > site.choices[d].pair.position) with({});
        } else {
            with({literal(asker.order, comparison(network_class, asker, site, c, d, true))});
        }
    }

    void name_values(std::int64_t l, std::size_t x, std::int64_t i) {
        std::vector<Held>& list = held(l, x, i);
        const std::vector<Literal> literals = one_of(*network_class.activations, true);
        for (std::size_t a = 0; a < literals.size(); ++a) list.push_back({out.values.activation(a), literals[a]});
    }

    /// All that a position may have seen: its own value and a choice of each head.
    void combine(std::int64_t l, std::size_t x, std::int64_t i, const std::vector<std::size_t>& here) {
        const std::vector<Held> owns = held(l - 1, x, i);
        std::vector<std::size_t> pick(here.size(), 0);
        for (const Held& own : owns) {
            std::fill(pick.begin(), pick.end(), 0);
            do combine(l, x, i, own, here, pick);
            while (next(pick, here));
        }
    }

    /// The next combination, the last head fastest; false after the last.
    bool next(std::vector<std::size_t>& pick, const std::vector<std::size_t>& here) const {
        for (std::size_t k = pick.size(); k-- > 0; pick[k] = 0)
            if (++pick[k] < out.sites[here[k]].choices.size()) return true;
        return false;
    }

    void combine(std::int64_t l, std::size_t x, std::int64_t i, const Held& own, const std::vector<std::size_t>& here,
                 const std::vector<std::size_t>& pick) {
        std::map<std::int64_t, network::ValueId> at{{i, own.value}};
        std::vector<network::Pair> pairs;
        std::vector<Literal> seen{own.literal};
        for (std::size_t k = 0; k < here.size(); ++k) {
            const Choice& c = out.sites[here[k]].choices[pick[k]];
            if (at.try_emplace(c.pair.position, c.pair.value).first->second != c.pair.value) return;
            pairs.push_back({network_class.positions_visible ? c.pair.position : 0, c.pair.value});
            seen.push_back(c.chosen);
        }
        // A head that is blind looks at its own position in a file of tables; without positions, at nothing.
        if (here.empty() && network_class.positions_visible)
            pairs.assign(static_cast<std::size_t>(network_class.heads), {i, own.value});
        std::erase(seen, always);
        become(l, x, i, out.values.tuple(own.value, pairs), seen);
    }

    void become(std::int64_t l, std::size_t x, std::int64_t i, network::ValueId tuple,
                const std::vector<Literal>& seen) {
        std::vector<Literal> unless;
        for (const Literal s : seen) unless.push_back(-s);
        const auto with = [&](std::initializer_list<Literal> more) {
            std::vector<Literal> all = unless;
            all.insert(all.end(), more);
            clause(std::move(all));
        };
        if (l == network_class.layers) {
            const auto [place, unknown] = accepting_.try_emplace(tuple, 0);
            if (unknown) place->second = fresh();
            with({samples[x].accepted ? place->second : -place->second});
        } else if (network_class.bounded(l)) {
            const auto [place, unknown] = activation_.try_emplace({l, network_class.positions_visible ? i : 0, tuple});
            if (unknown) place->second = one_of(*network_class.activations, false);
            const std::vector<Held>& becomes = held(l, x, i);
            if (becomes.size() == 2) {
                with({-place->second[1], becomes[1].literal});
                with({place->second[1], -becomes[1].literal});
            } else {
                for (std::size_t a = 0; a < becomes.size(); ++a) with({-place->second[a], becomes[a].literal});
            }
        } else {
            held(l, x, i).push_back({tuple, conjunction(seen, unless)});
        }
    }

    std::map<std::tuple<std::int64_t, std::int64_t, network::ValueId>, std::vector<Literal>> activation_;
    std::map<network::ValueId, Literal> accepting_;
};

}  // namespace

std::optional<Encoding> encode(const Specification& specification, const std::vector<Sample>& samples,
                               const EncodeOptions& options, const base::Limits& limits) {
    require_sound(specification);
    try {
        return Encoder(specification, samples, options, limits).run();
    } catch (const EncodingStopped&) {
        return std::nullopt;
    }
}

}  // namespace attest::threshold
