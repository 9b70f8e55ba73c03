#include <algorithm>
#include <set>

#include "checker/certificate.hpp"
#include "checker/defect.hpp"

namespace attest::checker {
namespace {

const std::string map_place = "manifest.json: claim.map";

/// What each symbol of the model stands for.
std::vector<Symbol> mapped(const Model& model, const Claim& claim) {
    if (!claim.map) return model.alphabet;
    std::vector<Symbol> symbols;
    for (const Symbol& symbol : model.alphabet) {
        const auto entry = claim.map->find(symbol);
        if (entry == claim.map->end()) throw Defect(map_place, "the symbol '" + symbol + "' has no entry");
        if (!is_symbol(entry->second))
            throw Defect(map_place, "\"" + entry->second + "\" is not one character");
        symbols.push_back(entry->second);
    }
    if (claim.map->size() != model.alphabet.size())
        throw Defect(map_place, "an entry is not for a symbol of the model");
    return symbols;
}

/// The alphabet of the languages that have none of their own.
std::vector<Symbol> open_alphabet(const std::vector<Symbol>& symbols, bool with_map) {
    if (!with_map) return symbols;
    const std::set<Symbol> sorted(symbols.begin(), symbols.end());
    return {sorted.begin(), sorted.end()};
}

std::vector<std::size_t> letters_of(const std::vector<Symbol>& symbols, const Language& language) {
    std::vector<std::size_t> letters;
    for (const Symbol& symbol : symbols) {
        const auto found = std::find(language.alphabet.begin(), language.alphabet.end(), symbol);
        if (found == language.alphabet.end())
            throw Defect("manifest.json: claim",
                         "'" + symbol + "' is not in the alphabet of " + language.text);
        letters.push_back(static_cast<std::size_t>(found - language.alphabet.begin()));
    }
    return letters;
}

void read_meaning(const Claim& claim, const Files& files, Question& question, Budget& budget) {
    const std::vector<Symbol> symbols = mapped(question.model, claim);
    const auto file = files.find("language.json");
    question.language =
        read_language(claim.language, open_alphabet(symbols, claim.map.has_value()), claim.length,
                      file == files.end() ? std::string_view() : std::string_view(file->second), budget);
    question.letters = letters_of(symbols, question.language);
}

}  // namespace

Question read_question(const Manifest& manifest, const Files& files, Budget& budget) {
    const Claim& claim = manifest.claim;
    Question question;
    question.model = read_model(files.at("model.json"), "model.json",
                                [&](const std::string& name) -> std::string_view { return files.at(name); });
    if (!question.model.name.empty() && question.model.name != claim.model)
        throw Defect("manifest.json: claim.model", "the model calls itself \"" + question.model.name + "\"");
    if (claim.has_language()) read_meaning(claim, files, question, budget);
    const bool refutation =
        manifest.evidence.kind == Evidence::Kind::lrat || manifest.evidence.kind == Evidence::Kind::xlrup;
    if (refutation && !question.model.is_hard())
        throw Defect("manifest.json: evidence.kind", "a refutation needs hard attention, the model averages");
    return question;
}

}  // namespace attest::checker
