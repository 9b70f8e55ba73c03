// Two layers, from the far end: which networks of the first layer leave the second an easy task?
//
// For given values after layer 1, whether some list of preferences of the reader computes the language is decided greedily:
// a pair (position, value) that is present only on words of one answer can stand next in the list, and putting it there
// takes away words and nothing else. What is left when no pair will do is the cost: 0 iff there is a network. The first
// layer is a decision list over symbols for each position, head and own symbol (every list of pairs is one: a pair whose
// complement stands above it ends the list), so that the search space is permutations, signs and activations, and a
// step is a few bit operations on truth tables. The reader's first layer is not searched: it looks at the last symbol.

#include "decide/threshold/annealing.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>
#include <vector>

#include "attest/base/error.hpp"
#include "base/random.hpp"
#include "decide/threshold/witness.hpp"

namespace attest::threshold {

namespace {

constexpr std::int64_t longest_annealed = 10;
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

/// What a list looks for: the symbol `sign` at `position`.
struct Entry {
    std::int64_t position = 0;
    language::Symbol sign = 0;
};

/// What one position with one own symbol looks for, head by head. A head finds its entry t, or with the last entry the
/// other symbol: so many outcomes as a word has symbols. Outcomes of all heads, the first one's counting most, become the
/// value becomes[outcomes].
struct Preferences {
    std::vector<std::vector<Entry>> heads;
    std::vector<std::size_t> becomes;
};

struct Pick {
    std::int64_t position = 0;
    std::size_t value = 0;
};

/// Whom the reader's list may name: the words on which it holds the value.
template <std::size_t K>
struct Candidate {
    Pick pick;
    Set<K> words;
};

template <std::size_t K>
class Annealer {
  public:
    Annealer(const Specification& specification, std::uint64_t seed)
        : spec_(specification), random_(seed), length_(specification.length), outcomes_(outcomes(specification)) {
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
            if (s % 1024 == 0 && limits.exceeded()) return std::nullopt;
            step(hottest + (coldest - hottest) * static_cast<double>(s) / static_cast<double>(steps), cost);
        }
        if (cost > 0) return std::nullopt;
        return network();
    }

  private:
    static std::size_t outcomes(const Specification& s) {
        std::size_t all = 1;
        for (std::int64_t h = 0; h < s.network.heads; ++h) all *= static_cast<std::size_t>(s.length);
        return all;
    }

    // A value after layer 1 is a number: an activation, or in an unbounded class which entries found it, told apart by
    // own symbol.
    std::size_t values() const {
        return spec_.network.activations ? static_cast<std::size_t>(*spec_.network.activations) : 2 * outcomes_;
    }
    Preferences& preferences(std::int64_t i, language::Symbol own) {
        return preferences_[static_cast<std::size_t>(i)][own];
    }

    void begin() {
        for (std::int64_t i = 1; i <= length_; ++i)
            for (const language::Symbol own : {0U, 1U}) {
                Preferences& p = preferences(i, own) = Preferences{};
                for (std::int64_t h = 0; h < spec_.network.heads; ++h) p.heads.push_back(any_list(i));
                for (std::size_t t = 0; t < outcomes_; ++t)
                    p.becomes.push_back(spec_.network.activations ? random_.below(values()) : own * outcomes_ + t);
                cells_[static_cast<std::size_t>(i)][own] = cells(i, own);
            }
        for (std::int64_t i = 1; i <= length_; ++i) held_[static_cast<std::size_t>(i)] = held(i);
    }

    std::vector<Entry> any_list(std::int64_t i) {
        std::vector<Entry> entries;
        for (std::int64_t j = 1; j <= length_; ++j)
            if (j != i) entries.push_back({j, static_cast<language::Symbol>(random_.below(2))});
        for (std::size_t t = entries.size(); t > 1; --t) std::swap(entries[t - 1], entries[random_.below(t)]);
        return entries;
    }

    /// By outcomes: the words on which they are what the heads of this position find, it having this symbol.
    std::vector<Set<K>> cells(std::int64_t i, language::Symbol own) {
        std::vector<Set<K>> cells{symbol_[static_cast<std::size_t>(i)][own]};
        for (const std::vector<Entry>& entries : preferences(i, own).heads) {
            std::vector<Set<K>> finer;
            finer.reserve(cells.size() * (entries.size() + 1));
            for (const Set<K>& cell : cells) {
                Set<K> rest = cell;
                for (const Entry& e : entries) {
                    finer.push_back(rest & symbol_[static_cast<std::size_t>(e.position)][e.sign]);
                    rest = rest - finer.back();
                }
                finer.push_back(rest);
            }
            cells = std::move(finer);
        }
        return cells;
    }

