#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attest/certify/archive.hpp"
#include "attest/certify/certificate.hpp"
#include "attest/decide/ablate/invariant.hpp"
#include "attest/verdict/certified.hpp"

namespace attest::certify {

/// Whether a model's answer depends on the symbols at some positions.
struct Invariance {
    verdict::Verdict verdict;
    std::optional<ablate::Change> change;  ///< two words, if it does
};

/// Decides, writes the certificate (FORMAT.md, section 16), and has the checker read it back, all within the limits.
///
/// model      without the parts, which its bytes still have
/// positions  of the word, from 1, ascending, at least one
/// part       of the archive
/// Throws     as ablate::find_change; InternalError if the checker refuses a change
Invariance find_invariance(const formats::ModelFile& model, const ablate::Removal& without,
                           const std::vector<std::int64_t>& positions, std::int64_t length,
                           const decide::ProveOptions& options, const base::Limits& limits, Archive& archive,
                           const std::string& part = "");

}  // namespace attest::certify
