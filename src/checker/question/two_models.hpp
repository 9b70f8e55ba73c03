#pragma once

#include <vector>

#include "checker/core/files.hpp"
#include "checker/core/json.hpp"
#include "checker/core/manifest.hpp"
#include "checker/question/question.hpp"
#include "checker/question/words.hpp"

namespace attest::checker {

/// A claim about two models (FORMAT.md section 13), read and found to make sense; neither has a language.
struct TwoModels {
    Question model, other;
    std::vector<std::size_t> letters;  ///< for each symbol of the model the number of the other's that belongs to it
};

/// Before the tensor file's own name, where the other model has one.
inline constexpr const char* other_prefix = "other-";

/// Obligation `question`. Throws Defect.
///
/// Shape   model, other: model.json and other.json
TwoModels read_two_models(const Manifest& manifest, const Files& files, const Json& model, const Json& other,
                          Budget& budget);

/// The word as the other model reads it.
Word read_by_other(const TwoModels& two, const Word& word);

}  // namespace attest::checker
