#pragma once

#include "checker/core/manifest.hpp"
#include "checker/kernel/budget.hpp"
#include "checker/network/model.hpp"

namespace attest::checker {

/// Obligation `mean` of FORMAT.md section 15: each constant of the claim is so near to the mean of what the part adds, over
/// all words of the length (at its position, if it is for one), as the claim says.
///
/// model   with all its parts
/// Throws  Defect (part): a constant that is not certainly so near
void check_means(const Model& model, const Claim& claim, Budget& budget);

}  // namespace attest::checker
