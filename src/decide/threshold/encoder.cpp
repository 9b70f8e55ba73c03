// The formula of FORMAT.md, section 9, literal for literal: a second reader regenerates it from the text. Nothing here may
// change without the text.

#include "attest/decide/threshold/encoder.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "attest/base/error.hpp"
#include "attest/base/interner.hpp"

namespace attest::threshold {

Comparison comparison(const NetworkClass& network, const Asker& asker, const Site& site, std::size_t chosen,
                      std::size_t other, bool most) {
    const std::uint32_t a = asker.elements[chosen], b = asker.elements[other];
    if (network.strict_orders()) return {a, b, true};
    const bool further_left = site.choices[chosen].pair.position < site.choices[other].pair.position;
    return most ? Comparison{a, b, !further_left} : Comparison{b, a, !further_left};
}

namespace {

/// A limit was met: caught in this file.
struct Stopped {};

constexpr std::size_t clauses_between_looks = 4096;  ///< at the clock

class Encoder {
  public:
    Encoder(const Specification& specification, const std::vector<Sample>& samples, const EncodeOptions& options,
            const base::Limits& limits)
        : class_(specification.network),
          samples_(samples),
          options_(options),
          limits_(limits),
          symbols_(specification.language.alphabet().size()) {}

    Encoding run() {
        begin();
        for (std::int64_t l = 1; l <= class_.layers; ++l) {
            out_.held.emplace_back(samples_.size());
            for (std::size_t x = 0; x < samples_.size(); ++x)
                out_.held.back()[x].resize(static_cast<std::size_t>(positions(x)));
            for (const auto& [x, i] : asking(l)) ask(l, x, i);
        }
        write_breaks();
        return std::move(out_);
    }

  private:
    using Visit = std::pair<std::size_t, std::int64_t>;  // word, position

    // Words, positions, values (9.1).

    std::int64_t positions(std::size_t x) const {
        return static_cast<std::int64_t>(samples_[x].word.size()) + (class_.read == Reading::end ? 1 : 0);
    }
    bool has(Break which) const {
        return std::find(options_.breaks.begin(), options_.breaks.end(), which) != options_.breaks.end();
    }
    std::vector<Held>& held(std::int64_t l, std::size_t x, std::int64_t i) {
        return out_.held[static_cast<std::size_t>(l)][x][static_cast<std::size_t>(i - 1)];
    }

    void begin() {
        out_.held.emplace_back(samples_.size());
        for (std::size_t x = 0; x < samples_.size(); ++x) {
            for (const language::Symbol s : samples_[x].word)
                out_.held[0][x].push_back({{out_.values.symbol(s), always}});
            if (class_.read == Reading::end) out_.held[0][x].push_back({{out_.values.symbol(symbols_), always}});
        }
    }

    /// Who asks in a layer, in order: by position and word, or without positions by word and position.
    std::vector<Visit> asking(std::int64_t l) const {
        std::vector<Visit> visits;
        for (std::size_t x = 0; x < samples_.size(); ++x)
            for (std::int64_t i = l == class_.layers ? positions(x) : 1; i <= positions(x); ++i)
                visits.emplace_back(x, i);
        if (class_.positions_visible)
            std::stable_sort(visits.begin(), visits.end(),
                             [](const Visit& a, const Visit& b) { return a.second < b.second; });
        return visits;
    }

    /// The reader's first head in layer 1, whose list a break or the splitting fixes: the one choice that is left, or 0.
    std::int64_t fixed_choice(std::int64_t l, std::int64_t h, std::size_t x, std::int64_t i) const {
        if (l != 1 || h != 1 || i != positions(x) || !(has(Break::complements) || options_.split)) return 0;
        const language::Word& word = samples_[x].word;
        if (class_.read == Reading::last && word.back() != 0) return 0;
        const std::int64_t last = i - 1;
        for (std::int64_t j = 1; j < last && !options_.split; ++j)
            if (word[static_cast<std::size_t>(j - 1)] == 1) return j;
        return last;
    }

