// The reader of the last layer goes down its order; each pair (position, value) on it takes the words, of those still
// there, on which the position has the value. Words that one pair takes get one answer, so of two that must be told apart
// one is taken earlier, by a pair that is not there on the other. Where a position has one value, r symbols settle that: it
// looks down a list itself. So few words are taken that have many later neighbours.

#include "decide/threshold/peeling_bound.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace attest::threshold {

namespace {

using Count = std::int64_t;

constexpr Count nothing = std::numeric_limits<Count>::min() / 2;
constexpr Count most_dimensions = 40;
constexpr Count most_with_growth = 11;  // beyond, the other bound is below what is needed anyway

/// Words of one colour in part r of a list that looks at d symbols: a cube of d − r free symbols.
Count words(Count d, Count r) { return r < d ? Count{1} << (d - r - 1) : 1; }

/// What the parts of one list add beyond `price` for each word, at most.
class List {
  public:
    /// symbols: that it looks at one after the other; own: 1 if the asking symbol is free besides; values: that count, or
    /// none if each part has its own
    List(Count symbols, Count own, Count price, std::optional<Count> values)
        : d_(symbols), own_(own), price_(price), values_(values) {}

    Count most() const {
        std::vector<Count> best(static_cast<std::size_t>(d_) + 1, nothing);  // by how many parts count
        best[0] = 0;
        for (Count r = 1; r <= d_; ++r)
            for (Count k = r - 1; k >= 0; --k)
                raise(best[static_cast<std::size_t>(k) + 1], best[static_cast<std::size_t>(k)],
                      words(d_, r) * gain(r, k));
        return *std::ranges::max_element(best) + std::max<Count>(0, last_gain());
    }

    /// The same by how many words may be taken, 0 … limit. The words of a part count less than those of later
    /// ones: only the first part that counts can be worth taking in part.
    std::vector<Count> most_with(Count limit) const {
        const auto columns = static_cast<std::size_t>(limit) + 1;
        std::vector<std::vector<Count>> best(static_cast<std::size_t>(d_) + 1, std::vector<Count>(columns, nothing));
        best[0].assign(columns, 0);
        for (Count r = 1; r <= d_; ++r)
            for (Count k = r - 1; k >= 0; --k)
                for (Count amount = k == 0 ? 1 : words(d_, r); amount <= std::min(limit, words(d_, r)); ++amount)
                    for (auto l = static_cast<std::size_t>(amount); l < columns; ++l)
                        raise(best[static_cast<std::size_t>(k) + 1][l],
                              best[static_cast<std::size_t>(k)][l - static_cast<std::size_t>(amount)],
                              amount * gain(r, k));
        std::vector<Count> most(columns, 0);
        for (std::size_t l = 0; l < columns; ++l)
            for (const std::vector<Count>& row : best)
                most[l] = std::max({most[l], row[l], l > 0 ? row[l - 1] + last_gain() : nothing});
        return most;
    }

  private:
    static void raise(Count& best, Count before, Count more) {
        if (before != nothing) best = std::max(best, before + more);
    }
    /// Of part r, after `before` parts that count; those that have its value are no way out.
    Count gain(Count r, Count before) const { return r + own_ - (values_ ? before / *values_ : 0) - price_; }
    /// Of the word that misses all: its pair across the last symbol is counted there.
    Count last_gain() const { return d_ - 1 + own_ - price_; }

    Count d_, own_, price_;
    std::optional<Count> values_;
};

/// Two lists of one position, for the two symbols there, which share what may be taken.
std::vector<Count> both(const std::vector<Count>& one) {
    std::vector<Count> best(one.size(), nothing);
    for (std::size_t l = 0; l < one.size(); ++l)
        for (std::size_t k = 0; k <= l; ++k) best[l] = std::max(best[l], one[k] + one[l - k]);
    return best;
}

/// How many words of one colour the t-th pair takes at most: those of the other at which it is there were taken before, and
/// it is there at no more than two single words without a partner.
std::vector<Count> growth(Count pairs, Count most) {
    std::vector<Count> limits;
    Count more = 0, less = 0;  // words taken of either colour
    for (; pairs > 0; --pairs) {
        limits.push_back(std::min(more + 2, most));
        const Count taken = std::min(more + less + 2, most);
        less = more;
        more = taken;
    }
    return limits;
}

/// With two values each position has one pair that counts.
Count most_by_growth(Count dimension, bool settled, Count price) {
    const Count half = Count{1} << (dimension - 1);
    const std::vector<Count> free = both(List(dimension - 1, 1, price, 1).most_with(half));
    const std::vector<Count> limits = growth(dimension + (settled ? 1 : 0), half);
    Count all = 0;
    for (const Count limit : limits) all += free[static_cast<std::size_t>(limit)];
    if (!settled) return all;
    const std::vector<Count> fixed = List(dimension, 0, price, 1).most_with(half);
    Count best = nothing;
    for (const Count limit : limits)
        best = std::max(best, all - free[static_cast<std::size_t>(limit)] + fixed[static_cast<std::size_t>(limit)]);
    return best;
}

/// Whether every change of one symbol changes membership.
bool every_change_counts(const Specification& specification, const base::Limits& limits) {
    if (specification.language.alphabet().size() != 2) return false;
    language::Word word(static_cast<std::size_t>(specification.length), 0);
    const bool first = specification.language.contains(word);
    do {
        if (limits.exceeded()) return false;
        const bool odd = std::ranges::count(word, language::Symbol{1}) % 2 == 1;
        if (specification.language.contains(word) != (first != odd)) return false;
    } while (language::next_word(word, specification.language.alphabet()));
    return true;
}

bool too_many_pairs(Count dimension, bool settled, const NetworkClass& network) {
    return separable_pairs(dimension, settled, network.activations) < dimension << (dimension - 1);
}

}  // namespace

std::int64_t separable_pairs(std::int64_t dimension, bool settled, std::optional<std::int64_t> activations) {
    const std::optional<Count> values = activations ? std::optional<Count>(*activations - 1) : std::nullopt;
    Count least = std::numeric_limits<Count>::max();
    for (Count price = 0; price <= dimension; ++price) {
        const Count paid = price << dimension;
        const Count lists = 2 * dimension * List(dimension - 1, 1, price, values).most() +
                            (settled ? List(dimension, 0, price, values).most() : 0);
        least = std::min(least, paid + lists);
        if (activations == 2 && dimension <= most_with_growth)
            least = std::min(least, paid + most_by_growth(dimension, settled, price));
    }
    return least;
}

std::vector<std::int64_t> most_of_list(std::int64_t symbols, bool own, std::int64_t price, std::int64_t limit) {
    return List(symbols, own ? 1 : 0, price, 1).most_with(limit);
}

bool bounded_by_peeling(const Specification& specification, const base::Limits& limits) {
    const NetworkClass& c = specification.network;
    const Count free = specification.length - (c.read == Reading::last ? 1 : 0);
    if (c.layers != 2 || c.heads != 1 || !c.positions_visible || free < 3 || free > most_dimensions) return false;
    return too_many_pairs(free - 1, true, c) && too_many_pairs(free, false, c) &&
           every_change_counts(specification, limits);
}

}  // namespace attest::threshold
