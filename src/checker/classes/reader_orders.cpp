#include "checker/classes/reader_orders.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <vector>

#include "checker/classes/every_change.hpp"
#include "checker/classes/peeling_list.hpp"
#include "checker/classes/threshold.hpp"
#include "checker/kernel/defect.hpp"

// Obligation `bound`, by orders. Theorem (FORMAT.md section 9.15): two layers of one head with two activations do not compute
// a language of seven symbols that every change of one symbol leads into or out of. Why: of each position one pair counts
// in the reader's order, and all orders are gone through, with all sets of words that the pairs can take at most; a branch
// ends where more pairs of neighbours are left than the positions that are left can tell apart. The theorem is ours.

namespace attest::checker {
namespace {

constexpr std::int64_t no_order = -1'000'000;  ///< less than any number of edges

// How many words of the colour taken a set has more than of the other, which are gone before.
constexpr std::size_t two_lists_more = 2, one_list_more = 1;

}  // namespace

ReaderOrders::ReaderOrders(std::size_t dimension, std::size_t free, std::size_t fixed, Budget& budget)
    : dimension_(dimension), half_(std::size_t{1} << (dimension - 1)), free_(free), fixed_(fixed), budget_(budget) {
    const std::size_t words = 2 * half_;
    all_ = words == 64 ? ~Words{0} : (Words{1} << words) - 1;
    for (std::size_t word = 0; word < words; ++word) {
        colours_[static_cast<std::size_t>(std::popcount(word)) % 2] |= Words{1} << word;
        for (std::size_t i = 0; i < dimension; ++i) with_[i][word >> i & 1] |= Words{1} << word;
    }
    const std::vector<std::int64_t> one = ListValues(dimension - 1, 1, budget).most_beyond(0, half_, budget);
    told_by_one_ = ListValues(dimension, 0, budget).most_beyond(0, half_, budget);
    for (std::size_t n = 0; n <= half_; ++n) {
        std::int64_t most = 0;
        for (std::size_t k = 0; k <= n; ++k) most = std::max(most, one[k] + one[n - k]);
        told_by_two_.push_back(most);
    }
    within_.push_back(0);
    for (std::size_t m = 0; m < words; ++m) within_.push_back(within_.back() + std::popcount(m));
    most_.assign((free + 1) * (fixed + 1) * (half_ + 1) * (half_ + 1), unknown);
}

/// The most edges among the words left that so many positions can tell apart: M of the text.
std::int64_t ReaderOrders::most(std::size_t free, std::size_t fixed, std::size_t black, std::size_t white) {
    if (black == half_ || white == half_) return 0;
    if (free + fixed == 0) return no_order;
    std::int64_t& known = most_[((free * (fixed_ + 1) + fixed) * (half_ + 1) + black) * (half_ + 1) + white];
    if (known != unknown) return known;
    budget_.step(half_, 4);
    std::int64_t best = no_order;
    for (const bool takes_white : {false, true}) {
        const std::size_t left = half_ - (takes_white ? white : black), gone = takes_white ? black : white;
        const auto after = [&](std::size_t n, bool of_free) {
            return most(free - (of_free ? 1 : 0), fixed - (of_free ? 0 : 1), black + (takes_white ? 0 : n),
                        white + (takes_white ? n : 0));
        };
        for (std::size_t n = 1; free > 0 && n <= std::min(left, gone + two_lists_more); ++n)
            best = std::max(best, told_by_two_[n] + after(n, true));
        for (std::size_t n = 1; fixed > 0 && n <= std::min(left, gone + one_list_more); ++n)
            best = std::max(best, told_by_one_[n] + after(n, false));
    }
    const std::int64_t words = within_[2 * half_ - black - white],
                       edges = static_cast<std::int64_t>(dimension_ * (half_ - std::max(black, white)));
    return known = std::min({best, words, edges});
}

/// The sets of words left that a list can pick out at most, if it picks none of the other colour.
const std::vector<ReaderOrders::Words>& ReaderOrders::greatest(Takable& of, Words cube, std::size_t symbols) {
    const auto [place, fresh] = of.known.try_emplace(cube);
    if (!fresh) return place->second;
    budget_.step(1, 64);
    std::vector<Words> sets;
    const Words here = cube & of.left;
    if ((here & ~of.colour) == 0) {
        sets.push_back(here);
    } else if ((here & of.colour) == 0) {
        sets.push_back(0);
    } else {
        for (std::size_t i = 0; i < dimension_; ++i)
            for (std::size_t sign = 0; sign < 2 && (symbols >> i & 1) != 0; ++sign) {
                const Words part = here & with_[i][sign], taken = (part & ~of.colour) == 0 ? part : 0;
                for (const Words rest : greatest(of, cube & with_[i][1 - sign], symbols & ~(std::size_t{1} << i)))
                    sets.push_back(taken | rest);
            }
    }
    return of.known[cube] = without_smaller(std::move(sets));
}

std::vector<ReaderOrders::Words> ReaderOrders::without_smaller(std::vector<Words> sets) {
    std::sort(sets.begin(), sets.end(),
              [](Words a, Words b) { return std::pair(-std::popcount(a), a) < std::pair(-std::popcount(b), b); });
    std::vector<Words> kept;
    for (const Words set : sets)
        if (std::none_of(kept.begin(), kept.end(), [&](Words k) { return (set & ~k) == 0; })) kept.push_back(set);
    return kept;
}

/// By word: how many of its neighbours are left.
std::array<std::int64_t, 64> ReaderOrders::neighbours(Words left) const {
    std::array<std::int64_t, 64> count{};
    for (Words rest = left; rest != 0; rest &= rest - 1) {
        const auto word = static_cast<std::size_t>(std::countr_zero(rest));
        for (std::size_t i = 0; i < dimension_; ++i)
            count[word] += static_cast<std::int64_t>(left >> (word ^ std::size_t{1} << i) & 1);
    }
    return count;
}

namespace {

std::int64_t sum_over(std::uint64_t words, const std::array<std::int64_t, 64>& of) {
    std::int64_t sum = 0;
    for (; words != 0; words &= words - 1) sum += of[static_cast<std::size_t>(std::countr_zero(words))];
    return sum;
}

}  // namespace

bool ReaderOrders::can_take_all(Words left, std::size_t free, std::size_t fixed) {
    if ((left & colours_[0]) == 0 || (left & colours_[1]) == 0) return true;
    if (free == 0 && fixed == 0) return false;
    if (!met_.insert({left, free << 1 | fixed}).second) return false;
    budget_.memory(96);
    ++orders_;
    const std::array<std::int64_t, 64> beside = neighbours(left);
    const std::int64_t edges = sum_over(left & colours_[0], beside);
    const auto gone = [&](std::size_t colour, Words taken) {
        return half_ - static_cast<std::size_t>(std::popcount(left & colours_[colour] & ~taken));
    };
    const auto goes_on = [&](Words taken, std::size_t free_left, std::size_t fixed_left) {
        budget_.step(1, 8);
        return taken != 0 &&
               edges - sum_over(taken, beside) <= most(static_cast<std::size_t>(std::popcount(free_left)), fixed_left,
                                                       gone(0, taken), gone(1, taken)) &&
               can_take_all(left & ~taken, free_left, fixed_left);
    };
    const std::size_t symbols = (std::size_t{1} << dimension_) - 1;
    for (const Words colour : colours_) {
        Takable of{left, colour, {}};
        for (std::size_t j = 0; j < dimension_; ++j) {
            const std::size_t bit = std::size_t{1} << j;
            if ((free & bit) == 0) continue;
            const std::vector<Words> zeros = greatest(of, with_[j][0], symbols & ~bit),
                                     ones = greatest(of, with_[j][1], symbols & ~bit);
            for (const Words zero : zeros)
                for (const Words one : ones)
                    if (goes_on(zero | one, free & ~bit, fixed)) return true;
        }
        if (fixed == 0) continue;
        const std::vector<Words> sets = greatest(of, all_, symbols);
        for (const Words set : sets)
            if (goes_on(set, free, fixed - 1)) return true;
    }
    return false;
}

bool ReaderOrders::some_takes_all() {
    const std::size_t all = (std::size_t{1} << free_) - 1;
    if (free_ < dimension_) return can_take_all(all_, all, fixed_);
    if (fixed_ > 0 && can_take_all(all_ & ~Words{1}, all, fixed_ - 1)) return true;
    // Two words of one colour that differ in the first symbol, up to the order of the others.
    for (std::size_t ones = 1; ones < dimension_; ones += 2) {
        const std::size_t other = (std::size_t{2} << ones) - 1;
        if (can_take_all(all_ & ~(Words{1} | Words{1} << other), all & ~std::size_t{1}, fixed_)) return true;
    }
    return false;
}

void check_reader_orders(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget) {
    const Claim& claim = manifest.claim;
    const NetworkClass& c = *claim.network_class;
    const std::string place = "manifest.json: claim";
    if (c.layers != 2 || c.heads != 1 || !c.sees_positions || c.activations != std::size_t{2})
        throw Defect(place + ".class",
                     "the bound is about two layers of one head with two activations that see positions");
    if (claim.length != (c.reads_end ? std::size_t{7} : std::size_t{8}))
        throw Defect(place + ".length", "the bound is about 7 symbols that are not read");
    if (!changes_with_every_symbol(question.language, claim.length, budget))
        throw Defect(place + ".language", "the bound is about two symbols, of which each change changes membership");
    if (ReaderOrders(6, 6, 1, budget).some_takes_all()) throw Defect(place + ".length", "an order takes all words");
}

}  // namespace attest::checker