    std::vector<Choice> candidates(std::int64_t l, std::int64_t h, std::size_t x, std::int64_t i) {
        std::vector<Choice> list;
        const std::int64_t n = positions(x), fixed = fixed_choice(l, h, x, i);
        for (std::int64_t j = 1; j <= (class_.mask == Mask::strict ? i - 1 : n); ++j) {
            if (class_.strict_orders() && (j == i || (l == 1 && class_.read == Reading::end && j == n))) continue;
            if (fixed != 0 && j != fixed) continue;
            for (const Held& w : held(l - 1, x, j)) list.push_back({{j, w.value}, always, w.literal});
        }
        return list;
    }

    // Clauses.

    std::int32_t fresh() { return ++out_.formula.variables; }

    /// Complements of ⊤ are left out, and what was said before.
    void clause(std::initializer_list<Literal> all) { clause(std::vector<Literal>(all)); }
    void clause(const std::vector<Literal>& all) {
        std::vector<Literal> literals;
        for (const Literal l : all)
            if (l != always && std::find(literals.begin(), literals.end(), l) == literals.end()) literals.push_back(l);
        out_.formula.add(literals);
        // Beside each literal stands about as much again in sites and values.
        if (8 * out_.formula.literals.size() > limits_.memory_bytes / 4) throw Stopped{};
        if (out_.formula.size() % clauses_between_looks == 0 && limits_.exceeded()) throw Stopped{};
    }

    // Orders (9.2).

    std::uint32_t order_of(std::int64_t l, std::int64_t h, std::int64_t i, network::ValueId o) {
        const std::array<std::int64_t, 4> key{l, h, class_.strict_orders() ? i : 0,
                                              class_.key_dimension_one ? -1 : static_cast<std::int64_t>(o)};
        const std::uint32_t number = order_keys_.number(key);
        if (number == out_.orders.size()) out_.orders.emplace_back(!class_.strict_orders());
        return number;
    }

    Literal literal(std::uint32_t order_number, const Comparison& c) {
        Order& order = out_.orders[order_number];
        if (const auto found = order.find(c)) return *found;
        const std::uint32_t a = c.strictly ? c.upper : c.lower, b = c.strictly ? c.lower : c.upper;
        const std::int32_t variable = fresh();
        order.name(a, b, variable);
        if (order.weak()) clause({-variable, -fresh()});
        return *order.find(c);
    }

    void name_sign(std::int64_t l, std::int64_t h, std::int64_t i, Asker& asker) {
        const auto [place, unknown] = signs_.try_emplace({l, h, i, static_cast<std::int64_t>(asker.value)}, 0);
        if (unknown) {
            place->second = fresh();
            clause({-place->second, -fresh()});
        }
        asker.most = place->second;
        asker.least = place->second + 1;
    }

    // Base clauses (9.3).

    void ask(std::int64_t l, std::size_t x, std::int64_t i) {
        std::vector<std::size_t> here;
        for (std::int64_t h = 1; h <= class_.heads; ++h) {
            Site site{l, h, i, x, candidates(l, h, x, i), {}};
            if (site.choices.empty()) continue;
            if (site.choices.size() > 1) choose(site);
            here.push_back(out_.sites.size());
            out_.sites.push_back(std::move(site));
        }
        if (class_.bounded(l)) name_values(l, x, i);
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
            Order& order = out_.orders[asker.order];
            for (const Choice& c : site.choices)
                asker.elements.push_back(order.element({class_.positions_visible ? c.pair.position : 0, c.pair.value}));
            prefer(site, asker);
            site.askers.push_back(std::move(asker));
        }
    }

