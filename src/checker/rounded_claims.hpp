#pragma once

#include <string>

#include "checker/examination.hpp"

namespace attest::checker {

// What a row of `claim_kinds.cpp` names, of claims about classes in binary32: as in claims.hpp.

std::string classifies_title(const Claim& claim);
std::string classifies_sentence(const Claim& claim);
void check_classifies(Examination& at);

}  // namespace attest::checker
