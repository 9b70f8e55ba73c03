#pragma once

#include <string>

#include "build/stages.hpp"

namespace attest::build {

/// A plan as the text of a B-RASP program (../programs/brasp/README.md): an attention for each thing that a stage copies.
/// Throws  Unsupported where the plan knows positions modulo a number, or a symbol cannot stand in the text
std::string brasp_text(const StagePlan& plan);

/// A plan as a formula of past LTL (../programs/ltl/README.md): S where ties go to the right, P alone where they go to the left.
/// Throws  Unsupported for a symbol that cannot stand in the text
std::string ltl_text(const StagePlan& plan);

}  // namespace attest::build
