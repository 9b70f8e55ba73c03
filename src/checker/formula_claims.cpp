#include "checker/formula_claims.hpp"

#include <algorithm>
#include <map>

#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/language/formula_machine.hpp"
#include "checker/language/language.hpp"
#include "checker/language/no_table.hpp"
#include "checker/question/file_names.hpp"
#include "checker/question/words.hpp"

// Claims that formulas of FOC[+;MOD] define languages. The obligations of FORMAT.md section 33.

namespace attest::checker {
namespace {

constexpr std::uint64_t most_listed_words = std::uint64_t{1} << 22;

struct Defined {
    CountFormula formula;
    Language language;
    std::vector<std::size_t> letters;  ///< for each symbol of the formula the language's
};

Defined read_defined(Examination& at) {
    at.obligation = "digest";
    check_file_names(at.manifest, at.files, {});
    at.obligation = "question";
    const Claim& claim = at.manifest.claim;
    CountFormula formula = read_formula(at.files.at("formula.json"), "formula.json", at.budget);
    if (!formula.name.empty() && formula.name != claim.model)
        throw Defect("manifest.json: claim.formula", "the formula's name is " + quoted(formula.name));
    const auto file = at.files.find("language.json");
    Language language =
        read_language(claim.language, formula.alphabet, claim.length,
                      file == at.files.end() ? std::string_view() : std::string_view(file->second), at.budget);
    if (claim.from) require_no_table(language, "manifest.json: claim.lengths");
    std::vector<std::size_t> letters;
    for (const Symbol& symbol : formula.alphabet) {
        const auto found = std::find(language.alphabet.begin(), language.alphabet.end(), symbol);
        if (found == language.alphabet.end())
            throw Defect("manifest.json: claim.language", quoted(symbol) + " is not in the language's alphabet");
        letters.push_back(static_cast<std::size_t>(found - language.alphabet.begin()));
    }
    return {std::move(formula), std::move(language), std::move(letters)};
}

bool is_member(const Defined& d, const Word& word, Budget& budget) {
    Word mapped;
    for (const std::size_t a : word) mapped.push_back(d.letters[a]);
    return d.language.contains(mapped, budget);
}

/// What the formula says of the words gone through so far, by their counts.
class ByCounts {
  public:
    ByCounts(const Defined& d, Budget& budget) : d_(d), budget_(budget) {}

    void require_right(const Word& word) {
        CellCounts cells = cells_of(d_.formula, word);
        budget_.step(16 + word.size() + cells.size());
        auto place = known_.find(cells);
        if (place == known_.end()) {
            budget_.memory(128 + 8 * cells.size());
            const bool says = holds(d_.formula, cells, budget_);
            place = known_.emplace(std::move(cells), says).first;
        }
        if (is_member(d_, word, budget_) != place->second)
            throw Defect("formula.json", "formula and language differ on the word " + spell(word, d_.formula.alphabet));
    }
    std::size_t vectors() const { return known_.size(); }

