#include "checker/translation/restriction.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"
#include "checker/question/words.hpp"

// FORMAT.md, section 10: a restriction settles the answer if all words that agree with it get it. That fewer positions
// never do is shown by a list of words: if every choice of symbols at every choice of k - 1 positions occurs in it with
// both answers, no restriction of k - 1 settles anything.

namespace attest::checker {
namespace {

const std::string claim_place = "manifest.json: claim";
const std::string evidence_place = "manifest.json: evidence";

bool agrees(const Word& word, const Fixed& fixed) {
    for (std::size_t i = 0; i < word.size(); ++i)
        if (fixed[i] && *fixed[i] != word[i]) return false;
    return true;
}

std::size_t count_fixed(const Fixed& fixed) {
    return static_cast<std::size_t>(
        std::count_if(fixed.begin(), fixed.end(), [](const auto& symbol) { return symbol.has_value(); }));
}

/// base^exponent; refused at the place where it is more than 2^22.
std::uint64_t bounded_power(std::size_t base, std::size_t exponent, const std::string& place) {
    constexpr std::uint64_t most = std::uint64_t{1} << 22;
    std::uint64_t power = 1;
    for (std::size_t k = 0; k < exponent && base > 1; ++k) {
        power *= base;
        if (power > most) throw Defect(place, "there are more than 2^22");
    }
    return power;
}

void check_count(const Evidence& evidence, std::uint64_t words) {
    if (evidence.words != words)
        throw Defect(evidence_place + ".words", "there are " + std::to_string(words) + " words to evaluate");
}

/// The next word that agrees, last position fastest; false after the last.
bool advance(Word& word, const Fixed& fixed, std::size_t symbols) {
    for (std::size_t i = word.size(); i-- > 0;) {
        if (fixed[i]) continue;
        if (++word[i] < symbols) return true;
        word[i] = 0;
    }
    return false;
}

/// Which answers the words of the list give, by the symbols that they have at some positions.
class Seen {
  public:
    Seen(const std::vector<Word>& words, const std::vector<bool>& answers, std::size_t symbols)
        : words_(words), answers_(answers), symbols_(symbols) {}

    /// Whether every choice of symbols at the positions has words with both answers.
    bool both(const std::vector<std::size_t>& positions, std::uint64_t choices) {
        seen_.assign(choices, 0);
        for (std::size_t w = 0; w < words_.size(); ++w) {
            std::uint64_t index = 0;
            for (const std::size_t i : positions) index = index * symbols_ + words_[w][i];
            seen_[index] = static_cast<unsigned char>(seen_[index] | (answers_[w] ? 1 : 2));
        }
        return std::all_of(seen_.begin(), seen_.end(), [](unsigned char s) { return s == 3; });
    }

