#pragma once

#include <string>

#include "checker/examination.hpp"

namespace attest::checker {

// Claims that two networks give the same answers, or do not: FORMAT.md section 42.

std::string alike_title(const Claim& claim);
std::string alike_sentence(const Claim& claim);
void check_alike(Examination& at);

}  // namespace attest::checker
