#pragma once

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

/// The keys of a claim `invariant`, and of its evidence (FORMAT.md section 16). Throw Defect (place).
void read_invariance(const Cursor& at, Claim& claim);
Evidence read_invariance_evidence(const Cursor& at, const Claim& claim);

}  // namespace attest::checker
