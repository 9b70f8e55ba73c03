#pragma once

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

/// The keys of a claim on how many words a model is wrong, and of its evidence (FORMAT.md section 14). Throws Defect
/// (place).
void read_accuracy(const Cursor& at, Claim& claim);
/// A natural number of any size in quotation marks, without leading zeros.
std::string read_count(const Cursor& at);

Evidence read_accuracy_evidence(const Cursor& at, const Claim& claim);
/// What files the certificate has: with a diagram (FORMAT.md section 24) one more.
std::vector<std::string> files_of_accuracy(const Manifest& manifest);

}  // namespace attest::checker
