#pragma once

#include <string>

#include "attest/base/limits.hpp"
#include "attest/certify/archive.hpp"
#include "attest/decide/threshold/softmax_layer.hpp"
#include "attest/decide/threshold/synthesiser.hpp"
#include "attest/verdict/certified.hpp"

namespace attest::certify {

/// Whether a class has a network for a language at a length.
struct Existence {
    threshold::Existence found;  ///< worth no more than the verdict
    verdict::Verdict verdict;    ///< holds: there is one; fails: there is none
};

/// Searches, writes the certificate, and has the checker read it back: only then a solver's no counts.
///
/// part    of the archive
/// Throws  UsageError as threshold::search; InternalError if the checker refuses a network
Existence decide_existence(const threshold::Specification& specification, const threshold::SynthesisOptions& options,
                           const base::Limits& limits, Archive& archive, const std::string& part);

/// The same of softmax layers of so many heads.
struct SoftmaxExistence {
    threshold::SoftmaxAnswer found;
    verdict::Verdict verdict;
};

/// Throws  InternalError if the checker refuses what was found
SoftmaxExistence decide_softmax_existence(const language::Language& language, std::int64_t heads, std::int64_t length,
                                          const base::Limits& limits, Archive& archive, const std::string& part);

/// `possible`, `impossible` or `undecided`.
const char* existence_word(const verdict::Verdict& verdict);

}  // namespace attest::certify
