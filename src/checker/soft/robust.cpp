#include "checker/soft/robust.hpp"

#include <cmath>
#include <optional>

#include "checker/kernel/defect.hpp"
#include "checker/network/evaluator.hpp"
#include "checker/question/words.hpp"
#include "checker/soft/soft_evaluator.hpp"
#include "checker/soft/word_scores.hpp"

// A vector v of length at most R moves the score w y + b by w v, which is at most R |w|, and is that for the v along w
// (Cauchy and Schwarz). So the score keeps its sign for all v iff it is further from 0 than R |w|: by squares, without a
// root.

namespace attest::checker {
namespace {

const std::string place = "manifest.json: claim.robust";

/// |w|²: of the one score, or of the difference of the two logits.
Rational square_of_weight(const Readout& readout) {
    std::map<std::size_t, Rational> weight;
    for (const Matrix::Entry& entry : readout.weight.rows[0]) weight[entry.column] += entry.value.rational();
    if (readout.has_classes())
        for (const Matrix::Entry& entry : readout.weight.rows[1]) weight[entry.column] -= entry.value.rational();
    Rational sum;
    for (const auto& entry : weight) sum += entry.second * entry.second;
    return sum;
}

Rational exact_score(const Instance& instance, const Word& word, Budget& budget) {
    const Readout& readout = instance.model->readout;
    const Vector logits = Affine{readout.weight, instance.readout_bias}(final_vector(instance, word, budget), budget);
    if (!readout.has_classes()) return logits[0];
    return readout.accepted[0] ? Rational(logits[0] - logits[1]) : Rational(logits[1] - logits[0]);
}

/// Whether the score, wherever it lies between the ends, is on the side and further from 0 than the root of `reach`.
bool keeps(const Rational& low, const Rational& high, bool positive, const Rational& reach) {
    const Rational nearest = positive ? low : Rational(-high);
    return nearest > 0 && nearest * nearest > reach;
}

/// The opposite, wherever it lies.
bool crosses(const Rational& low, const Rational& high, bool positive, const Rational& reach) {
    const Rational furthest = positive ? high : Rational(-low);
    return furthest <= 0 || furthest * furthest <= reach;
}

void check_all_words(const Manifest& manifest, const Question& question, const Expected& expected,
                     const Rational& reach, Budget& budget) {
    require_all_words(manifest, question);
    const Instance instance = instantiate(*question.model, manifest.claim.length, budget);
    Word word(manifest.claim.length, 0);
    do {
        const Rational score = exact_score(instance, word, budget);
        if (!keeps(score, score, expected(word), reach))
            throw Defect("word " + spell(word, question.alphabet), "its score is not so far from 0");
    } while (advance(word, question.alphabet.size()));
}

struct EndsOfScore {
    Rational low, high;
};

/// Nothing where doubles do not know the model, or say nothing of its score.
std::optional<EndsOfScore> score_in_doubles(const Model& model, const Word& word, Budget& budget) {
    constexpr long bits = 64;
    if (!fits_some_words(model, word.size())) return std::nullopt;
    WordScores scores(instantiate_without_maps(model, word.size(), bits, budget), budget, 1);
    const WordScores::Score found = scores.alone(word);
    if (!(std::abs(found.value) < greatest && found.error < greatest)) return std::nullopt;
    return EndsOfScore{Rational(found.value) - Rational(found.error), Rational(found.value) + Rational(found.error)};
}

/// What is certain of a score, by numbers of 512 bits where it is no rational.
EndsOfScore ends_of_score(const Model& model, const Word& word, Budget& budget) {
    constexpr long bits = 512;
    if (!model.is_soft()) {
        const Rational exact = exact_score(instantiate(model, word.size(), budget), word, budget);
        return {exact, exact};
    }
    const Interval found = score(instantiate(model, word.size(), bits, budget), word, budget);
    if (!found.is_finite()) throw Defect("manifest.json: evidence.word", "its score is not certain");
    return {found.low(), found.high()};
}

void check_word(const Manifest& manifest, const Question& question, const Expected& wanted, const Rational& reach,
                Budget& budget) {
    const std::size_t length = manifest.claim.length;
    const Evidence& evidence = manifest.evidence;
    const Word word = read_word(evidence.word, length, question.alphabet, "manifest.json: evidence.word", budget);
    const bool expected = wanted(word), is_equality = manifest.claim.other.has_value();
    if (expected != evidence.expected_accept)
        throw Defect(is_equality ? "manifest.json: evidence.answers" : "manifest.json: evidence.expected",
                     is_equality ? "the other model does otherwise" : "the language says otherwise");
    if (expected == evidence.actual_accept)
        throw Defect(is_equality ? "manifest.json: evidence.answers" : "manifest.json: evidence.expected",
                     is_equality ? "both models answer the same" : "the language says otherwise");
    if (const auto near = score_in_doubles(*question.model, word, budget);
        near && crosses(near->low, near->high, expected, reach))
        return;
    const EndsOfScore ends = ends_of_score(*question.model, word, budget);
    if (!crosses(ends.low, ends.high, expected, reach))
        throw Defect("manifest.json: evidence.word", "its score does not reach 0");
}

}  // namespace

void check_can_move(const Manifest& manifest, const Question& question) {
    if (!question.model) throw Defect(place, "tables have no vector that is read");
    const std::size_t classes = question.model->readout.classes.size();
    if (classes != 0 && classes != 2) throw Defect(place, "a readout without classes, or with two, was expected");
    if (manifest.evidence.is_refutation())
        throw Defect("manifest.json: evidence.kind", "a refutation does not tell how far scores are from 0");
    if (manifest.evidence.classes)
        throw Defect("manifest.json: evidence.classes", "each word was expected to be evaluated");
}

void check_moves(const Manifest& manifest, const Question& question, const Expected& expected, Budget& budget) {
    const Rational reach = *manifest.claim.robust * *manifest.claim.robust * square_of_weight(question.model->readout);
    const Rational& margin = manifest.evidence.margin;
    switch (manifest.evidence.kind) {
        case Evidence::Kind::enclosure:
            if (margin * margin <= reach) throw Defect(place, "the margin is not so great");
            return;
        case Evidence::Kind::exhaustion: return check_all_words(manifest, question, expected, reach, budget);
        default: return check_word(manifest, question, expected, reach, budget);
    }
}

}  // namespace attest::checker
