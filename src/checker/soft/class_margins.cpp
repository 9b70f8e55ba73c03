#include "checker/soft/class_margins.hpp"

#include <cmath>

#include "checker/kernel/defect.hpp"
#include "checker/soft/soft_evaluator.hpp"

// The margin of a word is the least, over the positions at which the model answers, of the logit of the class that is
// wanted less the greatest of the others. A soft model is right if it is positive, wrong if it is negative; where it is 0
// the order of the classes would decide, and nothing is concluded. As for scores, doubles are asked first where one goes
// through all words, and what they leave open is evaluated in intervals, with as many bits as it takes.

namespace attest::checker {
namespace {

constexpr std::size_t most_tries = 3;

/// The logit of a class less the greatest of the others.
template <typename Number, typename Greater>
Number lead(const std::vector<Number>& logits, std::size_t wanted, Greater greater) {
    std::optional<Number> others;
    for (std::size_t c = 0; c < logits.size(); ++c)
        if (c != wanted) others = others ? greater(*others, logits[c]) : logits[c];
    return logits[wanted] - *others;
}

Interval lead(const Intervals& logits, std::size_t wanted) {
    return lead(logits, wanted, [](const Interval& a, const Interval& b) { return max(a, b); });
}

Rational lead(const Vector& logits, std::size_t wanted) {
    return lead(logits, wanted, [](const Rational& a, const Rational& b) { return a < b ? b : a; });
}

Interval margin_of(const std::vector<Intervals>& logits, const std::vector<std::size_t>& wanted) {
    Interval least = lead(logits[0], wanted[0]);
    for (std::size_t k = 1; k < wanted.size(); ++k) least = min(least, lead(logits[k], wanted[k]));
    return least;
}

Rational margin_of(const std::vector<Vector>& logits, const std::vector<std::size_t>& wanted) {
    Rational least = lead(logits[0], wanted[0]);
    for (std::size_t k = 1; k < wanted.size(); ++k) {
        Rational next = lead(logits[k], wanted[k]);
        if (next < least) least = std::move(next);
    }
    return least;
}

/// Of the greatest number, of several the first.
std::size_t first_greatest(const Vector& numbers) {
    std::size_t best = 0;
    for (std::size_t c = 1; c < numbers.size(); ++c)
        if (numbers[c] > numbers[best]) best = c;
    return best;
}

/// A double that is not below the number.
double from_above(const Rational& number, long bits) {
    const Number near = number_of(Interval(number, bits));
    return near.value + near.radius + 8 * unit * (std::abs(near.value) + near.radius) + 0x1p-1000;
}

}  // namespace

ClassMargins::ClassMargins(const Model& model, const std::vector<Symbol>& alphabet, std::size_t length, long bits,
                           std::optional<Rational> margin, Budget& budget)
    : model_(model),
      alphabet_(alphabet),
      length_(length),
      bits_(bits),
      margin_(std::move(margin)),
      greater_margin_(margin_ ? from_above(*margin_, bits) : -infinite),
      budget_(budget) {
    if (!model.is_soft()) exact_.emplace(instantiate(model, length, budget));
}

const SoftInstance& ClassMargins::instance(std::size_t k) {
    while (k >= instances_.size())
        instances_.push_back(instantiate(model_, length_, bits_ << instances_.size(), budget_));
    return instances_[k];
}

void ClassMargins::expect_all_words() {
    if (exact_ && model_.readout.where != Readout::Where::each) whole_ = WholeWords::make(*exact_, budget_);
    if (!exact_ && has_words(model_))
        words_.emplace(instantiate_without_maps(model_, length_, bits_, budget_), budget_);
}

void ClassMargins::fail(const Word& word, const std::string& reason) const {
    throw Defect("word " + spell(word, alphabet_), reason);
}

ClassMargins::Logits ClassMargins::exact_logits(const Word& word) {
    if (whole_) return {whole_->logits(word)};
    const Affine map{model_.readout.weight, exact_->readout_bias};
    Logits logits;
    if (model_.readout.where != Readout::Where::each) return {map(final_vector(*exact_, word, budget_), budget_)};
    for (const Vector& y : final_vectors(*exact_, word, budget_)) logits.push_back(map(y, budget_));
    return logits;
}

bool ClassMargins::is_right_exactly(const Word& word, const Classes& wanted) {
    const Logits logits = exact_logits(word);
    for (const Vector& each : logits)
        for (const Rational& logit : each) budget_.arithmetic(4 * digits_of(logit));
    if (margin_ && margin_of(logits, wanted) < *margin_) fail(word, "its margin is less than " + margin_->get_str());
    for (std::size_t k = 0; k < wanted.size(); ++k)
        if (first_greatest(logits[k]) != wanted[k]) return false;
    return true;
}

/// The true margin is no further from the value than the error; what is subtracted is rounded to the nearest double, so
/// where it comes out greater than a double it is at least that one.
std::optional<bool> ClassMargins::in_doubles(const Word& word, const Classes& wanted) {
    constexpr double not_zero = 0x1p-1000;
    for (const bool alone : {false, true}) {
        const WordScores::Score found = alone ? words_->alone(word, wanted) : (*words_)(word, wanted);
        const bool certain = std::abs(found.value) - found.error > not_zero;
        if (certain && (!margin_ || found.value - found.error > greater_margin_)) return found.value > 0;
    }
    return std::nullopt;
}

std::optional<bool> ClassMargins::in_intervals(const Word& word, const Classes& wanted, std::size_t k) {
    const Interval margin = margin_of(all_logits(instance(k), word, budget_), wanted);
    if (margin.holds_zero() || (margin_ && margin.low() < *margin_)) return std::nullopt;
    return margin.is_positive();
}

bool ClassMargins::is_right(const Word& word, const Classes& wanted) {
    if (exact_) return is_right_exactly(word, wanted);
    if (words_)
        if (const std::optional<bool> right = in_doubles(word, wanted)) return *right;
    for (std::size_t k = 0; k < most_tries; ++k)
        if (const std::optional<bool> right = in_intervals(word, wanted, k)) return *right;
    fail(word, "its margin is not certain" + (margin_ ? ", or less than " + margin_->get_str() : std::string()));
}

void ClassMargins::require_at_most(const Word& word, const Classes& wanted, const Rational& most,
                                   const std::string& place) {
    bool holds = exact_ && margin_of(exact_logits(word), wanted) <= most;
    for (std::size_t k = 0; k < most_tries && !exact_ && !holds; ++k) {
        const Interval margin = margin_of(all_logits(instance(k), word, budget_), wanted);
        holds = margin.is_finite() && margin.high() <= most;
    }
    if (!holds) throw Defect(place, "the margin of this word is not certainly at most " + most.get_str());
}

ClassMargins::Classes ClassMargins::leading(const Word& word, std::size_t positions) {
    if (words_) return words_->leading(word, positions);
    Classes classes;
    if (exact_)
        for (const Vector& logits : exact_logits(word)) classes.push_back(first_greatest(logits));
    for (std::size_t k = 0; k < positions && !exact_; ++k) classes.push_back(answer(word, k));
    return classes;
}

std::size_t ClassMargins::answer(const Word& word, std::size_t k) {
    if (exact_) return first_greatest(exact_logits(word)[k]);
    for (std::size_t t = 0; t < most_tries; ++t) {
        const Intervals logits = all_logits(instance(t), word, budget_)[k];
        for (std::size_t c = 0; c < logits.size(); ++c)
            if (lead(logits, c).is_positive()) return c;
    }
    fail(word, "its class is not certain");
}

}  // namespace attest::checker
