#include "checker/soft/certain_model.hpp"

#include "checker/kernel/defect.hpp"
#include "checker/network/evaluator.hpp"
#include "checker/soft/soft_evaluator.hpp"

namespace attest::checker {
namespace {

/// A score of 0 is rejected; between classes it leaves the answer to their order, and is not certain.
bool is_beyond(const Interval& value, const Rational& margin, bool has_classes) {
    if (value.is_positive()) return value.low() >= margin;
    if (value.is_negative()) return -value.high() >= margin;
    return value.is_zero() && margin == 0 && !has_classes;
}

}  // namespace

CertainModel::CertainModel(Question& question, std::size_t length, long bits, Rational margin, Budget& budget)
    : question_(question), length_(length), bits_(bits), margin_(std::move(margin)), budget_(budget) {
    if (question.model && !question.model->is_soft()) exact_.emplace(instantiate(*question.model, length, budget));
}

bool CertainModel::operator()(const Word& word) {
    if (question_.tables) return accepts(*question_.tables, word, budget_);
    return exact_ ? accepts(*exact_, word, budget_) : sign(word);
}

const SoftInstance& CertainModel::soft(std::size_t k) {
    if (k == soft_.size()) soft_.push_back(instantiate(*question_.model, length_, bits_ << k, budget_));
    return soft_[k];
}

bool CertainModel::sign(const Word& word) {
    constexpr std::size_t most_tries = 3;
    for (std::size_t k = 0; k < most_tries; ++k) {
        const Interval value = score(soft(k), word, budget_);
        if (is_beyond(value, margin_, question_.model->readout.has_classes())) return value.is_positive();
    }
    throw Defect("word " + spell(word, question_.alphabet),
                 "its score is not certain, or nearer to 0 than " + margin_.get_str());
}

}  // namespace attest::checker
