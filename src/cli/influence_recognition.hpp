#pragma once

#include "influence_result.hpp"

namespace attest::cli {

/// What is known of a network as a recogniser, by length: of all words, or of a sample of them.
std::string recognition_lines(const InfluenceResults& results);

}  // namespace attest::cli
