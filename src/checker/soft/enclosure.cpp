#include "checker/soft/enclosure.hpp"

#include "checker/kernel/defect.hpp"
#include "checker/question/words.hpp"
#include "checker/soft/counts.hpp"
#include "checker/soft/soft_evaluator.hpp"

// Obligation `enclosure` (FORMAT.md section 12). A score is judged only where its interval lies on one side of 0; where
// it does not, the word is evaluated again with twice the bits, then four times. More bits can only narrow an interval,
// so what is accepted does not depend on where one begins.

namespace attest::checker {
namespace {

/// Scores of one model at one length, with as many bits as it takes to see a sign.
class Scores {
  public:
    Scores(const Question& question, std::size_t length, long bits, Budget& budget)
        : question_(question),
          length_(length),
          bits_(bits),
          has_classes_(question.model->readout.has_classes()),
          budget_(budget) {}

    /// A score that is positive, negative or 0, and at least `margin` from 0.
    Interval certain(const Word& word, const Rational& margin) {
        for (std::size_t k = 0; k < 3; ++k) {
            Interval value = score(instance(k), word, budget_);
            if (is_beyond(value, margin)) return value;
        }
        throw Defect("word " + spell(word, question_.alphabet),
                     "its score is not certain, or nearer to 0 than " + margin.get_str());
    }

    /// With twice the bits of the one before; made in this order.
    const SoftInstance& instance(std::size_t k) {
        if (k == instances_.size()) instances_.push_back(instantiate(*question_.model, length_, bits_ << k, budget_));
        return instances_[k];
    }

  private:
    /// A score of 0 is rejected; between classes it leaves the answer to their order, and is not certain.
    bool is_beyond(const Interval& value, const Rational& margin) const {
        if (value.is_positive()) return value.low() >= margin;
        if (value.is_negative()) return -value.high() >= margin;
        return value.is_zero() && margin == 0 && !has_classes_;
    }

    const Question& question_;
    std::size_t length_;
    long bits_;
    bool has_classes_;
    Budget& budget_;
    std::vector<SoftInstance> instances_;
};

}  // namespace

/// for all w in Σ^N: (score(w) > 0 ⇔ map(w) ∈ L) and |score(w)| >= margin; where only counts matter, one word for all
/// with its counts
void check_enclosure(const Manifest& manifest, const Question& question, Budget& budget) {
    const Evidence& evidence = manifest.evidence;
    const std::size_t length = manifest.claim.length, symbols = question.alphabet.size();
    budget.memory(8 * length);
    Scores scores(question, length, evidence.bits, budget);
    Classes classes;
    if (evidence.classes) {
        classes = read_classes(manifest, budget);
        if (evidence.words != count_choices(classes, symbols))
            throw Defect("manifest.json: evidence.words", "it is not the number of choices of counts");
        check_language_by_counts(question, length, classes, budget);
        check_model_by_counts(scores.instance(0), classes, budget);
    } else {
        require_all_words(manifest, question);
    }
    Word word(length, 0);
    do require_right(question, word, scores.certain(word, evidence.margin).is_positive(), budget);
    while (evidence.classes ? advance(word, classes, symbols) : advance(word, symbols));
}

bool accepts_softly(const Question& question, std::size_t length, const Word& word, Budget& budget) {
    constexpr long first_bits = 256;
    return Scores(question, length, first_bits, budget).certain(word, 0).is_positive();
}

}  // namespace attest::checker
