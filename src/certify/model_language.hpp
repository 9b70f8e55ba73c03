#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attest/certify/archive.hpp"
#include "attest/certify/certificate.hpp"
#include "attest/decide/induction/induction.hpp"
#include "attest/verdict/certified.hpp"
#include "certify/outside.hpp"

namespace attest::certify {

/// What a model recognises, at every length.
struct LanguageReport {
    std::int64_t from = 0;                          ///< 0: the empty word as well; 1: all others
    std::optional<induction::ModelLanguage> found;  ///< nothing where it is undecided
    verdict::Verdict verdict;                       ///< holds: the model recognises what the automaton accepts
    language::Dfa lettered;  ///< the automaton over symbols of one character, as certificates have it
    std::vector<std::pair<std::string, std::string>> map;  ///< the model's symbols in them; empty if each is itself
    std::optional<ClassReport> classes;
    std::string no_classes;          ///< why there are none
    std::vector<std::string> parts;  ///< of the archive's collection, in order
    double seconds = 0;
};

/// Extracts the minimal automaton of a model, certifies that the model recognises it at every length (FORMAT.md, section 21), and
/// classifies it, with a certificate for each class in which it is not (section 22).
///
/// Throws  as induction::language_of; InternalError if the language is not quasi-aperiodic for the period of the model's positions,
///         which no model of the kind recognises
/// Source  that theorem: [yang2024masked]; here it is an assertion
LanguageReport find_language(const formats::ModelFile& model, const base::Limits& limits, Archive& archive,
                             const std::function<void(const std::string&)>& progress = {});

}  // namespace attest::certify