    /// Which values the position holds on which words, by value; none that is never held.
    std::vector<Candidate<K>> held(std::int64_t i) const {
        const auto p = static_cast<std::size_t>(i);
        std::vector<Set<K>> words(values());
        for (const language::Symbol own : {0U, 1U})
            for (std::size_t t = 0; t < outcomes_; ++t) {
                Set<K>& of = words[preferences_[p][own].becomes[t]];
                of = of | cells_[p][own][t];
            }
        std::vector<Candidate<K>> held;
        for (std::size_t v = 0; v < words.size(); ++v)
            if (!words[v].empty()) held.push_back({{i, v}, words[v]});
        return held;
    }

    /// What no list of the reader gets right among the words of `rest`; the list goes to `picks` if that is not null.
    int greedy(Set<K> rest, std::vector<Pick>* picks) {
        left_.clear();
        for (const auto& held : held_)
            for (const Candidate<K>& h : held) left_.push_back(&h);
        for (bool more = true; more && !rest.empty();) {
            more = false;
            std::erase_if(left_, [&](const Candidate<K>* h) {
                const Set<K> here = rest & h->words;
                if (here.empty()) return true;
                if (!(here & accepted_).empty() && !(here - accepted_).empty()) return false;
                rest = rest - here;
                if (picks) picks->push_back(h->pick);
                return more = true;
            });
        }
        return rest.size();
    }

    /// The words that the reader does not tell apart before it looks at values.
    std::vector<Set<K>> parts() const {
        const auto& last = symbol_[static_cast<std::size_t>(length_)];
        return {last[0], last[1]};
    }

    /// The words on which the reader's lists get stuck.
    int cost() {
        int stuck = 0;
        for (const Set<K>& part : parts()) stuck += greedy(part, nullptr);
        return stuck;
    }

