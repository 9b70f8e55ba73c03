#pragma once

#include <functional>
#include <optional>

#include "attest/model/evaluate.hpp"
#include "attest/query/prove.hpp"

namespace attest::query {

/// The word as the language reads it.
language::Word translate(const std::vector<language::Symbol>& meaning, const language::Word& word);

/// Holds the model against the language on one word; a counterexample if they differ.
std::optional<Counterexample> compare(const Question& question, const model::Evaluator& evaluator, const language::Word& word);

/// All words of a length in order, until one is a counterexample.
///
/// Shape   compare: what is wrong with a word, if anything
Outcome decide_by_exhaustion(const language::Alphabet& alphabet, std::int64_t length,
                             const std::function<std::optional<Counterexample>(const language::Word&)>& compare, const ProveOptions& options,
                             const base::Limits& limits);

/// All words of a softmax model, each in balls until its sign is certain.
Outcome decide_by_enclosure(const Question& question, const ProveOptions& options, const base::Limits& limits);

}  // namespace attest::query
