#pragma once

#include <string>

#include "ledger/claim.hpp"

namespace attest::ledger {

/// What a paper needs to cite a claim: BibTeX of the claim itself, of its source and of attest, and a sentence that
/// names the command and the certificate's digest.
std::string citation(const Claim& claim);

}  // namespace attest::ledger
