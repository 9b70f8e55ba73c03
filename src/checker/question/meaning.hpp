#pragma once

#include "checker/question/question.hpp"

namespace attest::checker {

/// What the claim says of its language: language and letters of a question whose alphabet is known. Throws Defect.
void read_meaning(const Claim& claim, const Files& files, Question& question, Budget& budget);

}  // namespace attest::checker
