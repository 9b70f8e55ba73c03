// One head that takes words off, pair by pair, until none is left.
//
// Where the reader's value is always the same, its head has one list of pairs (position, value). A pair that is present
// only on words of one answer can stand next in it, and takes these words away; that takes nothing from the others, so
// a list that gets stuck shows that no list does better. What a position holds follows from its lists in the first layer.
// Simulated annealing goes through these, and what is left when a list is stuck is the cost. A step costs little because
// words are taken one by one: each is counted once by each position, under the value that is held there, and a value of
// which the words of one answer are all gone is the next that can be taken.
//
// Sums stay sums when the symbols are shifted in a circle, and change all or none when every symbol is exchanged. So one may
// ask for lists that do the same at all positions but for the shift, and the same for both symbols but for the exchange:
// then pairs are taken with all their images, words that are images of each other go together, and only the lists of one
// position for one symbol are searched. Why that finds longer ones is not understood; it was tried.

#include "decide/threshold/peeling_search.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>
#include <vector>

#include "attest/base/error.hpp"
#include "base/random.hpp"
#include "decide/threshold/every_change.hpp"
#include "decide/threshold/witness.hpp"

namespace attest::threshold {

namespace {

constexpr std::int64_t longest_searched = 14, most_peeling_heads = 4;
constexpr double hot = 0.8,
                 cold = 0.4;  // in words, or sets of images; the best of three for seven symbols and one head
constexpr std::uint64_t steps_between_looks = 64;
constexpr std::uint32_t no_word = UINT32_MAX;

class PeelingSearch {
  public:
    PeelingSearch(const Specification& specification, PeelingShape shape, std::uint64_t seed)
        : spec_(specification),
          random_(seed),
          symbols_(static_cast<std::size_t>(specification.length)),
          heads_(static_cast<std::size_t>(specification.network.heads)),
          words_(std::size_t{1} << symbols_),
          shifted_(shape == PeelingShape::circular),
          exchanged_(shifted_ && !specification.network.activations),
          sites_(shifted_ ? 1 : symbols_) {
        for (std::size_t h = 0; h < heads_; ++h) outcomes_ *= symbols_;
        for (Site& site : sites_) {
            site.value.resize(words_);
            site.next.resize(words_);
            site.found.assign(heads_, std::vector<std::uint8_t>(words_));
        }
        gather();
        gone_.resize(orbits_.size());
    }

    std::optional<network::Guhat> run(std::uint64_t steps, const base::Limits& limits) {
        begin();
        std::size_t cost = take(nullptr);
        const double images = static_cast<double>((shifted_ ? symbols_ : 1) * (exchanged_ ? 2 : 1));
        for (std::uint64_t s = 0; s < steps && cost > 0; ++s) {
            if (s % steps_between_looks == 0 && limits.exceeded()) return std::nullopt;
            step(images * (hot + (cold - hot) * static_cast<double>(s) / static_cast<double>(steps)), cost);
        }
        if (cost > 0) return std::nullopt;
        return network();
    }

  private:
    /// What a list looks for: the symbol `sign` at `position`, from 0.
    struct Entry {
        std::size_t position = 0;
        std::uint8_t sign = 0;
    };
    using List = std::vector<Entry>;
    /// By own symbol. A list finds its entry t, or with the last entry the other symbol: as many outcomes as symbols.
    struct Asking {
        std::vector<List> lists;           ///< by head
        std::vector<std::size_t> becomes;  ///< by the outcomes of all heads, the first one's counting most
    };
    /// A position whose lists are searched; with images, the first.
    struct Site {
        std::array<Asking, 2> asking;
        std::vector<std::vector<std::uint8_t>> found;          ///< by head and word: the outcome
        std::vector<std::uint32_t> value;                      ///< by word
        std::vector<std::uint32_t> first, next;                ///< words by value: chains
        std::vector<std::array<std::int32_t, 2>> count, left;  ///< by value and sum: all words, and those not taken
    };
    struct Pick {
        std::size_t position = 0, value = 0;
    };