    void prefer(const Site& site, Asker& asker) {
        for (std::size_t c = 0; c < site.choices.size(); ++c) {
            for (std::size_t d = 0; d < site.choices.size(); ++d)
                if (site.choices[c].pair.position != site.choices[d].pair.position) prefer(site, asker, c, d);
            if (class_.key_dimension_one && site.choices[c].pair.position != site.choices[0].pair.position) {
                name_sign(site.layer, site.head, site.position, asker);
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
        if (class_.key_dimension_one) {
            name_sign(site.layer, site.head, site.position, asker);
            for (const bool most : {true, false})
                with({most ? -asker.most : -asker.least,
                      literal(asker.order, comparison(class_, asker, site, c, d, most))});
        } else if (asker.elements[c] == asker.elements[d]) {
            if (site.choices[c].pair.position > site.choices[d].pair.position) with({});
        } else {
            with({literal(asker.order, comparison(class_, asker, site, c, d, true))});
        }
    }

    void name_values(std::int64_t l, std::size_t x, std::int64_t i) {
        std::vector<Held>& list = held(l, x, i);
        const std::vector<Literal> literals = one_of(*class_.activations, true);
        for (std::size_t a = 0; a < literals.size(); ++a) list.push_back({out_.values.activation(a), literals[a]});
    }

    /// Literals of a number below `count`: one variable for two, else one each, of which one is true. `only`: and no two.
    std::vector<Literal> one_of(std::int64_t count, bool only) {
        if (count == 2) {
            const std::int32_t b = fresh();
            return {-b, b};
        }
        std::vector<Literal> list;
        for (std::int64_t a = 0; a < count; ++a) list.push_back(fresh());
        clause(list);
        for (std::size_t a = 0; a < list.size() && only; ++a)
            for (std::size_t b = a + 1; b < list.size(); ++b) clause({-list[a], -list[b]});
        return list;
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
            if (++pick[k] < out_.sites[here[k]].choices.size()) return true;
        return false;
    }

    void combine(std::int64_t l, std::size_t x, std::int64_t i, const Held& own, const std::vector<std::size_t>& here,
                 const std::vector<std::size_t>& pick) {
        std::map<std::int64_t, network::ValueId> at{{i, own.value}};
        std::vector<network::Pair> pairs;
        std::vector<Literal> seen{own.literal};
        for (std::size_t k = 0; k < here.size(); ++k) {
            const Choice& c = out_.sites[here[k]].choices[pick[k]];
            if (at.try_emplace(c.pair.position, c.pair.value).first->second != c.pair.value) return;
            pairs.push_back({class_.positions_visible ? c.pair.position : 0, c.pair.value});
            seen.push_back(c.chosen);
        }
        // A head that is blind looks at its own position in a file of tables; without positions, at nothing.
        if (here.empty() && class_.positions_visible)
            pairs.assign(static_cast<std::size_t>(class_.heads), {i, own.value});
        std::erase(seen, always);
        become(l, x, i, out_.values.tuple(own.value, pairs), seen);
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
        if (l == class_.layers) {
            const auto [place, unknown] = accepting_.try_emplace(tuple, 0);
            if (unknown) place->second = fresh();
            with({samples_[x].accepted ? place->second : -place->second});
        } else if (class_.bounded(l)) {
            const auto [place, unknown] = activation_.try_emplace({l, class_.positions_visible ? i : 0, tuple});
            if (unknown) place->second = one_of(*class_.activations, false);
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

    Literal conjunction(const std::vector<Literal>& all, std::vector<Literal> unless) {
        if (all.size() <= 1) return all.empty() ? always : all[0];
        const std::int32_t v = fresh();
        for (const Literal l : all) clause({-v, l});
        unless.insert(unless.begin(), v);
        clause(std::move(unless));
        return v;
    }

    // Symmetry (9.4).

    void write_breaks() {
        if (has(Break::activations)) break_activations();
        if (has(Break::heads)) break_heads();
        if (has(Break::permutations) && !has(Break::complements)) break_permutations();
        if (has(Break::signs)) break_signs();
        if (has(Break::numbers)) break_numbers();
    }

    void break_activations() {
        const auto named = static_cast<std::size_t>(*class_.activations - 1);
        for (std::int64_t l = 1; l < class_.layers; ++l) {
            std::map<std::int64_t, std::size_t> seen;  // by position; without positions all are one
            for (const auto& [x, i] : asking(l)) {
                const std::size_t t = seen[class_.positions_visible ? i : 0]++;
                if (t >= named) continue;
                for (std::size_t a = t + 1; a <= named; ++a) clause({-held(l, x, i)[a].literal});
            }
        }
    }

    void break_heads() {
        std::map<std::array<std::int64_t, 3>, std::size_t>
            first;  // (layer, position, own symbol in layer 1) → its word
        for (std::size_t s = 0; s + 1 < out_.sites.size(); ++s) {
            const Site& one = out_.sites[s];
            const Site& two = out_.sites[s + 1];
            if (one.layer != two.layer || one.position != two.position || one.sample != two.sample) continue;
            const std::int64_t own =
                one.layer == 1 ? static_cast<std::int64_t>(held(0, one.sample, one.position)[0].value) : 0;
            if (first.try_emplace({one.layer, one.position, own}, one.sample).first->second != one.sample) continue;
            const bool reader = one.layer == 1 && one.position == positions(one.sample);
            if (reader && one.head == 1 && has(Break::permutations)) continue;
            if (one.choices.size() == 1) continue;
            for (std::size_t c = 0; c < one.choices.size(); ++c)
                for (std::size_t d = c + 1; d < one.choices.size(); ++d)
                    clause({-two.choices[c].chosen, -one.choices[d].chosen});
        }
    }

    void break_permutations() {
        const std::int64_t n = positions(0), last = n - 1;
        const network::ValueId own = out_.values.symbol(class_.read == Reading::end ? symbols_ : 0);
        const auto found = order_keys_.find({1, 1, n, static_cast<std::int64_t>(own)});
        for (std::int64_t j = 1; j < last; ++j) {
            const std::int32_t one_first = fresh();
            for (std::int64_t k = j + 1; k <= last; ++k)
                for (const std::uint64_t d : {0, 1})
                    for (const std::uint64_t b : {1, 0}) {
                        Order& order = out_.orders[*found];
                        const Comparison c{order.element({j, out_.values.symbol(b)}),
                                           order.element({k, out_.values.symbol(d)}), true};
                        clause({b == 1 ? -one_first : one_first, literal(*found, c)});
                    }
        }
    }

    void break_signs() {
        for (std::int64_t l = 1; l <= class_.layers; ++l)
            for (std::int64_t h = 1; h <= class_.heads; ++h) {
                std::optional<std::int32_t> first;  // variables are numbered as they are asked for
                const std::int64_t n = positions(0);
                for (auto at = signs_.lower_bound({l, h, n, 0});
                     at != signs_.end() && at->first < std::array{l, h, n + 1, std::int64_t{0}}; ++at)
                    first = std::min(at->second, first.value_or(at->second));
                if (first) clause({-(*first + 1)});
            }
    }

    void break_numbers() {
        const std::int64_t n = positions(0), words_end = class_.read == Reading::end ? n - 1 : n;
        const std::uint32_t order = order_of(1, 1, n, {});
        for (std::int64_t j = 1; j < n; ++j)
            for (std::int64_t k = 1; k <= n; ++k) {
                if (j == k) continue;
                for (const std::uint64_t d :
                     k <= words_end ? std::vector<std::uint64_t>{0, 1} : std::vector<std::uint64_t>{2})
                    order_symbols(order, j, {k, out_.values.symbol(d)});
            }
    }

    /// What is above (j, 1) is above (j, 0), and what (j, 0) is above, (j, 1) is above.
    void order_symbols(std::uint32_t order, std::int64_t j, const network::Pair& other) {
        const auto element = [&](const network::Pair& pair) { return out_.orders[order].element(pair); };
        const std::uint32_t zero = element({j, out_.values.symbol(0)}), one = element({j, out_.values.symbol(1)}),
                            third = element(other);
        const Literal below_zero = literal(order, {zero, third, true});
        clause({-below_zero, literal(order, {one, third, true})});
        const Literal above_one = literal(order, {third, one, true});
        clause({-above_one, literal(order, {third, zero, true})});
    }

    const NetworkClass class_;
    const std::vector<Sample>& samples_;
    const EncodeOptions& options_;
    const base::Limits& limits_;
    const std::size_t symbols_;
    Encoding out_;
    base::Interner<std::array<std::int64_t, 4>> order_keys_;
    std::map<std::array<std::int64_t, 4>, std::int32_t> signs_;
    std::map<std::tuple<std::int64_t, std::int64_t, network::ValueId>, std::vector<Literal>> activation_;
    std::map<network::ValueId, Literal> accepting_;
};

}  // namespace

std::optional<Encoding> encode(const Specification& specification, const std::vector<Sample>& samples,
                               const EncodeOptions& options, const base::Limits& limits) {
    require_sound(specification);
    try {
        return Encoder(specification, samples, options, limits).run();
    } catch (const Stopped&) {
        return std::nullopt;
    }
}

}  // namespace attest::threshold
