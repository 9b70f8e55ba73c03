#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attest/certify/archive.hpp"
#include "attest/certify/certificate.hpp"
#include "attest/decide/equal/equal.hpp"
#include "attest/verdict/certified.hpp"

namespace attest::certify {

using formats::NetworkFile;

decide::Network network_of(const NetworkFile& file);
const std::string& name_of(const NetworkFile& file);

/// Two models that are compared.
struct TwoSubjects {
    const NetworkFile& model;
    const NetworkFile& other;
    std::vector<std::pair<std::string, std::string>> map;  ///< `--map`; empty if each symbol stands for itself
    /// Parts that the first transformer lacks, which its bytes still have (FORMAT.md, section 15).
    ablate::Removal without = {};
    /// The vector that the first transformer's readout weighs may move so far, and its score must keep to the side of the
    /// other's answer (likewise). Only where the first is a transformer; all words are then looked at.
    std::optional<exact::Rational> robust = {};
    /// Texts are compared whole, and of whole networks (FORMAT.md, section 42).
    equal::Compared compared = equal::Compared::decisions;
};

/// Whether two models answer the same at a length.
struct Equality {
    std::int64_t length = 0;
    equal::Outcome outcome;  ///< what was found; it is worth no more than the verdict
    verdict::Verdict verdict;
    std::vector<std::string> notes;  ///< what happened on the way, a sentence each
};

/// Writes the files of a certificate (FORMAT.md, sections 13 and 42) into an existing, empty directory; as write_certificate.
std::string write_equality(const std::string& directory, const TwoSubjects& subjects, std::int64_t length,
                           const equal::Outcome& outcome, const Provenance& provenance,
                           const base::Limits& limits = {});

/// Compares, writes the certificate, and has the checker read it back, all within the limits. A solver that writes no
/// proof
/// is followed by one that does.
///
/// part    of the archive
/// Throws  as equal::match and equal::compare; InternalError if the checker refuses a difference
Equality compare(const TwoSubjects& subjects, std::int64_t length, const decide::ProveOptions& options,
                 const base::Limits& limits, Archive& archive, const std::string& part = "");

/// Each length on its own, in that order, one part of a collection each where they are several.
std::vector<Equality> compare(const TwoSubjects& subjects, const std::vector<std::int64_t>& lengths,
                              const decide::ProveOptions& options, const base::Limits& limits, Archive& archive);

}  // namespace attest::certify
