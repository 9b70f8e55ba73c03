// Margins of classes: rational numbers where the model has them, of many words at a time where whole numbers serve; else
// many words at a time in doubles, with an interval around each margin, and balls of as many bits as it takes for a word
// whose sign that interval leaves open. Where two logits are level and the model is no exact one, nothing is said: the
// order of the classes would decide.

#include "class_margins.hpp"

#include <algorithm>

#include "attest/network/evaluate.hpp"
#include "attest/soft/judge.hpp"
#include "network/words/exact_words.hpp"
#include "soft/word_logits.hpp"

namespace attest::task {

namespace {

using Classes = std::vector<std::size_t>;

/// The logit of a class less the greatest of the others.
template <typename Number>
Number lead(const std::vector<Number>& logits, std::size_t of_class) {
    using std::max;  // a ball has its own
    std::optional<Number> others;
    for (std::size_t c = 0; c < logits.size(); ++c)
        if (c != of_class) others = others ? Number(max(*others, logits[c])) : logits[c];
    return Number(logits[of_class] - *others);
}

class ExactMargins : public ClassMargins {
  public:
    ExactMargins(const network::Transformer& model, std::int64_t length)
        : evaluator_(model, length), together_(network::ExactWords::make(model, length)) {}

    std::optional<Margin> next(const language::Word& word, const Classes& wanted, const base::Limits& limits) override {
        if (limits.exceeded()) return std::nullopt;
        const network::Answers answers = answer(word);
        Margin margin;
        margin.is_right = answers.classes == wanted;
        for (std::size_t k = 0; k < wanted.size(); ++k) {
            const exact::Rational found = lead(answers.logits[k], wanted[k]);
            if (k == 0 || found < margin.least) margin.least = margin.most = found;
        }
        return margin;
    }
    std::optional<Classes> leading(const language::Word& word) override { return answer(word).classes; }
    std::optional<Classes> replay(const language::Word& word, const base::Limits&) override {
        return evaluator_.answer(word).classes;
    }

  private:
    network::Answers answer(const language::Word& word) {
        if (!together_) return evaluator_.answer(word);
        network::Answers answers;
        answers.logits.push_back(together_->logits(word));
        const exact::Vector& logits = answers.logits.front();
        answers.classes.push_back(
            static_cast<std::size_t>(std::max_element(logits.begin(), logits.end()) - logits.begin()));
        return answers;
    }

    network::Evaluator evaluator_;
    std::optional<network::ExactWords> together_;  ///< where words come in order, much faster
};

class SoftMargins : public ClassMargins {
  public:
    SoftMargins(const network::Transformer& model, std::int64_t length)
        : symbols_(model.alphabet.size()),
          classes_(model.readout.classes->names.size()),
          places_(model.readout.reading == network::Readout::Reading::each ? static_cast<std::size_t>(length) : 1),
          judge_(model, length) {
        (void)judge_.evaluator(soft::Precision().first);  // mistakes of the model are told as ever
        if (soft::supports_logits(model)) together_.emplace(model, length);
    }

    std::optional<Margin> next(const language::Word& word, const Classes& wanted, const base::Limits& limits) override {
        if (together_)
            if (auto found = in_doubles(word, wanted)) return found;
        return in_balls(word, wanted, limits);
    }
    std::optional<Classes> leading(const language::Word& word) override {
        if (!together_) return std::nullopt;
        const std::size_t index = run(word);
        Classes leading;
        for (std::size_t k = 0; k < places_; ++k)
            for (std::size_t c = 0; c < classes_ && leading.size() == k; ++c)
                if (together_->lead(index, k, c).lo > 0) leading.push_back(c);
        return leading.size() == places_ ? std::optional(leading) : std::nullopt;
    }
    std::optional<Classes> replay(const language::Word& word, const base::Limits& limits) override {
        const soft::Classification found = judge_.classify(word, limits);
        if (!found.is_certain()) return std::nullopt;
        Classes classes;
        for (const auto& c : found.classes) classes.push_back(*c);
        return classes;
    }

  private:
    /// Evaluates the word, with all that begin as it does. Gives its number among these.
    std::size_t run(const language::Word& word) {
        const auto cut = word.end() - together_->free_symbols();
        const language::Word prefix(word.begin(), cut);
        if (prefix_ != prefix) together_->run(prefix), prefix_ = prefix;
        std::size_t index = 0;
        for (auto symbol = cut; symbol != word.end(); ++symbol) index = index * symbols_ + *symbol;
        return index;
    }

    std::optional<Margin> in_doubles(const language::Word& word, const Classes& wanted) {
        const std::size_t index = run(word);
        exact::Interval least{exact::infinity, exact::infinity};
        for (std::size_t k = 0; k < wanted.size(); ++k) {
            const exact::Interval found = together_->lead(index, k, wanted[k]);
            least = {std::min(least.lo, found.lo), std::min(least.hi, found.hi)};
        }
        if (!least.is_finite() || (!(least.lo > 0) && !(least.hi < 0))) return std::nullopt;
        return Margin{least.lo > 0, exact::Rational(least.lo), exact::Rational(least.hi), soft::Precision().first,
                      false};
    }

    std::optional<Margin> in_balls(const language::Word& word, const Classes& wanted, const base::Limits& limits) {
        const soft::Precision& precision = judge_.precision();
        for (long bits = precision.first; bits <= precision.greatest; bits *= 2) {
            if (limits.exceeded()) return std::nullopt;
            const std::vector<exact::BallVector> logits = judge_.evaluator(bits).answer(word);
            exact::Ball least = lead(logits[0], wanted[0]);
            for (std::size_t k = 1; k < wanted.size(); ++k) least = min(least, lead(logits[k], wanted[k]));
            if (!least.is_finite() || least.contains_zero()) continue;
            return Margin{least.sign() == exact::Sign::positive, least.lower(), least.upper(), bits, true};
        }
        return std::nullopt;
    }

    std::size_t symbols_, classes_, places_;
    soft::Judge judge_;
    std::optional<soft::WordLogits> together_;
    std::optional<language::Word> prefix_;  ///< that together_ has run
};

}  // namespace

std::unique_ptr<ClassMargins> ClassMargins::make(const network::Transformer& model, std::int64_t length) {
    if (model.kind() == network::AttentionKind::softmax) return std::make_unique<SoftMargins>(model, length);
    return std::make_unique<ExactMargins>(model, length);
}

}  // namespace attest::task
