#include "checker/soft/certain_model.hpp"

#include "checker/network/evaluator.hpp"

// Models that are evaluated exactly and models whose scores are enclosed answer alike here, so that who goes through
// words need not know which it has.

namespace attest::checker {

CertainModel::CertainModel(Question& question, std::size_t length, long bits, const Rational& margin, Budget& budget)
    : question_(question), budget_(budget) {
    if (!question.model) return;
    if (question.model->is_soft()) signs_.emplace(*question.model, question.alphabet, length, bits, margin, budget);
    else exact_.emplace(instantiate(*question.model, length, budget));
}

bool CertainModel::operator()(const Word& word) {
    if (question_.program) return accepts(*question_.program, word, budget_);
    if (question_.tables) return accepts(*question_.tables, word, budget_);
    if (whole_ && !whole_->is_worth_it()) whole_.reset();
    if (whole_) return whole_->accepts(word);
    return exact_ ? accepts(*exact_, word, budget_) : (*signs_)(word);
}

void CertainModel::expect_one_word() {
    if (signs_) signs_->expect_one_word();
}

void CertainModel::expect_many_words() {
    if (signs_) signs_->expect_many_words();
}

void CertainModel::expect_all_words() {
    if (signs_) signs_->expect_all_words();
    if (exact_) whole_ = WholeWords::make(*exact_, budget_);
}

}  // namespace attest::checker
