// The reader of the last layer goes down its order; each pair (position, value) on it takes the words, of those still
// there, on which the position has the value. Words that one pair takes get one answer, so of two that must be told apart
// one is taken earlier, by a pair that is not there on the other. Where a position has one value, r symbols settle that: it
// looks down a list itself. So few words are taken that have many later neighbours; and of two parts of one list the
// one that is taken later, or the greater, loses the edges between them.

#include "decide/threshold/peeling_bound.hpp"

#include <algorithm>
#include <limits>

namespace attest::threshold {

namespace {

using Count = std::int64_t;

constexpr Count most_with_growth = 8;  // beyond, the other bound is below what is needed anyway
constexpr Count enough = 9;            // dimensions: from here on the other bound is, at a price of 3

/// Words of one colour in part r < d of a list that looks at d symbols: half of a cube of d − r free symbols.
Count words(Count d, Count r) { return Count{1} << (d - r - 1); }

/// What some words of one list add, beyond a price for each.
struct Gain {
    Count count = 0, each = 0;
};

/// The parts of a list on which a position has the value that counts: some of the parts of two or more words, and of the two
/// single words at its end none, one or both.
class ValueOfList {
  public:
    ValueOfList(Count symbols, Count own, std::uint64_t parts, Count singles)
        : d_(symbols), own_(own), parts_(parts), singles_(singles) {}

    /// By how many neighbours do not have the value, of words of one colour.
    std::vector<Gain> gains() const {
        std::vector<Gain> all;
        Count before = 0;
        for (Count r = 1; r < d_; ++r) {
            if (!has(r)) continue;
            Count out = singles_ < 2 ? 1 : 0;  // across symbol r, one of them has a single word of the other colour
            for (Count s = r + 1; s < d_; ++s) out += has(s) ? 0 : words(d_, s);
            const Count others = r - 1 - before + own_;
            all.push_back({out, others + 1});
            all.push_back({words(d_, r) - out, others});
            ++before;
        }
        if (singles_ > 0) all.push_back({1, d_ - before + own_ - (singles_ == 2 ? 1 : 0)});
        return all;
    }

  private:
    bool has(Count r) const { return (parts_ >> (r - 1) & 1) != 0; }

    Count d_, own_;
    std::uint64_t parts_;
    Count singles_;
};

/// Raises what so many words of these come to, the best first.
void raise(std::vector<Count>& best, std::vector<Gain> gains, Count price) {
    std::ranges::sort(gains, [](const Gain& a, const Gain& b) { return a.each > b.each; });
    Count sum = 0;
    std::size_t taken = 0;
    for (const Gain& gain : gains)
        for (Count k = 0; k < gain.count && gain.each > price && taken + 1 < best.size(); ++k) {
            sum += gain.each - price;
            ++taken;
            best[taken] = std::max(best[taken], sum);
        }
}

/// Two lists of one position, for the two symbols there, which share what may be taken.
std::vector<Count> both(const std::vector<Count>& one) {
    std::vector<Count> best(one.size(), 0);
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
Count most_by_growth(Count dimension, Count price) {
    const Count half = Count{1} << (dimension - 1);
    const std::vector<Count> free = both(most_of_list(dimension - 1, true, price, half));
    const std::vector<Count> fixed = most_of_list(dimension, false, price, half);
    const std::vector<Count> limits = growth(dimension + 1, half);
    Count all = 0, best = 0;
    for (const Count limit : limits) all += free[static_cast<std::size_t>(limit)];
    for (const Count limit : limits)
        best = std::max(best, all - free[static_cast<std::size_t>(limit)] + fixed[static_cast<std::size_t>(limit)]);
    return best;
}

}  // namespace

std::vector<std::int64_t> most_of_list(std::int64_t symbols, bool own, std::int64_t price, std::int64_t limit) {
    std::vector<Count> best(static_cast<std::size_t>(limit) + 1, 0);
    for (std::uint64_t parts = 0; parts < std::uint64_t{1} << (symbols - 1); ++parts)
        for (const Count singles : {0, 1, 2})
            raise(best, ValueOfList(symbols, own ? 1 : 0, parts, singles).gains(), price);
    for (std::size_t l = 1; l < best.size(); ++l) best[l] = std::max(best[l], best[l - 1]);
    return best;
}

std::int64_t separable_pairs(std::int64_t dimension, std::optional<std::int64_t> activations) {
    Count least = std::numeric_limits<Count>::max();
    for (Count price = 1; price < dimension; ++price) {
        const Count list = (Count{1} << (dimension - price - 1)) + dimension - price - 1;
        const Count paid = price << dimension;
        least = std::min(least, paid + (2 * dimension + 1) * list);
        if (activations == 2 && dimension <= most_with_growth)
            least = std::min(least, paid + most_by_growth(dimension, price));
    }
    return least;
}

bool bounded_by_peeling(const NetworkClass& c, std::int64_t length) {
    const Count dimension = length - (c.read == Reading::last ? 2 : 1);
    if (c.layers != 2 || c.heads != 1 || !c.positions_visible || dimension < 2) return false;
    return dimension >= enough || separable_pairs(dimension, c.activations) < dimension << (dimension - 1);
}

bool bounded_by_orders(const NetworkClass& c, std::int64_t length) {
    return c.layers == 2 && c.heads == 1 && c.positions_visible && c.activations == 2 &&
           length == (c.read == Reading::end ? 7 : 8);
}

}  // namespace attest::threshold