  private:
    const Defined& d_;
    Budget& budget_;
    std::map<CellCounts, bool> known_;
};

std::size_t by_words(const Defined& d, std::size_t length, Budget& budget) {
    std::uint64_t count = 1;
    for (std::size_t i = 0; i < length && d.letters.size() > 1; ++i)
        if ((count *= d.letters.size()) > most_listed_words)
            throw Defect("manifest.json: claim.length", "there are more than 2^22 words, and no automaton");
    budget.memory(8 * length);
    ByCounts seen(d, budget);
    Word word(length, 0);
    do seen.require_right(word);
    while (advance(word, d.letters.size()));
    return seen.vectors();
}

/// One word for each vector: of majority, which depends on counts by its definition.
std::size_t by_sorted_words(const Defined& d, std::size_t length, Budget& budget) {
    const std::size_t modulus = d.formula.modulus;
    std::vector<std::size_t> places(modulus, 0);
    for (std::size_t i = 1; i <= length; ++i) ++places[i % modulus];
    budget.memory(8 * length);
    ByCounts seen(d, budget);
    std::vector<std::size_t> ones(modulus, 0);  // so many of the second symbol at each residue, the last ones
    do {
        Word word;
        std::vector<std::size_t> left = places;
        for (std::size_t i = 1; i <= length; ++i) word.push_back(left[i % modulus]-- <= ones[i % modulus] ? 1 : 0);
        seen.require_right(word);
        std::size_t r = 0;
        while (r < modulus && ones[r] == places[r]) ones[r++] = 0;
        if (r == modulus) break;
        ++ones[r];
    } while (true);
    return seen.vectors();
}

void check_at_length(Examination& at, const Defined& d) {
    at.obligation = "exhaustion";
    const std::size_t length = at.manifest.claim.length;
    const bool sorted = d.language.family == Language::Family::majority && d.letters.size() == 2;
    const std::size_t found = d.language.automaton
                                  ? check_formula_at(d.formula, *d.language.automaton, d.letters, length, at.budget)
                              : sorted ? by_sorted_words(d, length, at.budget)
                                       : by_words(d, length, at.budget);
    if (found != at.manifest.evidence.words)
        throw Defect("manifest.json: evidence.vectors", "there are " + std::to_string(found) + " vectors");
    at.report.evidence = "all words in " + std::to_string(found) + (found == 1 ? " kind" : " kinds") +
                         ", by the counts of symbols at residues modulo " + std::to_string(d.formula.modulus);
}

void check_difference(Examination& at, const Defined& d) {
    at.obligation = "witness";
    const Claim& claim = at.manifest.claim;
    const Evidence& evidence = at.manifest.evidence;
    const std::string place = "manifest.json: evidence";
    const std::size_t symbols = symbols_of(evidence.word, d.formula.alphabet, at.budget).size();
    if (claim.from ? symbols < *claim.from : symbols != claim.length)
        throw Defect(place + ".word", "the claim is not about words of " + std::to_string(symbols) + " symbols");
    at.budget.memory(64 * symbols);
    const Word word = read_word(evidence.word, symbols, d.formula.alphabet, place + ".word", at.budget);
    if (holds(d.formula, cells_of(d.formula, word), at.budget) != evidence.actual_accept)
        throw Defect(place + ".actual", "the formula says otherwise");
    if (is_member(d, word, at.budget) != evidence.expected_accept)
        throw Defect(place + ".expected", "the language says otherwise");
    if (evidence.actual_accept == evidence.expected_accept) throw Defect(place, "the formula says what is expected");
    at.report.evidence = "the word " + spell(word, d.formula.alphabet);
}

/// Section 39.2: the formula agrees with another one, which defines the language, or with what majority says.
void check_elimination(Examination& at, const Defined& d) {
    const std::uint64_t from = *at.manifest.claim.from;
    std::optional<CountFormula> other;
    if (at.manifest.evidence.words == 2) {
        at.obligation = "closure";
        if (!d.language.automaton) throw Defect("manifest.json: claim.language", "the language is not regular");
        other = read_formula(at.files.at("other.json"), "other.json", at.budget);
        if (other->alphabet != d.formula.alphabet)
            throw Defect("other.json: alphabet", "not the alphabet of the formula of the claim");
        check_formula_everywhere(*other, *d.language.automaton, d.letters, from, at.budget);
    } else if (d.language.family != Language::Family::majority) {
        throw Defect("manifest.json: claim.language", "one formula is held against majority only");
    }
    at.obligation = "elimination";
    check_formulas_agree(d.formula, other ? &*other : nullptr, d.letters, from, at.budget);
    at.report.evidence =
        "no numbers of symbols by residues on which it differs from what the language is, by elimination";
}

}  // namespace

std::string defines_title(const Claim& claim) { return claim.verified ? "verified formula" : "refuted formula"; }

std::string defines_sentence(const Claim& claim) {
    return "the formula " + quoted(claim.model) + (claim.verified ? " defines " : " does not define ") +
           shown_language(claim.language) + " over its alphabet" +
           (!claim.from        ? " at length " + std::to_string(claim.length)
            : *claim.from == 0 ? " at every length"
                               : " at every length but 0");
}

void check_defines(Examination& at) {
    const Defined d = read_defined(at);
    const Claim& claim = at.manifest.claim;
    if (!claim.verified) return check_difference(at, d);
    if (!claim.from) return check_at_length(at, d);
    if (at.manifest.evidence.kind == Evidence::Kind::pair) return check_elimination(at, d);
    if (!d.language.automaton) throw Defect("manifest.json: claim.language", "the language is not regular");
    at.obligation = "closure";
    const std::size_t pairs =
        check_formula_everywhere(d.formula, *d.language.automaton, d.letters, *claim.from, at.budget);
    at.report.evidence = "all " + std::to_string(pairs) + " pairs of states of the formula's machine and the automaton";
}

}  // namespace attest::checker
