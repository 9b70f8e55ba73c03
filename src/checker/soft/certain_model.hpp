#pragma once

#include <memory>
#include <optional>

#include "checker/kernel/budget.hpp"
#include "checker/network/whole_words.hpp"
#include "checker/question/question.hpp"
#include "checker/soft/certain_signs.hpp"

namespace attest::checker {

/// One network at one length, whose answer on a word is certain: exact where it is not soft, else by an enclosed score
/// of
/// which the sign is seen.
class CertainModel {
  public:
    /// bits    with which a soft model is evaluated first
    /// margin  no score of a soft model may be nearer to 0
    /// Needs   the question outlives this
    CertainModel(Question& question, std::size_t length, long bits, const Rational& margin, Budget& budget);

    /// All words will be asked for, in the order of their symbols.
    void expect_all_words();
    /// Many words will be asked for, in no order.
    void expect_many_words();
    /// One word will be asked for.
    void expect_one_word();

    /// Throws  Defect (word) where the sign of the score is not certain, or the score nearer to 0 than the margin
    bool operator()(const Word& word);

    bool is_soft() const { return signs_.has_value(); }
    /// Needs   a model file that is not soft
    const Instance& exact() const { return *exact_; }
    /// Needs   a soft model. With twice the bits of the one before; asked for in this order
    const SoftInstance& soft(std::size_t k) { return signs_->instance(k); }

  private:
    Question& question_;
    Budget& budget_;
    std::optional<Instance> exact_;
    std::unique_ptr<WholeWords> whole_;  ///< where all words are asked for and whole numbers are for the model
    std::optional<CertainSigns> signs_;
};

}  // namespace attest::checker
