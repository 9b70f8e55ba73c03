#pragma once

#include <functional>

#include "attest/decide/task/task.hpp"
#include "network/program/regions.hpp"

namespace attest::task {

/// Counts mistakes by regions of states of prefixes (network::PrefixRegions): where all words that go on from a state are
/// known, the state is widened to a region from each state of which the same words are mistakes, and whoever comes into a
/// region later knows their number.
///
/// words   that there are, at most 2^62
/// Exact   yes
/// Throws  as hold
/// Cost    memory and time for the regions, which often are far fewer than the states
Outcome hold_by_regions(const Question& question, const Options& options, const base::Limits& limits,
                        network::ProgramPrefixes& program, network::PrefixRegions& regions, std::uint64_t words);

}  // namespace attest::task
