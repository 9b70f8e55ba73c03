#pragma once

#include "checker/core/manifest.hpp"
#include "checker/network/model.hpp"

namespace attest::checker {

/// The model that ends behind a part and gives what the part adds: the layers before as they are, of the part's layer
/// nothing that is added to it, no norm after it. It is read at all positions, of which the mean is taken, or, if nothing
/// follows the layer, where the model is read; there is a logit for each coordinate.
///
/// everywhere  read at all positions, whatever follows
/// Needs   a part that the model has, no edge
/// Throws  Defect where the layer has a `repeat`
Model cut_behind(const Model& model, const Removed& part, bool everywhere);

}  // namespace attest::checker
