#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

/// The keys of claims that a model finds the greatest symbol, and of their evidence: FORMAT.md section 34. The claim's
/// `wrong` holds how many words it is right on at least, the evidence's `words` the cells. Each throws Defect (place).
void read_maximum(const Cursor& at, Claim& claim);
Evidence read_maximum_evidence(const Cursor& at, const Claim& claim);

}  // namespace attest::checker
