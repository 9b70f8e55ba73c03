#pragma once

#include <string>
#include <vector>

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

/// The keys of a claim that two models answer the same, and of its evidence (FORMAT.md section 13). Of a witness
/// `actual_accept` is what the model answers, `expected_accept` what the other does; of a closure `rule` has the numbers
/// `first`, `period` and `window` of the other model's machine (section 27). Throws Defect (place).
void read_equality(const Cursor& at, Claim& claim);
Evidence read_equality_evidence(const Cursor& at, const Claim& claim);

std::vector<std::string> files_of_equality(const Manifest& manifest);

}  // namespace attest::checker
