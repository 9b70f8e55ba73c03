#pragma once

#include <cstdint>

#include "attest/decide/task/task.hpp"
#include "attest/network/transformer.hpp"

namespace attest::task {

/// Of a model that answers with a class: at each position of the word, or once, which then is its answer at the last one.
struct ClassQuestion {
    const network::Transformer& model;
    const language::Task& task;
    std::int64_t length = 0;
};

/// Goes through all words of the length.
///
/// Exact   yes: rational numbers, or intervals of doubles, and balls where these leave a word open
/// Throws  UsageError for a length that the task or the model is not for, and where the task asks for what is no class;
///         Unsupported for a model without classes; as soft::Evaluator, network::Evaluator
/// Cost    |Σ|^N evaluations, of softmax models many at a time
Outcome hold(const ClassQuestion& question, const Options& options, const base::Limits& limits);

}  // namespace attest::task
