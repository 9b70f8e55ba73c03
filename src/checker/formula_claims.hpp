#pragma once

#include <string>

#include "checker/examination.hpp"

namespace attest::checker {

// What rows of `claim_kinds.cpp` name, of claims that formulas define languages: as in claims.hpp.

std::string defines_title(const Claim& claim);
std::string defines_sentence(const Claim& claim);
void check_defines(Examination& at);

}  // namespace attest::checker
