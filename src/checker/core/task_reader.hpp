#pragma once

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

// The keys of claims about tasks (FORMAT.md section 18). Each throws Defect (place).

void read_performs(const Cursor& at, Claim& claim);
void read_performance(const Cursor& at, Claim& claim);
Evidence read_task_evidence(const Cursor& at, const Claim& claim);

}  // namespace attest::checker
