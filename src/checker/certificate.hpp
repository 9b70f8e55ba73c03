#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/budget.hpp"
#include "checker/checker.hpp"
#include "checker/language.hpp"
#include "checker/manifest.hpp"
#include "checker/model.hpp"

namespace attest::checker {

/// A certificate's files by name, as they were hashed.
using Files = std::map<std::string, std::string>;

/// A claim about one model, read and found to make sense.
struct Question {
    Model model;
    Language language;
    std::vector<std::size_t> letters;  ///< for each symbol of the model its number in the language's alphabet
};

/// Obligation `digest`: the files are those listed, byte for byte. Throws Defect, Unreadable.
Files read_files(const std::string& directory, const Manifest& manifest, Budget& budget);

/// Obligation `digest`: the directory holds the files that the claim and the evidence need, and no others.
/// Throws Defect.
///
/// Shape   companion: the tensor file that the model names
void check_file_names(const Manifest& manifest, const Files& files,
                      const std::optional<std::string>& companion);

/// Obligation `question`. Throws Defect.
Question read_question(const Manifest& manifest, const Files& files, Budget& budget);

/// Obligation `exhaustion`. Throws Defect.
void check_exhaustion(const Manifest& manifest, const Question& question, const Instance& instance,
                      Budget& budget);

/// Obligation `witness`. Throws Defect.
void check_witness(const Manifest& manifest, const Question& question, const Instance& instance,
                   Budget& budget);

}  // namespace attest::checker