    bool symbol(std::size_t word, std::size_t p) const { return (word >> (symbols_ - 1 - p) & 1) != 0; }
    static std::size_t sum(std::size_t word) { return static_cast<std::size_t>(std::popcount(word)) % 2; }
    std::size_t own_symbols() const { return exchanged_ ? 1 : 2; }
    std::size_t values() const {
        return spec_.network.activations ? static_cast<std::size_t>(*spec_.network.activations)
                                         : own_symbols() * outcomes_;
    }
    /// Whether what the site holds on this word is looked at: with exchanges, on those with 0 there.
    bool asks(std::size_t word, std::size_t p) const { return !exchanged_ || !symbol(word, p); }

    /// Words that are images of each other.
    void gather() {
        orbit_.assign(words_, no_word);
        const std::size_t all = words_ - 1, shifts = shifted_ ? symbols_ : 1;
        for (std::uint32_t word = 0; word < words_; ++word) {
            if (orbit_[word] != no_word) continue;
            std::vector<std::uint32_t>& orbit = orbits_.emplace_back();
            const auto add = [&](std::size_t image) {
                if (orbit_[image] != no_word) return;
                orbit_[image] = static_cast<std::uint32_t>(orbits_.size() - 1);
                orbit.push_back(static_cast<std::uint32_t>(image));
            };
            for (std::size_t a = 0; a < shifts; ++a) {
                const std::size_t image = (word << a | word >> (symbols_ - a)) & all;
                add(image);
                if (exchanged_) add(image ^ all);
            }
        }
    }

    void begin() {
        for (std::size_t p = 0; p < sites_.size(); ++p) {
            for (std::size_t own = 0; own < own_symbols(); ++own) {
                Asking& a = sites_[p].asking[own] = Asking{};
                for (std::size_t h = 0; h < heads_; ++h) a.lists.push_back(any_list(p));
                for (std::size_t t = 0; t < outcomes_; ++t)
                    a.becomes.push_back(spec_.network.activations ? random_.below(values()) : own * outcomes_ + t);
                for (std::size_t h = 0; h < heads_; ++h) find(p, own, h);
            }
            hold(p);
        }
    }

    List any_list(std::size_t p) {
        List list;
        for (std::size_t j = 0; j < symbols_; ++j)
            if (j != p) list.push_back({j, static_cast<std::uint8_t>(random_.below(2))});
        for (std::size_t t = list.size(); t > 1; --t) std::swap(list[t - 1], list[random_.below(t)]);
        return list;
    }

    /// What a head finds on all words with this symbol; whether that is new on some.
    bool find(std::size_t p, std::size_t own, std::size_t h) {
        const List& list = sites_[p].asking[own].lists[h];
        std::vector<std::uint8_t>& found = sites_[p].found[h];
        bool changed = false;
        for (std::size_t word = 0; word < words_; ++word) {
            if (symbol(word, p) != (own == 1)) continue;
            std::uint8_t t = 0;
            while (t < list.size() && symbol(word, list[t].position) != (list[t].sign == 1)) ++t;
            changed |= found[word] != t;
            found[word] = t;
        }
        return changed;
    }

    /// From what is found to what is held.
    void hold(std::size_t p) {
        Site& site = sites_[p];
        site.count.assign(values(), {0, 0});
        site.first.assign(values(), no_word);
        for (std::uint32_t word = 0; word < words_; ++word) {
            if (!asks(word, p)) continue;
            std::size_t outcomes = 0;
            for (std::size_t h = 0; h < heads_; ++h) outcomes = outcomes * symbols_ + site.found[h][word];
            const auto value = static_cast<std::uint32_t>(site.asking[symbol(word, p) ? 1 : 0].becomes[outcomes]);
            site.value[word] = value;
            site.next[word] = std::exchange(site.first[value], word);
            ++site.count[value][sum(word)];
        }
    }

