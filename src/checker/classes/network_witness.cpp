#include "checker/classes/numbered_keys.hpp"
#include "checker/classes/position_free.hpp"
#include "checker/classes/threshold.hpp"
#include "checker/kernel/defect.hpp"

// Obligation `network`: the tables are of the class, and for all w: tables(w) accept ⇔ w ∈ L.

namespace attest::checker {
namespace {

const std::string file = "witness.json";

/// Tables, or a network without positions, in what they have in common.
template <typename Network>
void check_class(const Network& network, const Claim& claim, const Language& language) {
    const NetworkClass& c = *claim.network_class;
    const auto need = [](bool holds, const char* key, const char* what) {
        if (!holds) throw Defect(file + ": " + key, what);
    };
    need(network.alphabet == language.alphabet, "alphabet", "it is not the language's");
    need(network.length == claim.length, "length", "the claim is about another length");
    need(network.layers == c.layers, "layers", "the class has another number of layers");
    need(network.heads == c.heads, "heads", "the class has another number of heads");
    need(network.activations == c.activations, "activations", "the class has other activations");
}

/// Whether every head attended to its left, and at the first position, which sees nothing, to itself.
bool obeys_mask(const Run& run) {
    for (const auto& layer : run.pattern)
        for (const auto& head : layer)
            for (std::size_t p = 1; p <= head.size(); ++p) {
                const std::size_t j = head[p - 1];
                const bool attended = j != 0;
                if (attended && (p == 1 ? j != 1 : j >= p)) return false;
            }
    return true;
}

std::string place_of(const std::vector<std::size_t>& word, const Language& language) {
    std::string text;
    for (const std::size_t a : word) text += language.alphabet[a];
    return "word \"" + text + "\"";
}

void check_answer(bool accepted, const ThresholdQuestion& question, std::size_t x) {
    if (accepted != question.words.member[x])
        throw Defect(place_of(question.words.words[x], question.language),
                     accepted ? "the network accepts it, but it is not in the language"
                              : "the network rejects it, but it is in the language");
}

void check_tables(const Claim& claim, const ThresholdQuestion& question, const Files& files, Budget& budget) {
    const NetworkClass& c = *claim.network_class;
    Tables tables = read_tables(files.at(file), file, budget);
    check_class(tables, claim, question.language);
    if (tables.end.has_value() != c.reads_end) throw Defect(file + ": end", "the class reads elsewhere");
    std::optional<NumberedKeys> keys;
    if (c.one_key_dimension) keys = read_keys(files.at("keys.json"), "keys.json", tables, budget);
    Run run;
    for (std::size_t x = 0; x < question.words.words.size(); ++x) {
        const auto& word = question.words.words[x];
        check_answer(accepts(tables, word, budget, c.strict_mask || keys ? &run : nullptr), question, x);
        if (c.strict_mask && !obeys_mask(run))
            throw Defect(place_of(word, question.language), "a head looks where the mask forbids");
        if (keys && !obeys_keys(run, *keys, c.strict_mask, budget))
            throw Defect(place_of(word, question.language), "a head looks elsewhere than its keys say");
    }
}

void check_position_free(const Claim& claim, const ThresholdQuestion& question, const Files& files, Budget& budget) {
    const PositionFree network = read_position_free(files.at(file), file, budget);
    check_class(network, claim, question.language);
    for (std::size_t x = 0; x < question.words.words.size(); ++x)
        check_answer(accepts(network, question.words.words[x], budget), question, x);
}

}  // namespace

void check_network(const Manifest& manifest, const ThresholdQuestion& question, const Files& files, Budget& budget) {
    const Claim& claim = manifest.claim;
    if (manifest.evidence.words != question.words.words.size())
        throw Defect("manifest.json: evidence.words",
                     "there are " + std::to_string(question.words.words.size()) + " words");
    (claim.network_class->sees_positions ? check_tables : check_position_free)(claim, question, files, budget);
}

}  // namespace attest::checker
