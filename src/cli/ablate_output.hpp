#pragma once

#include <string>

#include "attest/certify/ablation.hpp"
#include "subject.hpp"

namespace attest::cli {

/// What `ablate` was asked, as its output names it.
struct AblateAsked {
    const network::Transformer& model;
    std::string language;  ///< as the user named it; empty: as the whole model answers
    Map map;

    std::string name;  ///< the model's, as the file says
};

/// The first line: `VERIFIED m without … `, `REFUTED …` or `UNDECIDED …`; then the sets, and what each of their parts
/// is needed for.
std::string ablate_text(const AblateAsked& asked, const certify::Ablation& ablation);

}  // namespace attest::cli
