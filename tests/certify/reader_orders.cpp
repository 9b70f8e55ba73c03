// All orders of a reader once more, by tables: the choices of a list are listed one by one, and no branch is given up for
// what it cannot reach. For six symbols, where the theorem is, it is given up by a table of what each set really has.

#include "checker/classes/reader_orders.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <vector>

using namespace attest;

namespace {

using Words = std::uint64_t;
constexpr long no_end = -1'000'000;  // words of both colours are left, and nobody to take them

/// All unions of parts of lists of so many symbols: constant, or looking for a symbol first, and then for others.
std::set<Words> choices(std::size_t symbols) {
    if (symbols == 0) return {0, 1};
    const std::set<Words> shorter = choices(symbols - 1);
    const std::size_t words = std::size_t{1} << symbols;
    std::set<Words> all;
    for (std::size_t i = 0; i < symbols; ++i)
        for (std::size_t sign = 0; sign < 2; ++sign)
            for (const bool taken : {false, true})
                for (const Words rest : shorter) {
                    Words set = 0;
                    for (std::size_t word = 0; word < words; ++word) {
                        const std::size_t others = (word >> (i + 1) << i) | (word & ((std::size_t{1} << i) - 1));
                        if ((word >> i & 1) == sign ? taken : (rest >> others & 1) != 0) set |= Words{1} << word;
                    }
                    all.insert(set);
                }
    return all;
}

/// Positions as the checker has them, sets from the lists of choices.
class OrdersByTables {
  public:
    OrdersByTables(std::size_t dimension, std::size_t free, bool fixed)
        : dimension_(dimension), free_(free), fixed_(fixed) {
        for (std::size_t word = 0; word < std::size_t{1} << dimension; ++word) {
            all_ |= Words{1} << word;
            if (std::popcount(word) % 2 == 1) odd_ |= Words{1} << word;
        }
        const std::set<Words> of_halves = choices(dimension - 1);
        for (std::size_t j = 0; j < dimension; ++j)
            for (std::size_t b = 0; b < 2; ++b)
                for (const Words choice : of_halves) halves_[j][b].push_back(spread(choice, j, b));
        const std::set<Words> whole = choices(dimension);
        whole_.assign(whole.begin(), whole.end());
    }

    bool some_takes_all() { return takes_all(all_, (1U << free_) - 1, fixed_); }

    /// The same for all positions, of which the first to take something is one of the few that symmetry leaves.
    bool some_takes_all_of(const std::vector<Words>& first_by_position) {
        const unsigned free = (1U << free_) - 1;
        fill_tables();
        gives_up_ = true;
        if (takes_all(all_ & ~Words{1}, free, false)) return true;
        return std::any_of(first_by_position.begin(), first_by_position.end(),
                           [&](Words first) { return takes_all(all_ & ~first, free & ~1U, true); });
    }
    std::size_t orders() const { return orders_; }

  private:
    /// Of the words with b at j, those of which the other symbols are in the choice.
    Words spread(Words choice, std::size_t j, std::size_t b) const {
        Words set = 0;
        for (std::size_t word = 0; word < std::size_t{1} << dimension_; ++word) {
            const std::size_t others = (word >> (j + 1) << j) | (word & ((std::size_t{1} << j) - 1));
            if ((word >> j & 1) == b && (choice >> others & 1) != 0) set |= Words{1} << word;
        }
        return set;
    }

    /// The greatest sets of words left without one of the other colour.
    static std::vector<Words> taken(const std::vector<Words>& sets, Words left, Words other) {
        std::vector<Words> found, greatest;
        for (const Words set : sets)
            if ((set & left & other) == 0) found.push_back(set & left);
        std::sort(found.begin(), found.end(),
                  [](Words a, Words b) { return std::pair(-std::popcount(a), a) < std::pair(-std::popcount(b), b); });
        found.erase(std::unique(found.begin(), found.end()), found.end());
        for (const Words set : found)
            if (std::none_of(greatest.begin(), greatest.end(), [&](Words g) { return (set & ~g) == 0; }))
                greatest.push_back(set);
        return greatest;
    }

    bool takes_all(Words left, unsigned free, bool fixed) {
        if ((left & odd_) == 0 || (left & ~odd_) == 0) return true;
        if (gives_up_ &&
            static_cast<long>(edges(left)) > reach(free, fixed, gone(left, odd_), gone(left, all_ & ~odd_)))
            return false;
        if (!met_.insert({left, 2 * free + (fixed ? 1 : 0)}).second) return false;
        ++orders_;
        for (const Words other : {odd_, all_ & ~odd_}) {
            for (std::size_t j = 0; j < free_; ++j)
                if ((free >> j & 1) != 0)
                    for (const Words zero : taken(halves_[j][0], left, other))
                        for (const Words one : taken(halves_[j][1], left, other))
                            if ((zero | one) != 0 && takes_all(left & ~(zero | one), free & ~(1U << j), fixed))
                                return true;
            if (fixed)
                for (const Words set : taken(whole_, left, other))
                    if (set != 0 && takes_all(left & ~set, free, false)) return true;
        }
        return false;
    }

    // What a set of so many words of one colour has neighbours outside of itself, at most; and what is reached by it.

