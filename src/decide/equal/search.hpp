#pragma once

#include "words.hpp"

namespace attest::equal {

/// What a search came to.
struct Searched {
    std::optional<Difference> difference;  ///< shrunk
    std::optional<base::Limit> limit;      ///< which ended it
    std::uint64_t words = 0;               ///< on which both were asked, beside those of climbs
};

/// Looks for a word on which two networks answer differently, where there are too many to ask about each: near words that are
/// typically answered wrongly, and, where one of the two has a gradient, along it to where one accepts and the other does not.
///
/// Gives    a difference that both answer for certain; nothing proves nothing
/// Cost     4,096 evaluations of both, fewer beyond 256 symbols, and a climb (decide/recognise/climb.hpp)
Searched search_difference(const Question& question, const decide::ProveOptions& options, const base::Limits& limits);

/// What is said of so many words when a search found none.
verdict::Undecided too_many_words(const Question& question, const decide::ProveOptions& options,
                                  const Searched& searched);

/// Of a search among too many words: whether it ended with no difference, and by itself. Then what kept a circuit from being
/// made is the better reason.
bool found_nothing(const Outcome& searched);

}  // namespace attest::equal
