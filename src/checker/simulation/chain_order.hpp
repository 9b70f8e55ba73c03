#pragma once

#include "checker/simulation/chain.hpp"

namespace attest::checker {

/// That an encoder-decoder sees of a word how often each symbol stands in it, or, with `proportions`, only their shares:
/// what FORMAT.md section 32.1 asks of its text.
///
/// Throws  Defect (place) at the first thing that asks for more
void require_no_order(const Chain& chain, bool proportions);

/// Whether the vectors that it writes at this time on two words are different.
///
/// Exact   yes
/// Throws  Defect as ChainRun
bool tells_apart(const Chain& chain, const std::vector<std::size_t>& one, const std::vector<std::size_t>& other,
                 std::size_t time, Budget& budget);

}  // namespace attest::checker
