#include "checker/soft/enclosure.hpp"

#include "checker/kernel/defect.hpp"
#include "checker/question/words.hpp"
#include "checker/soft/certain_signs.hpp"
#include "checker/soft/counts.hpp"

// Obligation `enclosure` (FORMAT.md section 12). A score is judged only where its enclosure lies on one side of 0.

namespace attest::checker {

/// for all w in Σ^N: (score(w) > 0 ⇔ map(w) ∈ L) and |score(w)| >= margin; where only counts matter, one word for all
/// with its counts
void check_enclosure(const Manifest& manifest, const Question& question, Budget& budget) {
    const Evidence& evidence = manifest.evidence;
    const std::size_t length = manifest.claim.length, symbols = question.alphabet.size();
    budget.memory(8 * length);
    CertainSigns accepts(*question.model, question.alphabet, length, evidence.bits, evidence.margin, budget);
    Classes classes;
    if (evidence.classes) {
        classes = read_classes(manifest, budget);
        if (evidence.words != count_choices(classes, symbols))
            throw Defect("manifest.json: evidence.words", "it is not the number of choices of counts");
        check_language_by_counts(question, length, classes, budget);
        check_model_by_counts(accepts.instance(0), classes, budget);
    } else {
        require_all_words(manifest, question);
        accepts.expect_all_words();
    }
    Word word(length, 0);
    do require_right(question, word, accepts(word), budget);
    while (evidence.classes ? advance(word, classes, symbols) : advance(word, symbols));
}

bool accepts_softly(const Question& question, std::size_t length, const Word& word, Budget& budget) {
    constexpr long first_bits = 256;
    CertainSigns accepts(*question.model, question.alphabet, length, first_bits, 0, budget);
    accepts.expect_one_word();
    return accepts(word);
}

}  // namespace attest::checker
