// Two layers and one head, from the far end: which networks of the first layer leave the second an easy task?
//
// For given values after layer 1, whether some list of preferences of the reader computes the language is decided greedily:
// a pair (position, value) that is present only on words of one answer can stand next in the list, and putting it there
// takes away words and nothing else. What is left when no pair will do is the cost: 0 iff there is a network. The first
// layer is a decision list over symbols for each position and own symbol (every list of pairs is one: a pair whose
// complement stands above it ends the list), so that the search space is permutations, signs and activations, and a
// step is a few bit operations on truth tables. The reader's first layer is not searched: it looks at the last symbol.

#include "decide/threshold/annealing.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <vector>

#include "attest/base/error.hpp"
#include "base/random.hpp"
#include "decide/threshold/witness.hpp"

namespace attest::threshold {

namespace {

constexpr std::int64_t longest = 10;
constexpr double hottest = 0.8, coldest = 0.4;  // in words; tried for one bit and six symbols

/// A set of words, word k in bit k.
template <std::size_t K>
struct Set {
    std::array<std::uint64_t, K> bits{};

    bool empty() const {
        return std::all_of(bits.begin(), bits.end(), [](std::uint64_t b) { return b == 0; });
    }
    int size() const {
        int count = 0;
        for (const std::uint64_t b : bits) count += std::popcount(b);
        return count;
    }
    void add(std::size_t k) { bits[k / 64] |= std::uint64_t{1} << k % 64; }
    friend Set operator&(Set a, const Set& b) {
        for (std::size_t k = 0; k < K; ++k) a.bits[k] &= b.bits[k];
        return a;
    }
    friend Set operator|(Set a, const Set& b) {
        for (std::size_t k = 0; k < K; ++k) a.bits[k] |= b.bits[k];
        return a;
    }
    /// Without the words of b.
    friend Set operator-(Set a, const Set& b) {
        for (std::size_t k = 0; k < K; ++k) a.bits[k] &= ~b.bits[k];
        return a;
    }
    bool operator==(const Set&) const = default;
};

/// The preferences of one position for one own symbol: entry t looks for symbol `sign` at `position`, the last one takes
/// either. What entry t finds becomes the value becomes[t]; becomes.back() is what the last one finds if it is not `sign`.
struct PreferenceList {
    struct Entry {
        std::int64_t position = 0;
        language::Symbol sign = 0;
    };
    std::vector<Entry> entries;
    std::vector<std::size_t> becomes;
};

template <std::size_t K>
class Annealer {
  public:
    Annealer(const Specification& specification, std::uint64_t seed)
        : spec_(specification), random_(seed), length_(specification.length) {
        const std::vector<Sample> all = samples(spec_);
        for (std::size_t k = 0; k < all.size(); ++k) {
            if (all[k].accepted) accepted_.add(k);
            for (std::int64_t i = 1; i <= length_; ++i)
                symbol_[static_cast<std::size_t>(i)][all[k].word[static_cast<std::size_t>(i - 1)]].add(k);
        }
    }

    std::optional<network::Guhat> run(std::uint64_t steps, const base::Limits& limits) {
        begin();
        int cost = this->cost();
        for (std::uint64_t s = 0; s < steps && cost > 0; ++s) {
            if (s % 4096 == 0 && limits.exceeded()) return std::nullopt;
            step(hottest + (coldest - hottest) * static_cast<double>(s) / static_cast<double>(steps), cost);
        }
        if (cost > 0) return std::nullopt;
        return network();
    }

  private:
    // A value after layer 1 is a number: an activation, or in an unbounded class which entry found it, told apart by own
    // symbol.
    std::size_t values() const {
        return spec_.network.activations ? static_cast<std::size_t>(*spec_.network.activations)
                                         : 2 * static_cast<std::size_t>(length_);
    }
    PreferenceList& list(std::int64_t i, language::Symbol own) { return lists_[static_cast<std::size_t>(i)][own]; }

