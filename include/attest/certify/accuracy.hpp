#pragma once

#include <string>
#include <utility>
#include <vector>

#include "attest/certify/archive.hpp"
#include "attest/certify/equality.hpp"
#include "attest/decide/accuracy/accuracy.hpp"
#include "attest/verdict/certified.hpp"

namespace attest::certify {

/// What the mistakes of a network are counted against.
struct AccuracySubject {
    const NetworkFile& model;
    const language::Language& language;
    std::vector<std::pair<std::string, std::string>> map;  ///< `--map`; empty if each symbol means itself
};

/// On how many words of a length a network is wrong.
struct Accuracy {
    std::int64_t length = 0;
    accuracy::Outcome outcome;  ///< what was found; a count by a diagram, and a sample, are no more than that
    verdict::Verdict verdict;   ///< holds: the checker has counted again, or gone through list and proof

    /// Why the count is open: it is not known, or a limit came before the checker had counted again; reason `none` if it is not.
    verdict::Undecided open() const;
};

/// Counts mistakes, writes the certificate where the count is known and can be shown, and has the checker read it
/// back, all
/// within the limits.
///
/// part    of the archive
/// Throws  as accuracy::count_mistakes; InternalError if the checker counts otherwise
Accuracy count_mistakes(const AccuracySubject& subject, std::int64_t length, const accuracy::Options& options,
                        const base::Limits& limits, Archive& archive, const std::string& part = "");

}  // namespace attest::certify
