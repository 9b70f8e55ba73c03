#pragma once

#include <vector>

#include "checker/core/manifest.hpp"
#include "checker/kernel/budget.hpp"
#include "checker/network/model.hpp"

namespace attest::checker {

/// Takes away what the claim says (FORMAT.md section 15): the output map of a head, the last map of a feed-forward part,
/// becomes 0 or a constant, edges are cut.
///
/// Throws  Defect for a part that the model does not have, constants that are not as many as the map has rows
void remove_parts(Model& model, const Claim& claim, Budget& budget);

/// Takes from what the later heads read what the earlier ones added: each earlier head writes into coordinates of its own
/// besides, and the later ones subtract these.
///
/// Needs   edges between heads that the model has, in ascending order
/// Throws  Defect where the model has a norm, which would see the further coordinates
void cut_edges(Model& model, const std::vector<Removed>& edges, Budget& budget);

}  // namespace attest::checker
