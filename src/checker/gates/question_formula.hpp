#pragma once

#include "checker/gates/model_gates.hpp"
#include "checker/language/language.hpp"
#include "checker/planes/formula.hpp"

namespace attest::checker {

/// Inequalities that have a solution for each word on which model and language differ.
struct QuestionFormula {
    Inequalities inequalities;
    std::size_t gates;  ///< of the model
};

/// Builds the inequalities of FORMAT.md section 38.3.
///
/// Shape   letters: for each symbol of the model its number in the language's alphabet
/// Needs   a length above 0
/// Throws  Defect
QuestionFormula question_formula(const Instance& instance, const Language& language,
                                 const std::vector<std::size_t>& letters, Budget& budget);

}  // namespace attest::checker
