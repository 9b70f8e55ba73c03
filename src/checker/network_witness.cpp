#include "checker/defect.hpp"
#include "checker/tables.hpp"
#include "checker/threshold.hpp"

// Obligation `network`: the tables are of the class, and for all w: tables(w) accept ⇔ w ∈ L.

namespace attest::checker {
namespace {

const std::string file = "witness.json";

void check_class(const Tables& tables, const Claim& claim, const Language& language) {
    const NetworkClass& c = *claim.network_class;
    const auto need = [](bool holds, const char* key, const char* what) {
        if (!holds) throw Defect(file + ": " + key, what);
    };
    need(tables.alphabet == language.alphabet, "alphabet", "it is not the language's");
    need(tables.end.has_value() == c.reads_end, "end", "the class reads elsewhere");
    need(tables.length == claim.length, "length", "the claim is about another length");
    need(tables.layers == c.layers, "layers", "the class has another number of layers");
    need(tables.heads == c.heads, "heads", "the class has another number of heads");
    need(tables.activations == c.activations, "activations", "the class has other activations");
}

/// Whether every head looked to its left, or from the first position at itself.
bool obeys_mask(const Looks& looks) {
    for (const auto& layer : looks)
        for (const auto& head : layer)
            for (std::size_t p = 1; p <= head.size(); ++p)
                if (head[p - 1] != 0 && head[p - 1] >= p && p > 1) return false;
    return true;
}

std::string spelled(const std::vector<std::size_t>& word, const Language& language) {
    std::string text;
    for (const std::size_t a : word) text += language.alphabet[a];
    return "\"" + text + "\"";
}

}  // namespace

void check_network(const Manifest& manifest, const ThresholdQuestion& question, const Files& files,
                   Budget& budget) {
    const Claim& claim = manifest.claim;
    const NetworkClass& c = *claim.network_class;
    if (!c.sees_positions || c.one_key_dimension)
        throw Defect("manifest.json: evidence.kind", "tables are no networks of this class");
    if (manifest.evidence.words != question.words.words.size())
        throw Defect("manifest.json: evidence.words",
                     "there are " + std::to_string(question.words.words.size()) + " words of this length");
    Tables tables = read_tables(files.at(file), file, budget);
    check_class(tables, claim, question.language);
    Looks looks;
    for (std::size_t x = 0; x < question.words.words.size(); ++x) {
        const auto& word = question.words.words[x];
        const bool accepted = accepts(tables, word, budget, c.strict_mask ? &looks : nullptr);
        const std::string place = "word " + spelled(word, question.language);
        if (accepted != question.words.member[x])
            throw Defect(place, accepted ? "the network accepts it, but it is not in the language"
                                         : "the network rejects it, but it is in the language");
        if (c.strict_mask && !obeys_mask(looks)) throw Defect(place, "a head looks where the mask forbids");
    }
}

}  // namespace attest::checker
