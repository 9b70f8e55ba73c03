#pragma once

#include <string>
#include <vector>

#include "attest/decide/recognise/prove.hpp"
#include "attest/formats/file.hpp"
#include "attest/language/language.hpp"

namespace attest::benchmarks {

/// A model of the zoo with the language that it is meant to recognise.
struct Subject {
    explicit Subject(const std::string& zoo_name);
    Subject(const std::string& zoo_name, const std::string& language_text);

    decide::Question at(std::int64_t length) const { return {model.transformer, language, meaning, length}; }

    std::string name;
    formats::ModelFile model;
    language::Language language;
    std::vector<language::Symbol> meaning;
};

/// Limits from now on; no deadline for 0 seconds.
base::Limits limits_for(double seconds);

/// Model and language at one length as AIGER files (binary, compact form) over the same inputs. Their outputs
/// are made false where the inputs stand for no word, so that plain equivalence is the question.
void write_aiger_pair(const Subject& subject, std::int64_t length, const std::string& model_path,
                      const std::string& language_path);

}  // namespace attest::benchmarks
