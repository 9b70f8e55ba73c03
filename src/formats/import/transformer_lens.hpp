#pragma once

#include "blueprint.hpp"
#include "source.hpp"

namespace attest::formats::import {

/// The layout of neelnanda-io/Grokking and fjzzq2002/pizza, before TransformerLens: matrices have their outputs first,
/// no biases in attention, no norms.
Blueprint read_old_transformer_lens(Source& source);

}  // namespace attest::formats::import
