#include "checker/soft/accuracy.hpp"

#include <gmpxx.h>

#include <set>

#include "checker/kernel/defect.hpp"
#include "checker/soft/counts.hpp"

namespace attest::checker {
namespace {

/// How many words have the counts of this one: for each class size! / Π count!.
mpz_class ways(const Word& word, const Classes& classes, std::size_t symbols) {
    mpz_class product = 1;
    for (const auto& positions : classes) {
        std::vector<unsigned long> counts(symbols, 0);
        for (const std::size_t p : positions) ++counts[word[p]];
        unsigned long left = positions.size();
        for (const unsigned long count : counts) {
            mpz_class choices;
            mpz_bin_uiui(choices.get_mpz_t(), left, count);
            product *= choices;
            left -= count;
        }
    }
    return product;
}

Classes classes_of(const Manifest& manifest, const Question& question, CertainModel& model, Budget& budget) {
    Classes classes = read_classes(manifest, budget);
    if (manifest.evidence.words != count_choices(classes, question.alphabet.size()))
        throw Defect("manifest.json: evidence.words", "it is not the number of choices of counts");
    check_language_by_counts(question, manifest.claim.length, classes, budget);
    check_model_by_counts(model.soft(0), classes, budget);
    return classes;
}

void require_count(const Claim& claim, const mpz_class& found) {
    const std::string digits = found.get_str();
    if (digits != *claim.wrong) throw Defect("manifest.json: claim.wrong", "it is wrong on " + digits + " words");
}

}  // namespace

/// |{w in Σ^N : not (model(w) accepts ⇔ map(w) ∈ L)}| = wrong
void check_count_of_mistakes(const Manifest& manifest, const Question& question, CertainModel& model, Budget& budget) {
    const std::size_t length = manifest.claim.length, symbols = question.alphabet.size();
    const bool by_counts = manifest.evidence.classes.has_value();
    budget.memory(16 * length);
    Classes classes;
    if (by_counts) classes = classes_of(manifest, question, model, budget);
    else require_all_words(manifest, question), model.expect_all_words();
    mpz_class found = 0;
    Word word(length, 0);
    do {
        if (by_counts) budget.step(100 * symbols * (length + classes.size()));
        if (model(word) != in_language(question, word, budget))
            found += by_counts ? ways(word, classes, symbols) : mpz_class(1);
    } while (by_counts ? advance(word, classes, symbols) : advance(word, symbols));
    require_count(manifest.claim, found);
}

std::vector<Word> check_listed_mistakes(const Manifest& manifest, const Question& question, CertainModel& model,
                                        Budget& budget) {
    const std::string place = "manifest.json: evidence.mistakes";
    std::vector<Word> words;
    std::set<Word> known;
    for (const std::string& text : *manifest.evidence.mistakes) {
        budget.memory(100 + 16 * manifest.claim.length);
        words.push_back(read_word(text, manifest.claim.length, question.alphabet, place, budget));
        if (!known.insert(words.back()).second) throw Defect(place, "\"" + text + "\" is listed twice");
        if (model(words.back()) == in_language(question, words.back(), budget))
            throw Defect(place, "\"" + text + "\" is no mistake");
    }
    require_count(manifest.claim, mpz_class(static_cast<unsigned long>(words.size())));
    return words;
}

}  // namespace attest::checker
