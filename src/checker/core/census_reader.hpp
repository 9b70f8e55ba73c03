#pragma once

#include <string>
#include <vector>

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

/// The keys of claims about all functions of a few bits, and of their evidence, whose `words` holds the classes of functions:
/// FORMAT.md section 9.16. Each throws Defect (place).
void read_census(const Cursor& at, Claim& claim);
Evidence read_census_evidence(const Cursor& at, const Claim& claim);
std::vector<std::string> files_of_census(const Manifest& manifest);

}  // namespace attest::checker
