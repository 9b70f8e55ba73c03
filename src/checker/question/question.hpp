#pragma once

#include <optional>
#include <vector>

#include "checker/core/files.hpp"
#include "checker/core/json.hpp"
#include "checker/core/manifest.hpp"
#include "checker/kernel/budget.hpp"
#include "checker/language/language.hpp"
#include "checker/network/model.hpp"
#include "checker/network/program.hpp"
#include "checker/network/tables.hpp"

namespace attest::checker {

/// A claim about one model, read and found to make sense.
struct Question {
    std::optional<Model> model;    ///< without what the claim takes away
    std::optional<Model> whole;    ///< with it, where the claim says what its mean is
    std::optional<Tables> tables;  ///< where the model is given as tables
    std::optional<Program> program;
    std::vector<Symbol> alphabet;  ///< of the model
    Language language;
    std::vector<std::size_t> letters;  ///< for each symbol of the model its number in the language's alphabet
};

/// Obligation `question`. Throws Defect.
///
/// Shape   model: model.json
Question read_question(const Manifest& manifest, const Files& files, const Json& model, Budget& budget);

/// A program that calls itself as the claim's key does, if it has a name.
Program read_named_program(const std::string& name, const std::string& key, const Json& json, const std::string& file,
                           Budget& budget);

/// Throws Defect where constants depend on the position and the evidence is not about words one by one (FORMAT.md section 15).
void check_all_words_or_one(const Claim& claim, const Evidence& evidence);

/// Throws Defect where the model is not for words of the length.
void check_length(const Model& model, std::size_t length);

/// Throws Defect where the model of this file is not for words of the length, or neither accepts nor rejects.
void check_decides(const Model& model, std::size_t length, const std::string& file);

/// Throws Defect where a circuit is asked for and the answer is not that of one position.
void check_reads_one_position(const Model& model);

}  // namespace attest::checker