    /// Takes words away until the list is stuck, and tells how many are left; the list, but for images, goes to `picks`
    /// if not null.
    std::size_t take(std::vector<Pick>* picks) {
        std::fill(gone_.begin(), gone_.end(), 0);
        waiting_.clear();
        for (std::size_t p = 0; p < sites_.size(); ++p) {
            Site& site = sites_[p];
            site.left = site.count;
            for (std::size_t v = 0; v < site.left.size(); ++v)
                if ((site.left[v][0] == 0) != (site.left[v][1] == 0)) waiting_.push_back({p, v});
        }
        std::size_t left = words_;
        while (!waiting_.empty()) {
            const Pick pick = waiting_.back();
            waiting_.pop_back();
            const Site& site = sites_[pick.position];
            if (site.left[pick.value][0] + site.left[pick.value][1] == 0) continue;
            if (picks) picks->push_back(pick);
            for (std::uint32_t word = site.first[pick.value]; word != no_word; word = site.next[word]) {
                const std::uint32_t orbit = orbit_[word];
                if (gone_[orbit] != 0) continue;
                gone_[orbit] = 1;
                left -= orbits_[orbit].size();
                for (const std::uint32_t image : orbits_[orbit]) take_word(image);
            }
        }
        return left;
    }

    void take_word(std::uint32_t word) {
        const std::size_t sum = PeelingSearch::sum(word);
        for (std::size_t p = 0; p < sites_.size(); ++p) {
            if (!asks(word, p)) continue;
            const std::uint32_t value = sites_[p].value[word];
            auto& left = sites_[p].left[value];
            if (--left[sum] == 0 && left[1 - sum] > 0) waiting_.push_back({p, value});
        }
    }

    void step(double temperature, std::size_t& cost) {
        const std::size_t p = random_.below(sites_.size()), own = random_.below(own_symbols()),
                          h = random_.below(heads_);
        Asking& changed = sites_[p].asking[own];
        const List list = changed.lists[h];
        const std::size_t kind = random_.below(spec_.network.activations ? 8 : 6), t = random_.below(outcomes_),
                          becomes = changed.becomes[t];
        const bool moved = kind < 6;
        if (moved) change(changed.lists[h], kind);
        else changed.becomes[t] = random_.below(values());
        if (moved ? !find(p, own, h) : changed.becomes[t] == becomes) return;
        hold(p);
        const std::size_t next = take(nullptr);
        // One in 2^53 is as good as a real number here, and the same on every machine up to `exp`.
        const auto luck =
            static_cast<double>(random_.below(std::uint64_t{1} << 53)) / static_cast<double>(std::uint64_t{1} << 53);
        if (next <= cost || luck < std::exp((static_cast<double>(cost) - static_cast<double>(next)) / temperature)) {
            cost = next;
            return;
        }
        changed.lists[h] = list;
        changed.becomes[t] = becomes;
        if (moved) find(p, own, h);
        hold(p);
    }

    void change(List& list, std::size_t kind) {
        const std::size_t a = random_.below(list.size()), b = random_.below(list.size());
        if (kind < 3) {
            std::swap(list[a], list[b]);
        } else if (kind < 5) {
            list[a].sign ^= 1;
        } else {
            const auto at = list.begin();
            const auto from = static_cast<std::ptrdiff_t>(std::min(a, b)),
                       to = static_cast<std::ptrdiff_t>(std::max(a, b));
            std::rotate(at + from, at + from + 1, at + to + 1);
        }
    }

    // The tables: of each position its own lists, or the images of the first one's.

    network::Guhat network() {
        network::Guhat g = blank_network(spec_);
        for (std::size_t p = 0; p < symbols_; ++p)
            for (const std::size_t own : {0U, 1U}) write_lists(g, p, own);
        const std::int64_t end = spec_.length + 1;
        const network::ValueId marker = g.values.symbol(g.alphabet.size());
        for (std::int64_t h = 1; h <= g.heads; ++h) g.attention[{1, h, end, marker}].push_back({end, marker});
        const network::ValueId reader = g.activations
                                            ? g.values.activation(0)
                                            : g.values.tuple(marker, std::vector<network::Pair>(heads_, {end, marker}));
        auto& prefer = g.attention[{2, 1, end, reader}];
        std::vector<Pick> picks;
        take(&picks);
        for (const Pick& pick : picks)
            for (std::size_t a = 0; a < (shifted_ ? symbols_ : 1); ++a)
                for (std::size_t e = 0; e < (exchanged_ ? 2 : 1); ++e)
                    prefer.push_back({static_cast<std::int64_t>(pick.position + a) + 1, value(g, pick, a, e)});
        return accepting(std::move(g));
    }

