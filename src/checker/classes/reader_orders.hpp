#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// All orders in which positions of two values can take the words of a cube, colour by colour (FORMAT.md section 9.15).
class ReaderOrders {
  public:
    /// free: positions 1 … of the cube's symbols, each with two lists; fixed: 0 or 1 positions with one list of all symbols
    ///
    /// Needs   free ≤ dimension, 2 ≤ dimension ≤ 6
    ReaderOrders(std::size_t dimension, std::size_t free, std::size_t fixed, Budget& budget);

    /// Whether some order takes all words, or leaves those of one colour.
    ///
    /// Exact   yes
    /// Cost    for six symbols and seven positions 50,000 orders, each of some thousand sets
    bool some_takes_all();

    /// How many beginnings of orders were gone on with.
    std::size_t orders() const { return orders_; }

  private:
    using Words = std::uint64_t;
    static constexpr std::int64_t unknown = -1;

    /// Greatest sets of one colour among the words left, by subcube.
    struct Takable {
        Words left, colour;
        std::map<Words, std::vector<Words>> known;
    };

    std::int64_t most(std::size_t free, std::size_t fixed, std::size_t black, std::size_t white);
    const std::vector<Words>& greatest(Takable& of, Words cube, std::size_t symbols);
    static std::vector<Words> without_smaller(std::vector<Words> sets);
    std::array<std::int64_t, 64> neighbours(Words left) const;
    /// free: a bit for each position that is left
    bool can_take_all(Words left, std::size_t free, std::size_t fixed);

    std::size_t dimension_, half_, free_, fixed_;
    Budget& budget_;
    Words all_ = 0;
    std::array<Words, 2> colours_{};
    std::array<std::array<Words, 2>, 6> with_{};           ///< words by symbol
    std::vector<std::int64_t> told_by_two_, told_by_one_;  ///< edges, by words taken
    std::vector<std::int64_t> within_;                     ///< edges among so many words
    std::vector<std::int64_t> most_;                       ///< of `most`
    std::set<std::pair<Words, std::size_t>> met_;          ///< that failed, or are being looked at
    std::size_t orders_ = 0;
};

}  // namespace attest::checker
