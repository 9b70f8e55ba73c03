#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checker/core/manifest.hpp"

namespace attest::checker {

class Cursor;
struct Examination;

/// A kind of claim: all that tells it from the others. The table of kinds is `claim_kinds.cpp`; who adds one adds a row
/// there, and what the row names.
struct ClaimKind {
    std::string_view name;  ///< of `claim.kind`

    /// Reads the other keys of the claim. Throws Defect (place).
    void (*read_claim)(const Cursor& at, Claim& claim);
    /// Reads the evidence; null where a certificate of this kind has none. Throws Defect (place).
    Evidence (*read_evidence)(const Cursor& at, const Claim& claim);
    /// The files that it has, but for the language's and the model's tensors; null where it has none at all.
    std::vector<std::string> (*files)(const Manifest& manifest);

    /// The kind together with the verdict, as collections count them.
    std::string (*title)(const Claim& claim);
    /// The claim as one sentence; null where only the check can tell it.
    std::string (*sentence)(const Claim& claim);

    /// Goes through the obligations that follow `digest`, and says what was checked. Throws Defect at the first that
    /// fails.
    void (*check)(Examination& at);
};

}  // namespace attest::checker
