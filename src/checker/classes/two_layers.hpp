#pragma once

#include <cstddef>

#include "checker/classes/threshold.hpp"

namespace attest::checker {

/// Of how many symbols the bounds by counting speak (FORMAT.md sections 9.10 and 9.14): those of the word but one for each head
/// of the reader, and its own.
///
/// Throws  Defect: not two layers that see positions, a length beyond the bound, or a language for which a change of one
///         symbol may change nothing
/// Cost    as changes_with_every_symbol
std::size_t symbols_to_count(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget);

}  // namespace attest::checker
