#pragma once

#include <functional>

#include "checker/question/functions.hpp"
#include "checker/question/prefixes.hpp"

namespace attest::checker {

/// What the task still asks of a prefix: reads a symbol into it, the i-th of the word from 0, and gives the text wanted there.
using TaskReader = std::function<std::string(std::vector<std::uint32_t>& seen, std::size_t i, std::size_t symbol)>;

/// Counts mistakes by regions: a state of which all words that go on from it are known is widened to all states with as many
/// mistakes that its steps show, and a state in a region is gone on from no more.
///
/// steps   for each symbol of the word; the cells after one are those before the next
/// start   the cells of the empty prefix
/// going   words that begin with so many given symbols
/// Throws  Defect (place) where a step has no value on some word
/// Cost    steps and memory for each region
PrefixCount count_by_regions(const std::vector<ReadingStep>& steps, const StateWidening::Cells& start,
                             std::size_t symbols, const TaskReader& task, const std::vector<std::uint64_t>& going,
                             Budget& budget);

}  // namespace attest::checker
