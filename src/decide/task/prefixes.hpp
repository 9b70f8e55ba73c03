#pragma once

#include "attest/decide/task/task.hpp"

namespace attest::task {

/// Counts mistakes by prefixes, those that leave the same open as one: a decision diagram of the words, layer by layer;
/// where there are more than most_states of one length, by regions of them. Nothing where the program or the task looks ahead, or there are 2^63 words or more.
///
/// Exact   yes
/// Throws  as hold
/// Cost    memory for N · most_states states, and for regions
std::optional<Outcome> hold_by_prefixes(const Question& question, const Options& options, const base::Limits& limits);

}  // namespace attest::task
