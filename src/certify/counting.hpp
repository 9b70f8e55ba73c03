#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/certify/archive.hpp"
#include "attest/formats/file.hpp"
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
    const formats::ModelFile* model = nullptr;  ///< what the program says, if the question is about a model
    std::int64_t from = 1;                      ///< 0, of a model: the empty word as well
};

/// A model as the program that it becomes: it weighs all that it sees alike (FORMAT.md, section 37), or its heads count and
/// compare (section 41). The model's file outlives the subject.
///
/// Needs   the text of counting::text_of_averages, or else of counting::text_of_comparisons
CountingSubject counted_model(const formats::ModelFile& model, std::string text, const language::Language& language,
                              std::vector<std::pair<std::string, std::string>> map, std::int64_t from);

/// Whether it does at every length, or at every length but 0.
struct CountingResult {
    std::int64_t from = 1;
    counting::Outcome outcome;
    verdict::Verdict verdict;
};

/// Decides, writes the certificate (FORMAT.md, sections 30, 37 and 41), and has the checker read it back, all within the limits. The
/// evidence of what holds is a refutation: of all cases in which a step would not keep the invariant.
///
/// Throws  as counting::prove; InternalError if the checker refuses a counterexample
/// place  a certificate's directory in the archive; empty: the archive's own
CountingResult recognise_by_counting(const CountingSubject& subject, const base::Limits& limits, Archive& archive,
                                     const std::function<void(const std::string&)>& progress = {},
                                     const std::string& place = "");

}  // namespace attest::certify
