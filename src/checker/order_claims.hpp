#pragma once

#include <string>

#include "checker/examination.hpp"

namespace attest::checker {

// What rows of `claim_kinds.cpp` name, of claims that answers depend on counts or proportions alone: as in claims.hpp.

std::string order_title(const Claim& claim);
std::string order_sentence(const Claim& claim);
void check_order(Examination& at);

}  // namespace attest::checker
