#pragma once

#include <string>

#include "attest/network/transformer.hpp"
#include "programs/crasp/program.hpp"

namespace attest::programs::extract {

/// The C-RASP program that accepts the same words as a transformer of average attention whose heads count, by uniform causal
/// attention, or compare, by looking at the begin symbol. The empty word is outside, as it is for every such program.
///
/// `where` names the model in messages.
/// Throws  InputError with the place in the model for what has not this form; Unsupported beyond 4,096 cases
/// Source  [yang2024counting] has the way from programs to networks; the way back is ours
crasp::Program to_crasp(const network::Transformer& model, const std::string& where);

}  // namespace attest::programs::extract
