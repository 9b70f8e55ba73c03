#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/budget.hpp"
#include "checker/checker.hpp"
#include "checker/language.hpp"
#include "checker/manifest.hpp"
#include "checker/model.hpp"
#include "checker/tables.hpp"

namespace attest::checker {

/// A certificate's files by name, as they were hashed.
using Files = std::map<std::string, std::string>;

/// A claim about one model, read and found to make sense.
struct Question {
    std::optional<Model> model;
    std::optional<Tables> tables;  ///< where the model is given as tables
    std::vector<Symbol> alphabet;  ///< of the model
    Language language;
    std::vector<std::size_t> letters;  ///< for each symbol of the model its number in the language's alphabet
};

/// What a collection claims, all of whose parts hold: how many claims, with those of collections within, and of which kinds.
std::string collection_sentence(const std::vector<Report>& parts);

/// Obligation `digest`: the files are those listed, byte for byte. Throws Defect, Unreadable.
Files read_files(const std::string& directory, const Manifest& manifest, Budget& budget);

/// Obligation `digest`: the directory holds the files that the claim and the evidence need, and no others.
/// Throws Defect.
///
/// Shape   companion: the tensor file that the model names
void check_file_names(const Manifest& manifest, const Files& files,
                      const std::optional<std::string>& companion);

/// Obligation `question`. Throws Defect.
///
/// Shape   model: model.json
Question read_question(const Manifest& manifest, const Files& files, const Json& model, Budget& budget);

/// Whether the model accepts a word of the claim's length.
using Acceptance = std::function<bool(const std::vector<std::size_t>& word)>;

/// Obligation `exhaustion`. Throws Defect.
void check_exhaustion(const Manifest& manifest, const Question& question, const Acceptance& accepts,
                      Budget& budget);

/// Obligation `enclosure`. Throws Defect.
void check_enclosure(const Manifest& manifest, const Question& question, Budget& budget);

/// Whether a softmax model accepts the word, by intervals. Throws Defect where its sign is not certain.
bool accepts_softly(const Question& question, std::size_t length, const std::vector<std::size_t>& word, Budget& budget);

/// Obligation `witness`. Throws Defect.
void check_witness(const Manifest& manifest, const Question& question, const Acceptance& accepts,
                   Budget& budget);

}  // namespace attest::checker
