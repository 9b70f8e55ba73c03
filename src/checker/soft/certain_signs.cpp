#include "checker/soft/certain_signs.hpp"

#include <cmath>

#include "checker/kernel/defect.hpp"
#include "checker/soft/soft_evaluator.hpp"

// What is concluded of a word rests on an enclosure of its score, whichever of the two it is: the doubles' value and
// error, or an interval. Where doubles leave a word open nothing is concluded from them; so they decide how long a
// check takes, and not what it says.

namespace attest::checker {

CertainSigns::CertainSigns(const Model& model, const std::vector<Symbol>& alphabet, std::size_t length, long bits,
                           Rational margin, Budget& budget)
    : model_(model),
      alphabet_(alphabet),
      length_(length),
      bits_(bits),
      margin_(std::move(margin)),
      greater_margin_(number_of(Interval(margin_, bits)).value * (1 + 4 * unit) + 0x1p-1000),
      budget_(budget) {}

const SoftInstance& CertainSigns::instance(std::size_t k) {
    if (k == instances_.size()) instances_.push_back(instantiate(model_, length_, bits_ << k, budget_));
    return instances_[k];
}

void CertainSigns::expect_all_words() {
    if (fits_doubles(model_)) scores_.emplace(instantiate_without_maps(model_, length_, bits_, budget_), budget_);
}

void CertainSigns::expect_many_words() {
    if (fits_some_words(model_, length_))
        scores_.emplace(instantiate_without_maps(model_, length_, bits_, budget_), budget_, tile);
}

void CertainSigns::expect_one_word() {
    constexpr long bits = 64;
    if (fits_some_words(model_, length_))
        scores_.emplace(instantiate_without_maps(model_, length_, bits, budget_), budget_, 1);
}

/// A score of 0 is rejected; between classes it leaves the answer to their order, and is not certain.
bool CertainSigns::is_beyond(const Interval& value) const {
    if (value.is_positive()) return value.low() >= margin_;
    if (value.is_negative()) return -value.high() >= margin_;
    return value.is_zero() && margin_ == 0 && !model_.readout.has_classes();
}

/// The true score is at least |value| - error from 0, on the side of the value, if that is positive. The difference is
/// rounded to the nearest double: where it comes out greater than one, it is at least this one.
bool CertainSigns::is_beyond(const WordScores::Score& score) const {
    return std::abs(score.value) - score.error > greater_margin_;
}

std::optional<bool> CertainSigns::in_doubles(const Word& word) {
    WordScores::Score score = (*scores_)(word);
    if (!is_beyond(score)) score = scores_->alone(word);
    if (!is_beyond(score)) return std::nullopt;
    return score.value > 0;
}

bool CertainSigns::operator()(const Word& word) {
    if (scores_)
        if (const std::optional<bool> accepted = in_doubles(word)) return *accepted;
    constexpr std::size_t most_tries = 3;
    ++left_;
    for (std::size_t k = 0; k < most_tries; ++k) {
        const Interval value = score(instance(k), word, budget_);
        if (is_beyond(value)) return value.is_positive();
    }
    throw Defect("word " + spell(word, alphabet_),
                 "its score is not certain, or nearer to 0 than " + margin_.get_str());
}

}  // namespace attest::checker
