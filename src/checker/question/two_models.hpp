#pragma once

#include <algorithm>
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

    /// Whether words in the order of the model's symbols are in that of the other's.
    bool letters_in_order() const { return std::is_sorted(letters.begin(), letters.end()); }
};

/// Before the tensor file's own name, where the other model has one.
inline constexpr const char* other_prefix = "other-";

/// What is compared: whether words are accepted, or the texts that are answered (section 42).
enum class Asked { decisions, texts };

/// Obligation `question`. Throws Defect.
///
/// Shape   model, other: model.json and other.json
TwoModels read_two_models(const Manifest& manifest, const Files& files, const Json& model, const Json& other,
                          Asked asked, Budget& budget);

/// The other model's symbols, in the order of the model's that they belong to.
std::vector<Symbol> other_in_order(const TwoModels& two);

/// The word as the other model reads it.
Word read_by_other(const TwoModels& two, const Word& word);

}  // namespace attest::checker
