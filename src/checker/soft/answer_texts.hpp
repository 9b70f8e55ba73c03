#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/question/question.hpp"
#include "checker/question/words.hpp"
#include "checker/soft/class_margins.hpp"

namespace attest::checker {

/// The texts that a network answers on words of one length (FORMAT.md section 42): a program exactly, a model the names of
/// its classes, a soft one with certainty.
class AnswerTexts {
  public:
    /// bits    with which a soft model is evaluated first
    /// margin  no logit of a class that a soft model answers leads by less; none: nothing is said
    /// Needs   a program, or a model of two classes or more; the question outlives this
    AnswerTexts(Question& question, std::size_t length, long bits, const std::optional<Rational>& margin,
                Budget& budget);

    bool is_soft() const { return question_.model && question_.model->is_soft(); }
    /// Whether each position of the word has an answer; else there is one.
    bool is_each() const;
    /// All words will be asked for, in the order of their symbols.
    void expect_all_words();

    /// Throws  Defect (word) where an answer of a soft model is not certain, or its lead is less than the margin
    std::vector<std::string> operator()(const Word& word);
    /// Throws  Defect (word) unless these are its answers, likewise
    void require(const Word& word, const std::vector<std::string>& texts);

    /// One of them, at the k-th of the positions that are answered, from 0.
    std::string answer(const Word& word, std::size_t k);

  private:
    [[noreturn]] void fail(const Word& word) const;

    Question& question_;
    std::size_t length_;
    Budget& budget_;
    std::map<std::string, std::size_t> classes_;  ///< of a model
    std::optional<ClassMargins> margins_;
};

}  // namespace attest::checker