    void begin() {
        for (std::int64_t i = 1; i <= length_; ++i)
            for (const language::Symbol own : {0U, 1U}) {
                PreferenceList& l = list(i, own) = PreferenceList{};
                for (std::int64_t j = 1; j <= length_; ++j)
                    if (j != i) l.entries.push_back({j, static_cast<language::Symbol>(random_.below(2))});
                for (std::size_t t = l.entries.size(); t > 1; --t)
                    std::swap(l.entries[t - 1], l.entries[random_.below(t)]);
                for (std::size_t t = 0; t <= l.entries.size(); ++t)
                    l.becomes.push_back(spec_.network.activations ? random_.below(values())
                                                                  : own * static_cast<std::size_t>(length_) + t);
                cells_[static_cast<std::size_t>(i)][own] = cells(i, own);
            }
    }

    /// By value: the words on which this position holds it, having this symbol.
    std::vector<Set<K>> cells(std::int64_t i, language::Symbol own) {
        const PreferenceList& l = list(i, own);
        std::vector<Set<K>> cells(values());
        Set<K> rest = symbol_[static_cast<std::size_t>(i)][own];
        for (std::size_t t = 0; t < l.entries.size(); ++t) {
            const Set<K> found = rest & symbol_[static_cast<std::size_t>(l.entries[t].position)][l.entries[t].sign];
            cells[l.becomes[t]] = cells[l.becomes[t]] | found;
            rest = rest - found;
        }
        cells[l.becomes.back()] = cells[l.becomes.back()] | rest;
        return cells;
    }

    struct Pick {
        std::int64_t position = 0;
        std::size_t value = 0;
    };

    /// What no list of the reader gets right among the words of `rest`; the list goes to `picks` if that is not null.
    int greedy(Set<K> rest, const std::vector<std::vector<Set<K>>>& held, std::vector<Pick>* picks) const {
        for (bool more = true; more && !rest.empty();) {
            more = false;
            for (std::int64_t i = 1; i <= length_; ++i)
                for (std::size_t v = 0; v < values(); ++v) {
                    const Set<K> here = rest & held[static_cast<std::size_t>(i)][v];
                    if (here.empty() || !((here & accepted_).empty() || (here - accepted_).empty())) continue;
                    rest = rest - here;
                    more = true;
                    if (picks) picks->push_back({i, v});
                }
        }
        return rest.size();
    }

    std::vector<std::vector<Set<K>>> held() const {
        std::vector<std::vector<Set<K>>> held(static_cast<std::size_t>(length_) + 1);
        for (std::size_t i = 1; i < held.size(); ++i)
            for (std::size_t v = 0; v < values(); ++v) held[i].push_back(cells_[i][0][v] | cells_[i][1][v]);
        return held;
    }

    /// The words of one last symbol on which the reader's list gets stuck, for both symbols.
    int cost() const {
        const auto now = held();
        const auto& last = symbol_[static_cast<std::size_t>(length_)];
        return greedy(last[0], now, nullptr) + greedy(last[1], now, nullptr);
    }

    void step(double temperature, int& cost) {
        const auto i = 1 + static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(length_)));
        const auto own = static_cast<language::Symbol>(random_.below(2));
        PreferenceList& changed = list(i, own);
        const PreferenceList before = changed;
        const std::vector<Set<K>> cells_before = cells_[static_cast<std::size_t>(i)][own];
        change(changed);
        std::vector<Set<K>>& now = cells_[static_cast<std::size_t>(i)][own];
        now = cells(i, own);
        if (now == cells_before) return;
        const int next = this->cost();
        // One in 2^53 is as good as a real number here, and the same on every machine up to `exp`.
        const auto luck =
            static_cast<double>(random_.below(std::uint64_t{1} << 53)) / static_cast<double>(std::uint64_t{1} << 53);
        if (next <= cost || luck < std::exp((cost - next) / temperature)) {
            cost = next;
        } else {
            changed = before;
            now = cells_before;
        }
    }

    void change(PreferenceList& l) {
        const std::size_t kind = random_.below(spec_.network.activations ? 8 : 6), size = l.entries.size();
        const std::size_t a = random_.below(size), b = random_.below(size);
        if (kind < 3) {
            std::swap(l.entries[a], l.entries[b]);
        } else if (kind < 5) {
            l.entries[a].sign = 1 - l.entries[a].sign;
        } else if (kind < 6) {
            const auto at = l.entries.begin();
            const auto from = static_cast<std::ptrdiff_t>(std::min(a, b)),
                       to = static_cast<std::ptrdiff_t>(std::max(a, b));
            std::rotate(at + from, at + from + 1, at + to + 1);
        } else {
            l.becomes[random_.below(l.becomes.size())] = random_.below(values());
        }
    }

