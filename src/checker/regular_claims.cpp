#include "checker/core/regular_claims.hpp"

#include "checker/claims.hpp"
#include "checker/classes/universal_letters.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/language/outside.hpp"
#include "checker/question/file_names.hpp"
#include "checker/question/words.hpp"

// Claims about regular languages: that one is outside of a class, and that it needs more layers. The obligations of
// FORMAT.md sections 22 and 23.

namespace attest::checker {
namespace {

/// Obligation `question`: the language is regular, over this alphabet.
Language read_regular(Examination& at, const std::vector<Symbol>& alphabet) {
    at.obligation = "digest";
    check_file_names(at.manifest, at.files, {});
    at.obligation = "question";
    const auto file = at.files.find("language.json");
    Language language =
        read_language(at.manifest.claim.language, alphabet, 0,
                      file == at.files.end() ? std::string_view() : std::string_view(file->second), at.budget);
    if (!language.automaton) throw Defect("manifest.json: claim.language", "the language is not regular");
    if (language.alphabet != alphabet)
        throw Defect("manifest.json: claim.alphabet", "the language has another alphabet");
    return language;
}

/// ` over "0 1"`: what is true of a language over one alphabet may be false of the language of its name over another.
std::string over(const std::vector<Symbol>& alphabet) {
    std::string symbols;
    for (const Symbol& symbol : alphabet) symbols += (symbols.empty() ? "" : " ") + symbol;
    return " over " + quoted(symbols, 400);
}

}  // namespace

std::string outside_title(const Claim& claim) { return "outside of " + claim.outside->name; }

std::string outside_sentence(const Claim& claim) {
    return shown_language(claim.language) + over(claim.outside->alphabet) + " is not in the class " +
           claim.outside->name;
}

void check_outside(Examination& at) {
    const Language language = read_regular(at, at.manifest.claim.outside->alphabet);
    at.obligation = "words";
    check_rule(*at.manifest.evidence.rule, language, at.budget);
    at.report.evidence = "words by the rule " + at.manifest.evidence.rule->rule + ", on the minimal automaton of " +
                         std::to_string(language.automaton->states()) + " states";
}

std::string layers_title(const Claim&) { return "too few layers"; }

std::string layers_sentence(const Claim& claim) {
    const LayersClaim& c = *claim.layers;
    const std::string layers = std::to_string(c.layers) + (c.layers == 1 ? " layer" : " layers");
    const std::string attention = c.tie == "two-sided" ? "strict masks to both sides, the nearest first"
                                  : c.tie == "both"    ? "strict mask, ties to the left and to the right"
                                                       : "strict mask, ties to the " + c.tie;
    return "no unique hard attention of " + layers + ", " + attention + ", " +
           (c.modulus == 1 ? "without positions" : "with positions modulo " + std::to_string(c.modulus)) +
           (c.reads_end ? ", read at an end symbol, recognises " : ", read at the last symbol, recognises ") +
           shown_language(claim.language) + over(c.alphabet);
}

void check_layers(Examination& at) {
    const LayersClaim& claim = *at.manifest.claim.layers;
    const Language language = read_regular(at, claim.alphabet);
    at.obligation = "pair";
    const auto& [first, second] = *at.manifest.evidence.pair;
    const std::string place = "manifest.json: evidence.words";
    at.budget.memory(64 * (first.size() + second.size()));
    const Word u = read_word(first, claim.alphabet, place + "[0]", at.budget),
               v = read_word(second, claim.alphabet, place + "[1]", at.budget);
    if (!claim.reads_end && (u.empty() || v.empty())) throw Defect(place, "an empty word has no last symbol");
    at.budget.step(u.size() + v.size());
    if (!language.automaton->accepts(u)) throw Defect(place + "[0]", "the word is not in the language");
    if (language.automaton->accepts(v)) throw Defect(place + "[1]", "the word is in the language");
    if (!look_the_same(claim, u, v, at.budget))
        throw Defect(place, "a network of so many layers tells the words apart");
    at.report.evidence = "two words of " + std::to_string(u.size()) + " and " + std::to_string(v.size()) +
                         " symbols that so many layers do not tell apart";
}

}  // namespace attest::checker
