// Symmetry breaks: clauses that leave a network if there is one, and fewer of those that differ in names only.
//
// Statement. For each break: if some network of the class is right on all words, so is one that meets the clauses.
//
// Why. Each rests on a renaming that maps networks of the class to networks of the class with the same answers: of the
// numbers that stand for activations, of the heads of a layer, of the word's positions or its symbols where the language
// does not change under that, of a head's keys by their negatives. The clauses say that of all renamings of a network this
// is one that comes first; the argument of each is in FORMAT.md, section 9.4, in this order.
//
// Source  ours

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "draft.hpp"

namespace attest::threshold {

namespace {

class Breaks {
  public:
    explicit Breaks(Draft& draft) : d_(draft) {}

    void write() {
        if (d_.has(Break::activations)) break_activations();
        if (d_.has(Break::heads)) break_heads();
        if (d_.has(Break::permutations) && !d_.has(Break::complements)) break_permutations();
        if (d_.has(Break::signs)) break_signs();
        if (d_.has(Break::numbers)) break_numbers();
    }

  private:
    void break_activations() {
        const auto named = static_cast<std::size_t>(*d_.network_class.activations - 1);
        for (std::int64_t l = 1; l < d_.network_class.layers; ++l) {
            std::map<std::int64_t, std::size_t> seen;  // by position; without positions all are one
            for (const auto& [x, i] : d_.asking(l)) {
                const std::size_t t = seen[d_.network_class.positions_visible ? i : 0]++;
                if (t >= named) continue;
                for (std::size_t a = t + 1; a <= named; ++a) d_.clause({-d_.held(l, x, i)[a].literal});
            }
        }
    }

    void break_heads() {
        std::map<std::array<std::int64_t, 3>, std::size_t>
            first;  // (layer, position, own symbol in layer 1) → its word
        for (std::size_t s = 0; s + 1 < d_.out.sites.size(); ++s) {
            const Site& one = d_.out.sites[s];
            const Site& two = d_.out.sites[s + 1];
            if (one.layer != two.layer || one.position != two.position || one.sample != two.sample) continue;
            const std::int64_t own =
                one.layer == 1 ? static_cast<std::int64_t>(d_.held(0, one.sample, one.position)[0].value) : 0;
            if (first.try_emplace({one.layer, one.position, own}, one.sample).first->second != one.sample) continue;
            const bool reader = one.layer == 1 && one.position == d_.positions(one.sample);
            if (reader && one.head == 1 && d_.has(Break::permutations)) continue;
            if (one.choices.size() == 1) continue;
            for (std::size_t c = 0; c < one.choices.size(); ++c)
                for (std::size_t d = c + 1; d < one.choices.size(); ++d)
                    d_.clause({-two.choices[c].chosen, -one.choices[d].chosen});
        }
    }

    void break_permutations() {
        const std::int64_t n = d_.positions(0), last = n - 1;
        const network::ValueId own = d_.out.values.symbol(d_.network_class.read == Reading::end ? d_.symbols : 0);
        const auto found = d_.order_keys.find({1, 1, n, static_cast<std::int64_t>(own)});
        for (std::int64_t j = 1; j < last; ++j) {
            const std::int32_t one_first = d_.fresh();
            for (std::int64_t k = j + 1; k <= last; ++k)
                for (const std::uint64_t d : {0, 1})
                    for (const std::uint64_t b : {1, 0}) {
                        Order& order = d_.out.orders[*found];
                        const Comparison c{order.element({j, d_.out.values.symbol(b)}),
                                           order.element({k, d_.out.values.symbol(d)}), true};
                        d_.clause({b == 1 ? -one_first : one_first, d_.literal(*found, c)});
                    }
        }
    }

    void break_signs() {
        for (std::int64_t l = 1; l <= d_.network_class.layers; ++l)
            for (std::int64_t h = 1; h <= d_.network_class.heads; ++h) {
                std::optional<std::int32_t> first;  // variables are numbered as they are asked for
                const std::int64_t n = d_.positions(0);
                for (auto at = d_.signs.lower_bound({l, h, n, 0});
                     at != d_.signs.end() && at->first < std::array{l, h, n + 1, std::int64_t{0}}; ++at)
                    first = std::min(at->second, first.value_or(at->second));
                if (first) d_.clause({-(*first + 1)});
            }
    }

    void break_numbers() {
        const std::int64_t n = d_.positions(0), words_end = d_.network_class.read == Reading::end ? n - 1 : n;
        const std::uint32_t order = d_.order_of(1, 1, n, {});
        for (std::int64_t j = 1; j < n; ++j)
            for (std::int64_t k = 1; k <= n; ++k) {
                if (j == k) continue;
                for (const std::uint64_t d :
                     k <= words_end ? std::vector<std::uint64_t>{0, 1} : std::vector<std::uint64_t>{2})
                    order_symbols(order, j, {k, d_.out.values.symbol(d)});
            }
    }

    /// What is above (j, 1) is above (j, 0), and what (j, 0) is above, (j, 1) is above.
    void order_symbols(std::uint32_t order, std::int64_t j, const network::Pair& other) {
        const auto element = [&](const network::Pair& pair) { return d_.out.orders[order].element(pair); };
        const std::uint32_t zero = element({j, d_.out.values.symbol(0)}), one = element({j, d_.out.values.symbol(1)}),
                            third = element(other);
        const Literal below_zero = d_.literal(order, {zero, third, true});
        d_.clause({-below_zero, d_.literal(order, {one, third, true})});
        const Literal above_one = d_.literal(order, {third, one, true});
        d_.clause({-above_one, d_.literal(order, {third, zero, true})});
    }

    Draft& d_;
};

}  // namespace

void write_breaks(Draft& draft) { Breaks(draft).write(); }

}  // namespace attest::threshold
