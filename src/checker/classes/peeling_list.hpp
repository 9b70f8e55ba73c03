#pragma once

#include <cstdint>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// What may be taken of the words on which a position has one value (FORMAT.md section 9.9.1): over all unions of parts of a
/// list, how many words of one colour have how many neighbours outside.
class ListValues {
  public:
    /// symbols: d of the text; own: x of the text, 0 or 1
    ListValues(std::size_t symbols, std::size_t own, Budget& budget);

    /// G_l of the text by the limit l on the words, 0 … limit: the most that neighbours count beyond `price` a word.
    std::vector<std::int64_t> most_beyond(std::int64_t price, std::size_t limit, Budget& budget) const;

  private:
    std::vector<std::vector<std::size_t>> words_;  ///< [union and colour][neighbours outside, x included]
};

}  // namespace attest::checker