    void step(double temperature, int& cost) {
        const auto i = 1 + static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(length_)));
        const auto own = static_cast<language::Symbol>(random_.below(2));
        Preferences& changed = preferences(i, own);
        const Preferences before = changed;
        const std::vector<Set<K>> cells_before = cells_[static_cast<std::size_t>(i)][own];
        const bool other_values = change(changed);
        std::vector<Set<K>>& now = cells_[static_cast<std::size_t>(i)][own];
        now = cells(i, own);
        if (now == cells_before && !other_values) return;
        std::vector<Candidate<K>>& holds = held_[static_cast<std::size_t>(i)];
        const std::vector<Candidate<K>> held_before = std::exchange(holds, held(i));
        const int next = this->cost();
        // One in 2^53 is as good as a real number here, and the same on every machine up to `exp`.
        const auto luck =
            static_cast<double>(random_.below(std::uint64_t{1} << 53)) / static_cast<double>(std::uint64_t{1} << 53);
        if (next <= cost || luck < std::exp((cost - next) / temperature)) {
            cost = next;
        } else {
            changed = before;
            now = cells_before;
            holds = held_before;
        }
    }

    /// Whether outcomes become other values.
    bool change(Preferences& p) {
        const std::size_t kind = random_.below(spec_.network.activations ? 8 : 6);
        std::vector<Entry>& entries = p.heads[p.heads.size() == 1 ? 0 : random_.below(p.heads.size())];
        const std::size_t size = entries.size(), a = random_.below(size), b = random_.below(size);
        if (kind < 3) {
            std::swap(entries[a], entries[b]);
        } else if (kind < 5) {
            entries[a].sign = 1 - entries[a].sign;
        } else if (kind < 6) {
            const auto at = entries.begin();
            const auto from = static_cast<std::ptrdiff_t>(std::min(a, b)),
                       to = static_cast<std::ptrdiff_t>(std::max(a, b));
            std::rotate(at + from, at + from + 1, at + to + 1);
        } else {
            p.becomes[random_.below(p.becomes.size())] = random_.below(values());
            return true;
        }
        return false;
    }

    // The tables.

    network::Guhat network() {
        network::Guhat g = blank_network(spec_);
        for (std::int64_t i = 1; i <= length_; ++i)
            for (const language::Symbol own : {0U, 1U}) write_lists(g, i, own);
        const std::vector<Set<K>> parts = this->parts();
        for (std::size_t part = 0; part < parts.size(); ++part) {
            std::vector<Pick> picks;
            greedy(parts[part], &picks);
            auto& prefer = g.attention[{2, 1, length_ + 1, reader_after_first_layer(g, part)}];
            for (const Pick& p : picks) prefer.push_back({p.position, value(g, p)});
        }
        return accepting(std::move(g));
    }

    /// Writes what it looks at, and gives what it holds then.
    network::ValueId reader_after_first_layer(network::Guhat& g, std::size_t part) const {
        const network::ValueId end = g.values.symbol(g.alphabet.size());
        const network::Pair seen{length_, g.values.symbol(part)};
        for (std::int64_t h = 1; h <= g.heads; ++h) g.attention[{1, h, length_ + 1, end}].push_back(seen);
        const network::ValueId tuple =
            g.values.tuple(end, std::vector<network::Pair>(static_cast<std::size_t>(g.heads), seen));
        if (!g.activations) return tuple;
        g.activation[{1, length_ + 1, tuple}] = static_cast<std::int64_t>(part);
        return g.values.activation(part);
    }

    void write_lists(network::Guhat& g, std::int64_t i, language::Symbol own) {
        const network::ValueId self = g.values.symbol(own);
        const Preferences& p = preferences(i, own);
        for (std::int64_t h = 1; h <= g.heads; ++h) {
            const std::vector<Entry>& entries = p.heads[static_cast<std::size_t>(h - 1)];
            auto& prefer = g.attention[{1, h, i, self}];
            for (const Entry& e : entries) prefer.push_back({e.position, g.values.symbol(e.sign)});
            prefer.push_back({entries.back().position, g.values.symbol(1 - entries.back().sign)});
        }
        for (std::size_t t = 0; t < outcomes_ && g.activations; ++t)
            g.activation[{1, i, tuple(g, i, own, t)}] = static_cast<std::int64_t>(p.becomes[t]);
    }

    static network::ValueId tuple(network::Guhat& g, std::int64_t i, language::Symbol own, std::size_t outcomes) {
        const network::ValueId self = g.values.symbol(own);
        std::vector<network::Pair> attended;
        for (std::int64_t h = g.heads; h >= 1; --h) {
            const auto& prefer = g.attention.at({1, h, i, self});
            attended.insert(attended.begin(), prefer[outcomes % prefer.size()]);
            outcomes /= prefer.size();
        }
        return g.values.tuple(self, attended);
    }

    network::ValueId value(network::Guhat& g, const Pick& p) const {
        if (g.activations) return g.values.activation(p.value);
        return tuple(g, p.position, static_cast<language::Symbol>(p.value / outcomes_), p.value % outcomes_);
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
    const std::size_t outcomes_;
    Set<K> accepted_;
    std::array<std::array<Set<K>, 2>, longest_annealed + 1> symbol_;  ///< words with this symbol at this position
    std::array<std::array<Preferences, 2>, longest_annealed + 1> preferences_;  ///< by position and own symbol
    std::array<std::array<std::vector<Set<K>>, 2>, longest_annealed + 1>
        cells_;                                                         ///< by position, own symbol and outcomes
    std::array<std::vector<Candidate<K>>, longest_annealed + 1> held_;  ///< by position
    std::vector<const Candidate<K>*> left_;                             ///< of `greedy`, kept for its memory
};

}  // namespace

bool may_anneal(const Specification& s) {
    const NetworkClass& c = s.network;
    return c.layers == 2 && c.heads == 1 && c.strict_orders() && c.mask == Mask::none && c.read == Reading::end &&
           s.language.alphabet().size() == 2 && s.length >= 2 && s.length <= longest_annealed;
}

std::optional<network::Guhat> anneal(const Specification& specification, std::uint64_t seed, std::uint64_t steps,
                                     const base::Limits& limits) {
    if (specification.length <= 6) return Annealer<1>(specification, seed).run(steps, limits);
    if (specification.length == 7) return Annealer<2>(specification, seed).run(steps, limits);
    if (specification.length == 8) return Annealer<4>(specification, seed).run(steps, limits);
    if (specification.length == 9) return Annealer<8>(specification, seed).run(steps, limits);
    return Annealer<16>(specification, seed).run(steps, limits);
}

}  // namespace attest::threshold