  private:
    const std::vector<Word>& words_;
    const std::vector<bool>& answers_;
    std::size_t symbols_;
    std::vector<unsigned char> seen_;
};

/// The next choice of so many of n positions, in lexicographic order; false after the last.
bool next_choice(std::vector<std::size_t>& positions, std::size_t n) {
    for (std::size_t k = positions.size(); k-- > 0;) {
        if (positions[k] == n - positions.size() + k) continue;
        ++positions[k];
        for (std::size_t next = k + 1; next < positions.size(); ++next) positions[next] = positions[next - 1] + 1;
        return true;
    }
    return false;
}

}  // namespace

Fixed read_fixed(const Claim& claim, const Evidence& evidence, const std::vector<Symbol>& alphabet) {
    Fixed fixed(claim.length);
    const auto numbers = numbers_by_symbol(alphabet);
    for (const auto& [position, symbol] : claim.restriction->fixed) {
        const std::string place = claim_place + ".fixed." + position;
        const auto i = natural(position, static_cast<long>(claim.length));
        if (!i || *i == 0) throw Defect(place, "a position of the word was expected");
        fixed[static_cast<std::size_t>(*i) - 1] = symbol_number(symbol, numbers, place);
    }
    const bool has_free = count_fixed(fixed) < claim.length && alphabet.size() > 1;
    if (claim.restriction->pair.has_value() != has_free)
        throw Defect(claim_place + ".pair", has_free ? "two words were expected" : "there are no two words");
    if (evidence.open.has_value() != (claim.restriction->optimal && count_fixed(fixed) > 0))
        throw Defect(evidence_place + ".open",
                     evidence.open ? "there is nothing to show" : "a list of words was expected");
    return fixed;
}

/// w, w′ agree with ρ ∧ |{i : w_i ≠ w′_i}| = 1 ∧ model(w) = model(w′) = answer
void check_pair(const Claim& claim, const Fixed& fixed, const std::vector<Symbol>& alphabet, const Answers& answers,
                Budget& budget) {
    if (!claim.restriction->pair) return;
    const std::string place = claim_place + ".pair";
    const Word one = read_word(claim.restriction->pair->first, claim.length, alphabet, place, budget);
    const Word other = read_word(claim.restriction->pair->second, claim.length, alphabet, place, budget);
    std::size_t different = 0;
    for (std::size_t i = 0; i < one.size(); ++i) different += one[i] != other[i] ? 1 : 0;
    if (different != 1) throw Defect(place, "the words differ in " + std::to_string(different) + " positions");
    for (const Word& word : {one, other}) {
        if (!agrees(word, fixed)) throw Defect(place, spell(word, alphabet) + " does not agree with the restriction");
        if (answers(word) != claim.restriction->accept)
            throw Defect(place, "the model answers " + spell(word, alphabet) + " otherwise");
    }
}

/// for all w that agree with ρ: model(w) = answer
void check_settled(const Manifest& manifest, const Fixed& fixed, const std::vector<Symbol>& alphabet,
                   const Answers& answers, Budget& budget) {
    const std::size_t free = fixed.size() - count_fixed(fixed);
    check_count(manifest.evidence, bounded_power(alphabet.size(), free, evidence_place + ".words"));
    Word word;
    for (const auto& symbol : fixed) word.push_back(symbol.value_or(0));
    do {
        budget.step(word.size());
        if (answers(word) != manifest.claim.restriction->accept)
            throw Defect("word " + spell(word, alphabet), "the model answers otherwise");
    } while (advance(word, fixed, alphabet.size()));
}

/// for all w, i there is a: model(w) ≠ model(w[i := a])
void check_sensitive(const Manifest& manifest, const std::vector<Symbol>& alphabet, const Answers& answers,
                     Budget& budget) {
    const std::size_t m = alphabet.size();
    const Fixed free(manifest.claim.length);
    const std::uint64_t words = bounded_power(m, free.size(), evidence_place + ".words");
    check_count(manifest.evidence, words);
    budget.memory(words);
    std::vector<bool> table;
    Word word(free.size(), 0);
    do table.push_back(answers(word));
    while (advance(word, free, m));
    for (std::uint64_t index = 0; index < words; ++index, advance(word, free, m)) {
        std::uint64_t power = 1;
        for (std::size_t i = free.size(); i-- > 0; power *= m) {
            budget.step(m);
            bool changes = false;
            for (std::size_t a = 0; a < m; ++a)
                changes = changes || table[index - word[i] * power + a * power] != table[index];
            if (!changes)
                throw Defect("word " + spell(word, alphabet),
                             "no symbol at position " + std::to_string(i + 1) + " changes the answer");
        }
    }
}

/// for all S with |S| = k − 1, for all symbols on S: words of the list have them and get both answers
void check_open(const Manifest& manifest, const Fixed& fixed, const std::vector<Symbol>& alphabet,
                const Answers& answers, Budget& budget) {
    if (!manifest.evidence.open) return;
    const std::string place = evidence_place + ".open";
    const std::size_t n = fixed.size(), size = count_fixed(fixed) - 1;
    const std::uint64_t choices = bounded_power(alphabet.size(), size, place);
    budget.memory(manifest.evidence.open->size() * (64 + 8 * n));
    std::vector<Word> words;
    std::vector<bool> given;
    for (const std::string& text : *manifest.evidence.open) {
        words.push_back(read_word(text, n, alphabet, place, budget));
        given.push_back(answers(words.back()));
    }
    Seen seen(words, given, alphabet.size());
    std::vector<std::size_t> positions;
    for (std::size_t k = 0; k < size; ++k) positions.push_back(k);
    std::uint64_t total = 0;
    do {
        budget.step(choices + words.size() * (1 + size));
        if ((total += choices) > (std::uint64_t{1} << 22)) throw Defect(place, "there are more than 2^22 restrictions");
        if (seen.both(positions, choices)) continue;
        std::string list;
        for (const std::size_t i : positions) list += " " + std::to_string(i + 1);
        throw Defect(place,
                     "some symbols at the positions{" + list + " } have no two words that are answered differently");
    } while (next_choice(positions, n));
}

}  // namespace attest::checker
