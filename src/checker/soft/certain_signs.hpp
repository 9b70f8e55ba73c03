#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "checker/core/rational.hpp"
#include "checker/kernel/budget.hpp"
#include "checker/question/words.hpp"
#include "checker/soft/soft_instance.hpp"
#include "checker/soft/word_scores.hpp"

namespace attest::checker {

/// Whether a softmax model accepts words of one length, by scores whose sign is certain.
///
/// Where one goes through all words: in doubles, a word with those that begin alike, and if that leaves it open, alone.
/// Else in intervals, with as many bits as it takes: with b, 2 b and 4 b. More bits can only narrow an interval, so
/// what is accepted does not depend on where one begins.
class CertainSigns {
  public:
    /// bits    with which it is evaluated first
    /// margin  no score may be nearer to 0
    /// Needs   model and alphabet outlive this
    CertainSigns(const Model& model, const std::vector<Symbol>& alphabet, std::size_t length, long bits,
                 Rational margin, Budget& budget);

    /// All words will be asked for, in the order of their symbols.
    void expect_all_words();
    /// Many words will be asked for, in no order: no more are evaluated together than take as long as one.
    void expect_many_words();
    /// One word will be asked for, or few, in no order.
    void expect_one_word();
    /// Throws  Defect (word) where the sign of the score is not certain, or the score nearer to 0 than the margin
    bool operator()(const Word& word);
    /// With twice the bits of the one before; asked for in this order.
    const SoftInstance& instance(std::size_t k);
    /// How many words were left to intervals.
    std::uint64_t left_to_intervals() const { return left_; }

  private:
    std::optional<bool> in_doubles(const Word& word);
    bool is_beyond(const Interval& value) const;
    bool is_beyond(const WordScores::Score& score) const;

    const Model& model_;
    const std::vector<Symbol>& alphabet_;
    std::size_t length_;
    long bits_;
    Rational margin_;
    double greater_margin_;  ///< at least the margin
    Budget& budget_;
    std::deque<SoftInstance> instances_;
    std::optional<WordScores> scores_;
    std::uint64_t left_ = 0;
};

}  // namespace attest::checker
