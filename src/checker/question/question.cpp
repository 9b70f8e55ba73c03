#include "checker/question/question.hpp"

#include <map>
#include <set>

#include "checker/kernel/defect.hpp"
#include "checker/language/no_table.hpp"
#include "checker/network/removal.hpp"
#include "checker/question/has_circuit.hpp"
#include "checker/question/meaning.hpp"

// FORMAT.md, sections 2 and 3, obligation `question`: that the claim makes sense. Model and language are read, the
// symbols of one are mapped to the other, and evidence by circuit is refused for a model for which the circuit is not
// defined. After it, "recognises" has one meaning.

namespace attest::checker {
namespace {

const std::string map_place = "manifest.json: claim.map";

/// What each symbol of the model stands for.
std::vector<Symbol> mapped(const std::vector<Symbol>& alphabet, const Claim& claim) {
    if (!claim.map) return alphabet;
    std::vector<Symbol> symbols;
    for (const Symbol& symbol : alphabet) {
        const auto entry = claim.map->find(symbol);
        if (entry == claim.map->end()) throw Defect(map_place, "the symbol '" + symbol + "' has no entry");
        if (!is_symbol(entry->second)) throw Defect(map_place, "\"" + entry->second + "\" is not one character");
        symbols.push_back(entry->second);
    }
    if (claim.map->size() != alphabet.size()) throw Defect(map_place, "an entry is not for a symbol of the model");
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
    std::map<Symbol, std::size_t> number;
    for (std::size_t a = 0; a < language.alphabet.size(); ++a) number[language.alphabet[a]] = a;
    for (const Symbol& symbol : symbols) {
        const auto found = number.find(symbol);
        if (found == number.end())
            throw Defect("manifest.json: claim", "'" + symbol + "' is not in the alphabet of " + language.text);
        letters.push_back(found->second);
    }
    return letters;
}

void read_model_file(const Claim& claim, const Files& files, const Json& model, Question& question, Budget& budget) {
    question.model = read_model(
        model, "model.json", [&](const std::string& name) -> std::string_view { return files.at(name); }, budget);
    if (!question.model->name.empty() && question.model->name != claim.model)
        throw Defect("manifest.json: claim.model", "the model calls itself \"" + question.model->name + "\"");
    check_decides(*question.model, claim.length, "model.json");
    question.alphabet = question.model->alphabet;
    if (claim.instead && claim.instead->within) question.whole = question.model;
    remove_parts(*question.model, claim, budget);
}

void read_tables_file(const Claim& claim, const Json& model, Question& question, Budget& budget) {
    if (!claim.without.empty()) throw Defect("manifest.json: claim.without", "tables have no such parts");
    question.tables = read_tables(model, "model.json", budget);
    if (question.tables->length != claim.length)
        throw Defect("manifest.json: claim.length",
                     "the tables are for words of " + std::to_string(question.tables->length) + " symbols");
    question.alphabet = question.tables->alphabet;
}

void read_program_file(const Claim& claim, const Json& model, Question& question, Budget& budget) {
    question.program = read_named_program(claim.model, "model", model, "model.json", budget);
    remove_variables(*question.program, claim, budget);
    check_accepts(*question.program, claim.length, "model.json", budget);
    question.alphabet = question.program->alphabet;
}

/// The claim has a meaning at all lengths.
void check_all_lengths(const Claim& claim, const Question& question) {
    const std::string place = "manifest.json: claim.lengths";
    if (question.model->max_length) throw Defect(place, "the model has a greatest length");
    if (*claim.from == 0 && !question.model->begin && !question.model->end)
        throw Defect(place, "without begin and end symbol there is no empty sequence to read");
    require_no_table(question.language, place);
}

/// Refutations are of circuits, which are defined for model files with hard and average attention.
void check_evidence_fits(const Manifest& manifest, const Question& question, Budget& budget) {
    const Claim& claim = manifest.claim;
    const bool refutation = manifest.evidence.is_refutation();
    const bool soft = question.model && question.model->is_soft();
    if (soft && manifest.evidence.kind == Evidence::Kind::exhaustion)
        throw Defect("manifest.json: evidence.kind", "a softmax model is not evaluated exactly");
    if (!soft && manifest.evidence.kind == Evidence::Kind::enclosure)
        throw Defect("manifest.json: evidence.kind", "an enclosure needs a softmax model");
    check_all_words_or_one(claim, manifest.evidence);
    if (!refutation) return;
    if (question.tables)
        throw Defect("manifest.json: evidence.kind", "a refutation needs a model file, these are tables");
    if (question.program) {
        if (!claim.has_language() || !manifest.evidence.drops.empty())
            throw Defect("manifest.json: evidence", "no such refutation is about a program");
        return;
    }
    if (!has_circuit(*question.model, claim.length, budget))
        throw Defect("manifest.json: evidence.kind", "a refutation needs hard or average attention throughout");
    check_reads_one_position(*question.model);
}

}  // namespace

void read_meaning(const Claim& claim, const Files& files, Question& question, Budget& budget) {
    const std::vector<Symbol> symbols = mapped(question.alphabet, claim);
    const auto file = files.find("language.json");
    question.language =
        read_language(claim.language, open_alphabet(symbols, claim.map.has_value()), claim.length,
                      file == files.end() ? std::string_view() : std::string_view(file->second), budget);
    question.letters = letters_of(symbols, question.language);
}

void check_all_words_or_one(const Claim& claim, const Evidence& evidence) {
    if (!claim.instead || claim.instead->by_position.empty()) return;
    if (evidence.is_refutation() || evidence.classes || evidence.by_regions)
        throw Defect("manifest.json: evidence",
                     "with constants by position each word is evaluated by itself, or there is a witness");
}

void check_length(const Model& model, std::size_t length) {
    if (model.max_length && length > *model.max_length)
        throw Defect("manifest.json: claim.length",
                     "the model is for words of at most " + std::to_string(*model.max_length) + " symbols");
}

void check_decides(const Model& model, std::size_t length, const std::string& file) {
    check_length(model, length);
    if (!model.readout.decides()) throw Defect(file + ": readout", "the model accepts and rejects nothing");
}

void check_reads_one_position(const Model& model) {
    if (model.readout.where != Readout::Where::position)
        throw Defect("manifest.json: evidence.kind", "a refutation needs a readout at one position");
}

Program read_named_program(const std::string& name, const std::string& key, const Json& json, const std::string& file,
                           Budget& budget) {
    Program program = read_program(json, file, budget);
    if (!program.name.empty() && program.name != name)
        throw Defect("manifest.json: claim." + key, "the program calls itself \"" + program.name + "\"");
    return program;
}

Question read_question(const Manifest& manifest, const Files& files, const Json& model, Budget& budget) {
    const Claim& claim = manifest.claim;
    Question question;
    if (claim.from && (holds_program(model, "model.json") || holds_tables(model, "model.json")))
        throw Defect("manifest.json: claim.lengths", "a claim about all lengths is about a model file");
    if (holds_program(model, "model.json")) read_program_file(claim, model, question, budget);
    else if (holds_tables(model, "model.json")) read_tables_file(claim, model, question, budget);
    else read_model_file(claim, files, model, question, budget);
    if (claim.has_language()) read_meaning(claim, files, question, budget);
    if (claim.from) check_all_lengths(claim, question);
    check_evidence_fits(manifest, question, budget);
    return question;
}

}  // namespace attest::checker
