#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "attest/certify/archive.hpp"
#include "attest/certify/certificate.hpp"
#include "attest/certify/equality.hpp"
#include "attest/decide/induction/induction.hpp"
#include "attest/verdict/certified.hpp"

namespace attest::certify {

/// Whether a model recognises a language at every length.
struct EveryLength {
    std::int64_t from = 0;  ///< 0: the empty word as well; 1: all others
    induction::Outcome outcome;
    verdict::Verdict verdict;
};

/// Decides, writes the certificate (FORMAT.md, sections 21 and 31), and has the checker read it back, all within the limits. The
/// evidence of what holds is an exhaustion, of pairs of states, or the refutation of an invariant's formula.
///
/// proposal  as of induction::Question
/// part      of the archive, where that is a collection
/// Needs   a subject without `without` and `robust`
/// Throws  as induction::prove; InternalError if the checker refuses a counterexample
EveryLength recognise_at_every_length(const Subject& subject, std::int64_t from, const base::Limits& limits,
                                      Archive& archive, const std::function<void(const std::string&)>& progress = {},
                                      induction::Way way = induction::Way::automatic,
                                      const induction::Proposal* proposal = nullptr, const std::string& part = "");

/// Whether two models answer the same at every length.
struct EveryLengthEquality {
    std::int64_t from = 0;  ///< 0: on the empty word as well; 1: on all others
    induction::EqualOutcome outcome;
    verdict::Verdict verdict;
};

/// The same of two models (FORMAT.md, section 27).
///
/// Needs   model files, and subjects without `without` and `robust`
/// Throws  as induction::equal and equal::match; InternalError if the checker refuses a difference
EveryLengthEquality compare_at_every_length(const TwoSubjects& subjects, std::int64_t from, const base::Limits& limits,
                                            Archive& archive,
                                            const std::function<void(const std::string&)>& progress = {});

}  // namespace attest::certify
