#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "attest/decide/recognise/prove.hpp"
#include "soft/region.hpp"

namespace attest::decide {

/// The words of a length that a language has, or has not, as the paths of an automaton; nothing for languages that have none
/// of a size in proportion to the length.
std::optional<soft::Side> side_of(const Question& question, bool member);

/// How all words of a length fall into regions on each of which bounds tell the sign of the score.
struct RegionTree {
    std::string text;          ///< regions.txt (FORMAT.md section 17)
    std::uint64_t leaves = 0;  ///< with words
    exact::Rational margin;    ///< no score is nearer to 0
    language::Word nearest;    ///< a word of the region whose bound is the least
};

/// A word on which bounds say that model and language differ.
struct RegionMistake {
    language::Word word;
};

using RegionOutcome = std::variant<RegionTree, RegionMistake, verdict::Undecided>;

/// Branch and bound over words: the words that belong, then those that do not, each cut until bounds tell the sign of all scores
/// of a region.
///
/// judge  decides one word in balls; nothing where it stays open or a limit comes first
RegionOutcome decide_by_regions(const Question& question, const ProveOptions& options, const base::Limits& limits,
                                const std::function<std::optional<exact::Ball>(const language::Word&)>& judge);

}  // namespace attest::decide
