#pragma once

#include <vector>

#include "checker/core/manifest.hpp"
#include "checker/kernel/budget.hpp"
#include "checker/network/model.hpp"
#include "checker/network/program.hpp"

namespace attest::checker {

/// Takes away what the claim says (FORMAT.md section 15): the output map of a head, the last map of a feed-forward part,
/// becomes 0 or a constant, edges are cut.
///
/// Throws  Defect for a part that the model does not have, constants that are not as many as the map has rows
void remove_parts(Model& model, const Claim& claim, Budget& budget);

/// Takes away variables of a program (FORMAT.md section 26.1): they select nothing, their tables are empty.
///
/// Throws  Defect for what is no such variable of the program, in its order
void remove_variables(Program& program, const Claim& claim, Budget& budget);

/// Takes from what the later heads read what the earlier ones added: each earlier head writes into coordinates of its own
/// besides, and the later ones subtract these. With norms, each later head reads a block of coordinates of its own, into which
/// the earlier ones do not write; there are as many blocks as a norm's gains go into the dimension, and the norm takes each by
/// itself.
///
/// Needs   edges between heads that the model has, in ascending order
/// Throws  Defect for an edge past a norm after a part
void cut_edges(Model& model, const std::vector<Removed>& edges, Budget& budget);

}  // namespace attest::checker
