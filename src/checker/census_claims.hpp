#pragma once

#include <string>

#include "checker/examination.hpp"

namespace attest::checker {

// What a row of `claim_kinds.cpp` names, of claims about all functions of a few bits: as in claims.hpp.

std::string census_title(const Claim& claim);
std::string census_sentence(const Claim& claim);
void check_census(Examination& at);

}  // namespace attest::checker
