#pragma once

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

/// The keys of claims about classes in binary32, and of their evidence: FORMAT.md section 35. The claim's `wrong` holds on
/// how many words at least the classes are right. Each throws Defect (place).
void read_classifies(const Cursor& at, Claim& claim);
Evidence read_rounding_evidence(const Cursor& at, const Claim& claim);

}  // namespace attest::checker
