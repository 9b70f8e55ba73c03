#pragma once

#include "propagation.hpp"

namespace attest::influence {

/// What a replacement does to the output, from the vectors before a layer on, the last that attends (or behind all
/// layers).
/// Needs   `vectors` to be of these runs, before layer l
Change change_at_readout(const TwoRuns& runs, const Propagation& vectors, std::size_t l);

}  // namespace attest::influence
