#pragma once

#include <vector>

#include "checker/core/manifest.hpp"
#include "checker/network/model.hpp"

namespace attest::checker {

/// Takes parts away: the output map of a head, the last map of a feed-forward part, becomes 0 (FORMAT.md section 15).
///
/// Throws  Defect for a part that the model does not have
void remove_parts(Model& model, const std::vector<Removed>& parts);

}  // namespace attest::checker