    network::ValueId value(network::Guhat& g, const Pick& pick, std::size_t shift, std::size_t exchange) const {
        if (g.activations) return g.values.activation(pick.value);
        return tuple(g, pick.position + shift, pick.value / outcomes_ + exchange, pick.value % outcomes_);
    }

    void write_lists(network::Guhat& g, std::size_t p, std::size_t own) const {
        const network::ValueId self = g.values.symbol(own);
        const auto i = static_cast<std::int64_t>(p) + 1;
        for (std::size_t h = 0; h < heads_; ++h) {
            auto& prefer = g.attention[{1, static_cast<std::int64_t>(h) + 1, i, self}];
            for (std::size_t t = 0; t < symbols_; ++t) prefer.push_back(pair(g, p, own, h, t));
        }
        for (std::size_t t = 0; t < outcomes_ && g.activations; ++t)
            g.activation[{1, i, tuple(g, p, own, t)}] = static_cast<std::int64_t>(asking(p, own).becomes[t]);
    }

    /// Whose lists the position has, but for images.
    const Asking& asking(std::size_t p, std::size_t own) const {
        return sites_[shifted_ ? 0 : p].asking[exchanged_ ? 0 : own];
    }

    /// What a head finds as its outcome t.
    network::Pair pair(network::Guhat& g, std::size_t p, std::size_t own, std::size_t h, std::size_t t) const {
        const List& list = asking(p, own).lists[h];
        const Entry& e = t < list.size() ? list[t] : list.back();
        const std::size_t position = shifted_ ? (e.position + p) % symbols_ : e.position;
        const std::size_t sign = (t < list.size() ? e.sign : 1U - e.sign) ^ (exchanged_ ? own : 0U);
        return {static_cast<std::int64_t>(position) + 1, g.values.symbol(sign)};
    }

    network::ValueId tuple(network::Guhat& g, std::size_t p, std::size_t own, std::size_t outcomes) const {
        std::vector<network::Pair> attended(heads_);
        for (std::size_t h = heads_; h-- > 0; outcomes /= symbols_)
            attended[h] = pair(g, p, own, h, outcomes % symbols_);
        return g.values.tuple(g.values.symbol(own), attended);
    }

    /// What the reader ends with on an accepted word is accepted.
    network::Guhat accepting(network::Guhat g) const {
        network::GuhatEvaluator evaluator(std::move(g));
        std::vector<network::ValueId> accept;
        for (const Sample& s : samples(spec_))
            if (s.accepted) accept.push_back(evaluator.final_value(s.word));
        network::Guhat whole = evaluator.guhat();
        whole.accept.insert(accept.begin(), accept.end());
        if (mistake(spec_, whole)) throw base::InternalError("peeling: the tables do not do what was counted");
        return whole;
    }

    const Specification& spec_;
    base::Random random_;
    const std::size_t symbols_, heads_, words_;
    const bool shifted_, exchanged_;                  ///< what the lists do not mind
    std::size_t outcomes_ = 1;                        ///< of all heads together
    std::vector<Site> sites_;                         ///< by position
    std::vector<std::uint32_t> orbit_;                ///< by word
    std::vector<std::vector<std::uint32_t>> orbits_;  ///< their words
    std::vector<std::uint8_t> gone_;                  ///< orbits; of `take`, kept for their memory
    std::vector<Pick> waiting_;
};

}  // namespace

bool may_peel(const Specification& s) {
    const NetworkClass& c = s.network;
    return c.layers == 2 && c.heads <= most_peeling_heads && c.strict_orders() && c.mask == Mask::none &&
           c.read == Reading::end && s.length >= 2 && s.length <= longest_searched &&
           every_change_counts(s.language, s.length, {});
}

std::optional<network::Guhat> peel(const Specification& specification, PeelingShape shape, std::uint64_t seed,
                                   std::uint64_t steps, const base::Limits& limits) {
    return PeelingSearch(specification, shape, seed).run(steps, limits);
}

}  // namespace attest::threshold