    std::size_t edges(Words left) const {
        std::size_t count = 0;
        for (std::size_t word = 0; word < std::size_t{1} << dimension_; ++word)
            for (std::size_t i = 0; i < dimension_; ++i)
                count += left >> word & left >> (word ^ std::size_t{1} << i) & 1;
        return count / 2;
    }
    std::size_t gone(Words left, Words colour) const { return static_cast<std::size_t>(std::popcount(colour & ~left)); }

    std::vector<std::size_t> most_outside(const std::set<Words>& sets, std::size_t symbols, std::size_t own) const {
        std::vector<std::size_t> most((std::size_t{1} << dimension_) / 2 + 1, 0);
        for (const Words set : sets)
            for (const int colour : {0, 1}) {
                std::vector<std::size_t> outside;
                for (std::size_t word = 0; word < std::size_t{1} << symbols; ++word) {
                    if ((set >> word & 1) == 0 || std::popcount(word) % 2 != colour) continue;
                    outside.push_back(own);
                    for (std::size_t i = 0; i < symbols; ++i)
                        outside.back() += ~set >> (word ^ std::size_t{1} << i) & 1;
                }
                std::sort(outside.rbegin(), outside.rend());
                for (std::size_t n = 1, sum = 0; n <= outside.size(); ++n)
                    most[n] = std::max(most[n], sum += outside[n - 1]);
            }
        for (std::size_t n = 1; n < most.size(); ++n) most[n] = std::max(most[n], most[n - 1]);
        return most;
    }

    void fill_tables() {
        of_whole_ = most_outside(choices(dimension_), dimension_, 0);
        const std::vector<std::size_t> half = most_outside(choices(dimension_ - 1), dimension_ - 1, 1);
        for (std::size_t n = 0; n < half.size(); ++n) {
            of_halves_.push_back(0);
            for (std::size_t k = 0; k <= n; ++k) of_halves_[n] = std::max(of_halves_[n], half[k] + half[n - k]);
        }
    }

    /// The most edges that positions can take apart once so many words of either colour are gone.
    long reach(unsigned free, bool fixed, std::size_t odd, std::size_t even) {
        const std::size_t all = (std::size_t{1} << dimension_) / 2;
        if (odd == all || even == all) return 0;
        if (free == 0 && !fixed) return no_end;
        const std::array<std::size_t, 4> key{static_cast<std::size_t>(std::popcount(free)), fixed ? 1U : 0U, odd, even};
        if (const auto known = reached_.find(key); known != reached_.end()) return known->second;
        long best = no_end;
        for (const bool of_odd : {false, true})
            for (std::size_t n = 1; n <= std::min(all - (of_odd ? odd : even), (of_odd ? even : odd) + 2); ++n) {
                const std::size_t o = odd + (of_odd ? n : 0), e = even + (of_odd ? 0 : n);
                if (free != 0)
                    best = std::max(best, static_cast<long>(of_halves_[n]) + reach(free & (free - 1), fixed, o, e));
                if (fixed && n <= (of_odd ? even : odd) + 1)
                    best = std::max(best, static_cast<long>(of_whole_[n]) + reach(free, false, o, e));
            }
        return reached_[key] = std::min(best, static_cast<long>(dimension_ * (all - std::max(odd, even))));
    }

    std::size_t dimension_, free_, orders_ = 0;
    bool fixed_, gives_up_ = false;
    std::vector<std::size_t> of_whole_, of_halves_;
    std::map<std::array<std::size_t, 4>, long> reached_;
    Words all_ = 0, odd_ = 0;
    std::array<std::array<std::vector<Words>, 2>, 6> halves_;
    std::vector<Words> whole_;
    std::set<std::pair<Words, unsigned>> met_;
};

bool by_checker(std::size_t dimension, std::size_t free, bool fixed) {
    checker::Budget budget(1'000'000'000'000, 4'000'000'000);
    return checker::ReaderOrders(dimension, free, fixed ? 1 : 0, budget).some_takes_all();
}

}  // namespace

TEST_CASE("There are so many choices of a list", "[threshold]") {
    CHECK(choices(1).size() == 4);
    CHECK(choices(2).size() == 14);
    CHECK(choices(5).size() == 15'036);
}

TEST_CASE("The checker's orders of a reader are those that tables give", "[threshold]") {
    std::size_t none = 0, some = 0;
    for (std::size_t dimension = 2; dimension <= 4; ++dimension)
        for (std::size_t free = 0; free <= dimension; ++free)
            for (const bool fixed : {false, true}) {
                CAPTURE(dimension, free, fixed);
                const bool expected = OrdersByTables(dimension, free, fixed).some_takes_all();
                CHECK(by_checker(dimension, free, fixed) == expected);
                ++(expected ? some : none);
            }
    CHECK(none >= 4);
    CHECK(some >= 4);
}

// Some minutes; run by name before a row of the ledger says so.
TEST_CASE("Tables, too, find no order for six symbols and seven positions", "[.][threshold]") {
    OrdersByTables orders(6, 6, true);
    const auto word = [](std::size_t ones) { return Words{1} << ((std::size_t{1} << ones) - 1); };
    CHECK_FALSE(orders.some_takes_all_of({word(0) | word(2), word(0) | word(4), word(0) | word(6)}));
    WARN(orders.orders() << " beginnings of orders");
}
