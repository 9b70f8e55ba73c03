#pragma once

#include <functional>
#include <optional>

#include "attest/decide/recognise/prove.hpp"
#include "attest/network/evaluate.hpp"

namespace attest::decide {

/// The word as the language reads it.
language::Word translate(const std::vector<language::Symbol>& meaning, const language::Word& word);

/// Holds the model against the language on one word; a counterexample if they differ.
std::optional<Counterexample> compare(const Question& question, const network::Evaluator& evaluator,
                                      const language::Word& word);

/// How far all words of a length were gone through.
struct Progress {
    std::optional<language::Word> next;  ///< none: not begun
    std::uint64_t words = 0;             ///< that are no counterexamples
};

/// All words of a length in order, from where they were left, until one is a counterexample.
///
/// compare   what is wrong with a word, if anything
/// patience  processor seconds; none: to the end
/// Gives     undecided with the reason `none` where the patience is over
Outcome decide_by_exhaustion(const language::Alphabet& alphabet, std::int64_t length,
                             const std::function<std::optional<Counterexample>(const language::Word&)>& compare,
                             const ProveOptions& options, const base::Limits& limits, Progress& progress,
                             std::optional<double> patience = std::nullopt);

/// All words of a softmax model, each in balls until its sign is certain.
Outcome decide_by_enclosure(const Question& question, const ProveOptions& options, const base::Limits& limits);

}  // namespace attest::decide
