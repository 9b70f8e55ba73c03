#pragma once

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

/// The keys of a claim on how many words a model is wrong, and of its evidence (FORMAT.md section 14). Throws Defect
/// (place).
void read_accuracy(const Cursor& at, Claim& claim);
Evidence read_accuracy_evidence(const Cursor& at, const Claim& claim);

}  // namespace attest::checker
