#pragma once

#include <string>

#include "checker/examination.hpp"

namespace attest::checker {

// What rows of `claim_kinds.cpp` name, of claims that networks run machines: as in claims.hpp.

std::string simulation_title(const Claim& claim);
std::string simulation_sentence(const Claim& claim);
void check_simulation(Examination& at);

std::string loops_title(const Claim& claim);
std::string loops_sentence(const Claim& claim);
void check_loops(Examination& at);

}  // namespace attest::checker
