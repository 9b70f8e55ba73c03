#include "checker/soft/equality.hpp"

#include "checker/kernel/defect.hpp"
#include "checker/soft/counts.hpp"

namespace attest::checker {

/// for all w in Σ^N: model(w) = other(w′)
void check_same_on_all_words(const Manifest& manifest, const TwoModels& two, CertainModel& model, CertainModel& other,
                             Budget& budget) {
    const std::size_t symbols = two.model.alphabet.size();
    budget.memory(16 * manifest.claim.length);
    Classes classes;
    if (manifest.evidence.classes) {
        classes = read_classes(manifest, budget);
        if (manifest.evidence.words != count_choices(classes, symbols))
            throw Defect("manifest.json: evidence.words", "it is not the number of choices of counts");
        check_model_by_counts(model.soft(0), classes, budget);
        check_model_by_counts(other.soft(0), classes, budget);
    } else {
        require_all_words(manifest, two.model);
        model.expect_all_words();
        other.expect_all_words();
    }
    Word word(manifest.claim.length, 0);
    do
        if (model(word) != other(read_by_other(two, word)))
            throw Defect("word " + spell(word, two.model.alphabet), "one model accepts it, the other rejects it");
    while (manifest.evidence.classes ? advance(word, classes, symbols) : advance(word, symbols));
}

/// |w| = N; model(w) = x; other(w′) = x′; x ≠ x′
void check_two_answers(const Manifest& manifest, const TwoModels& two, CertainModel& model, CertainModel& other,
                       Budget& budget) {
    const Evidence& evidence = manifest.evidence;
    const std::string place = "manifest.json: evidence.answers";
    const Word word =
        read_word(evidence.word, manifest.claim.length, two.model.alphabet, "manifest.json: evidence.word", budget);
    model.expect_one_word();
    other.expect_one_word();
    if (model(word) != evidence.actual_accept) throw Defect(place, "the model does otherwise");
    if (other(read_by_other(two, word)) != evidence.expected_accept)
        throw Defect(place, "the other model does otherwise");
    if (evidence.actual_accept == evidence.expected_accept) throw Defect(place, "both models answer the same");
}

}  // namespace attest::checker
