#pragma once

#include <vector>

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

/// The parts that the claim's member `without` lists, if it is there: in ascending order, the heads of a layer before
/// its
/// feed-forward part (FORMAT.md section 15). Throws Defect (place).
std::vector<Removed> read_removed(const Cursor& claim);

/// The claim's member `instead`, if it is there: a list of numbers for each part, or one for each part and position.
/// Throws Defect (place).
std::optional<Instead> read_instead(const Cursor& claim, const std::vector<Removed>& parts);

/// Throws Defect where constants depend on the position: claims of some kinds are not about such models.
void refuse_constants_by_position(const Cursor& claim, const std::optional<Instead>& instead);

/// The claim's member `robust`, if it is there. Throws Defect (place).
std::optional<Rational> read_robust(const Cursor& claim);

}  // namespace attest::checker
