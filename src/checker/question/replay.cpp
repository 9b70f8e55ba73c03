#include "checker/question/replay.hpp"

#include "checker/kernel/defect.hpp"
#include "checker/question/words.hpp"

// FORMAT.md, section 2, obligations `exhaustion` and `witness`: claims proved or refuted by evaluating the definition,
// word by word. No circuit and no solver stands between.

namespace attest::checker {

std::size_t symbol_number(std::string_view symbol, const std::map<std::string_view, std::size_t>& numbers,
                          const std::string& place) {
    const auto found = numbers.find(symbol);
    if (found == numbers.end()) throw Defect(place, "'" + std::string(symbol) + "' is not in the model's alphabet");
    return found->second;
}

/// A word and an alphabet may both have millions of symbols: the alphabet is gone through once.
Word read_word(const std::string& text, const std::vector<Symbol>& alphabet, const std::string& place, Budget& budget) {
    const auto numbers = numbers_by_symbol(alphabet);
    Word word;
    for (const std::string_view symbol : symbols_of(text, alphabet, budget)) {
        budget.step(32);
        word.push_back(symbol_number(symbol, numbers, place));
    }
    return word;
}

Word read_word(const std::string& text, std::size_t length, const std::vector<Symbol>& alphabet,
               const std::string& place, Budget& budget) {
    Word word = read_word(text, alphabet, place, budget);
    if (word.size() != length)
        throw Defect(
            place, "the word has " + std::to_string(word.size()) + " symbols, the length is " + std::to_string(length));
    return word;
}

/// By the definition, but for regular expressions, whose automaton takes a step a symbol.
bool in_language(const Question& question, const Word& word, Budget& budget) {
    Word mapped;
    mapped.reserve(word.size());
    for (const std::size_t a : word) mapped.push_back(question.letters[a]);
    const Language& language = question.language;
    if (!language.regex || !language.automaton) return language.contains(mapped, budget);
    budget.step(mapped.size());
    return language.automaton->accepts(mapped);
}

bool advance(Word& word, std::size_t symbols) {
    for (std::size_t i = word.size(); i-- > 0;) {
        if (++word[i] < symbols) return true;
        word[i] = 0;
    }
    return false;
}

void require_all_words(const Manifest& manifest, const Question& question) {
    constexpr std::uint64_t most = std::uint64_t{1} << 22;
    const std::size_t symbols = question.alphabet.size();
    std::uint64_t count = 1;
    for (std::size_t i = 0; i < manifest.claim.length && symbols > 1; ++i) {
        count *= symbols;
        if (count > most) throw Defect("manifest.json: evidence.words", "there are more than 2^22 words");
    }
    if (manifest.evidence.words != count)
        throw Defect("manifest.json: evidence.words", "there are " + std::to_string(count) + " words of this length");
}

void require_right(const Question& question, const Word& word, bool accepted, Budget& budget) {
    if (accepted != in_language(question, word, budget))
        throw Defect("word " + spell(word, question.alphabet),
                     accepted ? "the model accepts it, but it is not in the language"
                              : "the model rejects it, but it is in the language");
}

/// for all w in Σ^N: model(w) accepts ⇔ map(w) ∈ L
void check_exhaustion(const Manifest& manifest, const Question& question, const Acceptance& accepts, Budget& budget) {
    require_all_words(manifest, question);
    budget.memory(8 * manifest.claim.length);
    Word word(manifest.claim.length, 0);
    do require_right(question, word, accepts(word), budget);
    while (advance(word, question.alphabet.size()));
}

/// |word| = N; model(word) = actual; [map(word) ∈ L] = expected; actual ≠ expected
void check_witness(const Manifest& manifest, const Question& question, const Acceptance& accepts, Budget& budget) {
    const std::string place = "manifest.json: evidence";
    const Word word =
        read_word(manifest.evidence.word, manifest.claim.length, question.alphabet, place + ".word", budget);
    if (accepts(word) != manifest.evidence.actual_accept) throw Defect(place + ".actual", "the model does otherwise");
    if (in_language(question, word, budget) != manifest.evidence.expected_accept)
        throw Defect(place + ".expected", "the language says otherwise");
    if (manifest.evidence.actual_accept == manifest.evidence.expected_accept)
        throw Defect(place, "the model does what is expected");
}

}  // namespace attest::checker
