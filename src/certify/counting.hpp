#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/certify/archive.hpp"
#include "attest/verdict/certified.hpp"
#include "decide/counting/find.hpp"

namespace attest::certify {

/// A C-RASP program and what it is to recognise.
struct CountingSubject {
    std::string name;
    std::string text;  ///< as it was read
    programs::crasp::Program program;
    language::Language language;
    std::vector<std::pair<std::string, std::string>> map;
};

/// Whether it does at every length but 0.
struct CountingResult {
    counting::Outcome outcome;
    verdict::Verdict verdict;
};

/// Decides, writes the certificate (FORMAT.md, section 30), and has the checker read it back, all within the limits. The
/// evidence of what holds is a refutation: of all cases in which a step would not keep the invariant.
///
/// Throws  as counting::prove; InternalError if the checker refuses a counterexample
CountingResult recognise_by_counting(const CountingSubject& subject, const base::Limits& limits, Archive& archive,
                                     const std::function<void(const std::string&)>& progress = {});

}  // namespace attest::certify
