#pragma once

#include <string>

#include "checker/examination.hpp"

namespace attest::checker {

/// What the rows of `claim_kinds.cpp` name: what a claim of each kind is called, its sentence, and its obligations
/// after `digest`. Checks throw Defect at the first obligation that fails; `at.obligation` is its name.

std::string recognition_title(const Claim& claim);
std::string recognition_sentence(const Claim& claim);
void check_recognition(Examination& at);

std::string restriction_title(const Claim& claim);
std::string restriction_sentence(const Claim& claim);
void check_restriction(Examination& at);

std::string sensitive_sentence(const Claim& claim);
void check_sensitive(Examination& at);

std::string threshold_title(const Claim& claim);
void check_threshold(Examination& at);

void check_collection(Examination& at);

}  // namespace attest::checker
