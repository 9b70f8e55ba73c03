#pragma once

#include <cstdint>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// What may be taken from the parts of one list, which reads so many symbols (FORMAT.md section 9.9): by
/// the number of words how many later neighbours they have at most, not counting a price; negative: so many
/// words are not to be had.
///
/// own: x of the text; values: a of the text, 0 where activations are unbounded; limited: whether parts may
/// be taken in part (9.9.1), which without a limit on the words gives nothing more
std::vector<std::int64_t> neighbours_by_words(std::size_t symbols, bool own, std::size_t values, bool limited,
                                              Budget& budget);

/// G_l of the text by the limit l on the words: the most that neighbours count beyond `price` a word. The
/// last is G.
std::vector<std::int64_t> most_beyond(const std::vector<std::int64_t>& neighbours, std::int64_t price);

}  // namespace attest::checker
