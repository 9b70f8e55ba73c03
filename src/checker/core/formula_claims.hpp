#pragma once

#include <string>
#include <vector>

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

/// The keys of claims that a formula defines a language, and of their evidence: FORMAT.md section 33. The formula's name is
/// in `claim.model`. Each throws Defect (place).
void read_defines(const Cursor& at, Claim& claim);
Evidence read_defines_evidence(const Cursor& at, const Claim& claim);
std::vector<std::string> files_of_defines(const Manifest& manifest);

}  // namespace attest::checker
