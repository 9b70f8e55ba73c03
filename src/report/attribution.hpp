#pragma once

#include <string>

#include "attest/network/transformer.hpp"
#include "soft/attribution.hpp"

namespace attest::report {

/// What each part of a model adds to the score of a word, a line a part, and their sum.
std::string attribution_text(const network::Transformer& transformer, const soft::Attribution& attribution);

}  // namespace attest::report
