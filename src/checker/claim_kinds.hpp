#pragma once

#include <span>

#include "checker/core/claim_kind.hpp"

namespace attest::checker {

/// All kinds of claims that certificates make (FORMAT.md section 1.1).
std::span<const ClaimKind> claim_kinds();

}  // namespace attest::checker
