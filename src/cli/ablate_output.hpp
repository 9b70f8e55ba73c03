#pragma once

#include <string>

#include "attest/certify/ablation.hpp"
#include "record/ablation.hpp"

namespace attest::cli {

/// The first line: `VERIFIED m without … `, `REFUTED …` or `UNDECIDED …`; then the sets, and what each of their parts
/// is needed for.
std::string ablate_text(const record::AblationAsked& asked, const certify::Ablation& ablation);

}  // namespace attest::cli
