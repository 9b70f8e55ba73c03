#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "checker/core/rational.hpp"
#include "checker/network/evaluator.hpp"
#include "checker/network/whole_words.hpp"
#include "checker/question/words.hpp"
#include "checker/soft/word_logits.hpp"

namespace attest::checker {

/// Whether a model gives the classes that a task asks for, on words of one length (FORMAT.md section 20): exactly, or, of
/// a soft model, by margins whose sign is certain.
class ClassMargins {
  public:
    using Classes = std::vector<std::size_t>;  ///< for each position at which the model answers

    /// bits    with which a soft model is evaluated first
    /// margin  no word may have a less one; none: nothing is said
    /// Needs   a model of two classes or more; model and alphabet outlive this
    ClassMargins(const Model& model, const std::vector<Symbol>& alphabet, std::size_t length, long bits,
                 std::optional<Rational> margin, Budget& budget);

    /// All words will be asked for, in the order of their symbols.
    void expect_all_words();
    /// Throws  Defect (word) where the sign of the margin is not certain, or the margin too small
    bool is_right(const Word& word, const Classes& wanted);
    /// Throws  Defect (place) unless the margin is certainly at most so
    void require_at_most(const Word& word, const Classes& wanted, const Rational& most, const std::string& place);
    /// The classes that the model gives at so many positions; of a soft model those that seem to lead, which `is_right` can
    /// tell for certain.
    Classes leading(const Word& word, std::size_t positions);
    /// The class that the model gives at the k-th of these positions, from 0.
    /// Throws  Defect (word) where it is not certain
    std::size_t answer(const Word& word, std::size_t k);

  private:
    using Logits = std::vector<Vector>;

    bool is_right_exactly(const Word& word, const Classes& wanted);
    std::optional<bool> in_doubles(const Word& word, const Classes& wanted);
    std::optional<bool> in_intervals(const Word& word, const Classes& wanted, std::size_t k);
    Logits exact_logits(const Word& word);
    const SoftInstance& instance(std::size_t k);
    [[noreturn]] void fail(const Word& word, const std::string& reason) const;

    const Model& model_;
    const std::vector<Symbol>& alphabet_;
    std::size_t length_;
    long bits_;
    std::optional<Rational> margin_;
    double greater_margin_;  ///< at least the margin
    Budget& budget_;
    std::optional<Instance> exact_;
    std::unique_ptr<WholeWords> whole_;  ///< of exact_, where one goes through all words
    std::deque<SoftInstance> instances_;
    std::optional<WordLogits> words_;
};

}  // namespace attest::checker
