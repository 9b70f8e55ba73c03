#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "attest/certify/task.hpp"
#include "decide/task/rounding.hpp"

namespace attest::certify {

/// On how many words a model gives the classes of a task in every evaluation in binary32.
struct RoundedPerformance {
    std::int64_t length = 0;
    task::Rounded found;
    std::string margin;        ///< decimal, rounded down
    verdict::Verdict verdict;  ///< holds: `found.right` words, or more
};

/// Goes through all words, writes the certificate (FORMAT.md, section 35), and has the checker read it back.
///
/// Throws  Unsupported for a model of another form, more than 2²² words, or no word that is certain
RoundedPerformance perform_rounded(const ClassSubject& subject, std::int64_t length, const base::Limits& limits,
                                   Archive& archive, const std::function<void(const std::string&)>& progress);

}  // namespace attest::certify
