#pragma once

#include "attest/model/evaluate.hpp"
#include "attest/query/prove.hpp"

namespace attest::query {

/// The word as the language reads it.
language::Word translate(const Question& question, const language::Word& word);

/// Holds the model against the language on one word; a counterexample if they differ.
std::optional<Counterexample> compare(const Question& question, const model::Evaluator& evaluator, const language::Word& word);

/// All words, one by one.
Outcome decide_by_exhaustion(const Question& question, const ProveOptions& options, const base::Limits& limits);

}  // namespace attest::query
