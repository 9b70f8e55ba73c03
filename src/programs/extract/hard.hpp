#pragma once

#include "attest/network/program.hpp"
#include "attest/network/transformer.hpp"
#include "programs/brasp/program.hpp"

namespace attest::programs::extract {

/// The B-RASP program that accepts the same words as a transformer of hard attention whose vectors know no positions: masks that
/// look back (or forth, where only the last position is read), scores of any values. Words that the model has no value for,
/// which is the empty one without a begin symbol, are accepted or not.
///
/// `where` names the model in messages.
/// Throws  InputError with the place in the model for what such a program does not say; Unsupported beyond 4,096 cases
/// Source  [yang2024masked]: masked hard attention and B-RASP recognise the same languages; the construction for networks is ours
brasp::Program to_brasp(const network::Transformer& model, const std::string& where);

/// The same for a program over finite values whose selections look back and take the leftmost or the rightmost position.
/// Throws  as above
brasp::Program to_brasp(const network::Program& program, const std::string& where);

}  // namespace attest::programs::extract
