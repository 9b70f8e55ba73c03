#include "checker/soft/invariance.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 16: the words are gone through in blocks that agree outside of the positions, so that each is held
// against the first of its block and none is kept.

namespace attest::checker {
namespace {

/// The next word in the symbols at some positions, from 1; false after the last, which is followed by the first.
bool advance_at(Word& word, const std::vector<std::size_t>& positions, std::size_t symbols) {
    for (auto p = positions.rbegin(); p != positions.rend(); ++p) {
        if (++word[*p - 1] < symbols) return true;
        word[*p - 1] = 0;
    }
    return false;
}

std::vector<std::size_t> others(const std::vector<std::size_t>& positions, std::size_t length) {
    std::vector<std::size_t> rest;
    for (std::size_t p = 1; p <= length; ++p)
        if (!std::binary_search(positions.begin(), positions.end(), p)) rest.push_back(p);
    return rest;
}

}  // namespace

/// for all w, w' in Σ^N with w_i = w'_i for all i not in positions: model(w) = model(w')
void check_invariance(const Manifest& manifest, const Question& question, CertainModel& model, Budget& budget) {
    require_all_words(manifest, question);
    const std::size_t length = manifest.claim.length, symbols = question.alphabet.size();
    budget.memory(32 * length);
    const std::vector<std::size_t>& positions = *manifest.claim.invariant;
    const std::vector<std::size_t> rest = others(positions, length);
    Word word(length, 0);
    do {
        const bool answer = model(word);
        while (advance_at(word, positions, symbols))
            if (model(word) != answer)
                throw Defect("word " + spell(word, question.alphabet),
                             "another answer than with other symbols at the positions");
    } while (advance_at(word, rest, symbols));
}

/// w_i = w'_i for all i not in positions; model(w) = x; model(w') = x'; x != x'
void check_pair_of_words(const Manifest& manifest, const Question& question, CertainModel& model, Budget& budget) {
    const Evidence& evidence = manifest.evidence;
    const std::string place = "manifest.json: evidence.words", answers = "manifest.json: evidence.answers";
    const std::size_t length = manifest.claim.length;
    const Word one = read_word(evidence.pair->first, length, question.alphabet, place, budget);
    const Word two = read_word(evidence.pair->second, length, question.alphabet, place, budget);
    for (const std::size_t p : others(*manifest.claim.invariant, length))
        if (one[p - 1] != two[p - 1]) throw Defect(place, "the words differ at position " + std::to_string(p));
    if (model(one) != evidence.actual_accept || model(two) != evidence.expected_accept)
        throw Defect(answers, "the model does otherwise");
    if (evidence.actual_accept == evidence.expected_accept) throw Defect(answers, "the answers are the same");
}

}  // namespace attest::checker