    // The tables.

    network::Guhat network() {
        network::Guhat g = blank_network(spec_);
        for (std::int64_t i = 1; i <= length_; ++i)
            for (const language::Symbol own : {0U, 1U}) write_list(g, i, own);
        const network::ValueId end = g.values.symbol(g.alphabet.size());
        for (const language::Symbol last : {0U, 1U}) {
            const network::Pair seen{length_, g.values.symbol(last)};
            g.attention[{1, 1, length_ + 1, end}].push_back(seen);
            const network::ValueId tuple = g.values.tuple(end, {seen});
            if (g.activations) g.activation[{1, length_ + 1, tuple}] = last;
            std::vector<Pick> picks;
            greedy(symbol_[static_cast<std::size_t>(length_)][last], held(), &picks);
            auto& prefer = g.attention[{2, 1, length_ + 1, g.activations ? g.values.activation(last) : tuple}];
            for (const Pick& p : picks) prefer.push_back({p.position, value(g, p)});
        }
        return accepting(std::move(g));
    }

    void write_list(network::Guhat& g, std::int64_t i, language::Symbol own) {
        const PreferenceList& l = list(i, own);
        const network::ValueId self = g.values.symbol(own);
        auto& prefer = g.attention[{1, 1, i, self}];
        for (const PreferenceList::Entry& e : l.entries) prefer.push_back({e.position, g.values.symbol(e.sign)});
        prefer.push_back({l.entries.back().position, g.values.symbol(1 - l.entries.back().sign)});
        for (std::size_t t = 0; t < prefer.size() && g.activations; ++t)
            g.activation[{1, i, g.values.tuple(self, {prefer[t]})}] = static_cast<std::int64_t>(l.becomes[t]);
    }

    network::ValueId value(network::Guhat& g, const Pick& p) {
        if (g.activations) return g.values.activation(p.value);
        const auto own = static_cast<language::Symbol>(p.value / static_cast<std::size_t>(length_));
        const std::size_t t = p.value % static_cast<std::size_t>(length_);
        const network::ValueId self = g.values.symbol(own);
        return g.values.tuple(self, {g.attention.at({1, 1, p.position, self})[t]});
    }

    /// What the reader ends with on an accepted word is accepted.
    network::Guhat accepting(network::Guhat g) const {
        network::GuhatEvaluator evaluator(std::move(g));
        std::vector<network::ValueId> accept;
        for (const Sample& s : samples(spec_))
            if (s.accepted) accept.push_back(evaluator.final_value(s.word));
        network::Guhat whole = evaluator.guhat();
        whole.accept.insert(accept.begin(), accept.end());
        if (mistake(spec_, whole))
            throw base::InternalError("annealing: the tables do not do what the truth tables say");
        return whole;
    }

    const Specification& spec_;
    base::Random random_;
    const std::int64_t length_;
    Set<K> accepted_;
    std::array<std::array<Set<K>, 2>, longest + 1> symbol_;         ///< words with this symbol at this position
    std::array<std::array<PreferenceList, 2>, longest + 1> lists_;  ///< by position and own symbol
    std::array<std::array<std::vector<Set<K>>, 2>, longest + 1> cells_;
};

}  // namespace

bool may_anneal(const Specification& s) {
    const NetworkClass& c = s.network;
    return c.layers == 2 && c.heads == 1 && c.strict_orders() && c.mask == Mask::none && c.read == Reading::end &&
           s.language.alphabet().size() == 2 && s.length >= 2 && s.length <= longest;
}

std::optional<network::Guhat> anneal(const Specification& specification, std::uint64_t seed, std::uint64_t steps,
                                     const base::Limits& limits) {
    if (specification.length <= 6) return Annealer<1>(specification, seed).run(steps, limits);
    if (specification.length == 7) return Annealer<2>(specification, seed).run(steps, limits);
    if (specification.length == 8) return Annealer<4>(specification, seed).run(steps, limits);
    return Annealer<16>(specification, seed).run(steps, limits);
}

}  // namespace attest::threshold
