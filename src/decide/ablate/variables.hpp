#pragma once

#include <vector>

#include "attest/decide/ablate/parts.hpp"
#include "attest/network/program.hpp"

namespace attest::ablate {

/// The variables of a program that can be taken away (FORMAT.md, section 26.1) and that its answers may depend on, in its
/// order: those that attend, and maps of one or more variables that have an `otherwise`.
std::vector<Part> parts_of(const network::Program& program);

/// The program in which these variables select nothing, and find nothing in their tables: each has the value that its `none`
/// or its `otherwise` says.
///
/// Needs   variables of parts_of
network::Program without(const network::Program& program, const std::vector<Part>& variables);

}  // namespace attest::ablate
