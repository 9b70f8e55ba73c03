#pragma once

#include <string>

#include "checker/examination.hpp"

namespace attest::checker {

// What a row of `claim_kinds.cpp` names, of claims that a model finds the greatest symbol: as in claims.hpp.

std::string maximum_title(const Claim& claim);
std::string maximum_sentence(const Claim& claim);
void check_maximum(Examination& at);

}  // namespace attest::checker
