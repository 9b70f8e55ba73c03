#pragma once

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

// The keys of a claim that two networks give the same answers (FORMAT.md section 42). Of a witness `actual_text` is what the
// model answers, `expected_text` what the other does. Each throws Defect (place).

void read_alike(const Cursor& at, Claim& claim);
Evidence read_alike_evidence(const Cursor& at, const Claim& claim);

}  // namespace attest::checker
