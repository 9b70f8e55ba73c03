#pragma once

#include "attest/decide/ablate/parts.hpp"

namespace attest::ablate {

/// A transformer of the model language, for the sequences of one length, in which parts that add nothing add a constant that
/// depends on the position.
///
/// transformer  without the parts
/// Shape   removal.by_position: [part][position][d], for all positions of the sequence
/// Throws  Unsupported where the attention is softmax, which has no way to read a number as it is
/// Source  FORMAT.md, section 15
network::Transformer with_constants_by_position(const network::Transformer& transformer, const Removal& removal);

}  // namespace attest::ablate
