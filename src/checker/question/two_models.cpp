#include "checker/question/two_models.hpp"

#include "checker/kernel/defect.hpp"
#include "checker/network/removal.hpp"
#include "checker/question/has_circuit.hpp"

// FORMAT.md, sections 13 and 27, obligation `question` of two models: the symbols of one belong to those of the other one to
// one and onto, so that each word of one is a word of the other.

namespace attest::checker {
namespace {

/// One of the two: its file, the key of its name, and what stands before the name of its tensor file.
struct Place {
    std::string file, key, prefix;
};

/// It answers with texts.
void check_has_texts(const Question& question, std::size_t length, const std::string& file, Budget& budget) {
    if (question.program) return check_length(*question.program, length, file, budget);
    check_length(*question.model, length);
    if (question.model->readout.classes.size() < 2)
        throw Defect(file + ": readout", "texts are answers of a program, or of a model of two classes or more");
}

Question read_one(const Json& json, const Place& place, const std::string& name, std::size_t length, const Files& files,
                  Asked asked, Budget& budget) {
    Question question;
    if (holds_tables(json, place.file)) {
        if (asked == Asked::texts) throw Defect(place.file, "tables accept and reject, and answer no texts");
        question.tables = read_tables(json, place.file, budget);
        if (question.tables->length != length)
            throw Defect("manifest.json: claim.length", "the tables of " + place.file + " are for words of " +
                                                            std::to_string(question.tables->length) + " symbols");
        question.alphabet = question.tables->alphabet;
        return question;
    }
    if (holds_program(json, place.file)) {
        question.program = read_named_program(name, place.key, json, place.file, budget);
        if (asked == Asked::texts) check_has_texts(question, length, place.file, budget);
        else check_accepts(*question.program, length, place.file, budget);
        question.alphabet = question.program->alphabet;
        return question;
    }
    question.model = read_model(
        json, place.file, [&](const std::string& file) -> std::string_view { return files.at(place.prefix + file); },
        budget);
    if (!question.model->name.empty() && question.model->name != name)
        throw Defect("manifest.json: claim." + place.key, "the model calls itself \"" + question.model->name + "\"");
    if (asked == Asked::texts) check_has_texts(question, length, place.file, budget);
    else check_decides(*question.model, length, place.file);
    question.alphabet = question.model->alphabet;
    return question;
}

const Symbol& partner(const Symbol& symbol, const Claim& claim) {
    if (!claim.map) return symbol;
    const auto entry = claim.map->find(symbol);
    if (entry == claim.map->end()) throw Defect("manifest.json: claim.map", "the symbol '" + symbol + "' has no entry");
    return entry->second;
}

/// One-to-one, and onto.
std::vector<std::size_t> letters_of(const TwoModels& two, const Claim& claim) {
    const std::vector<Symbol>& others = two.other.alphabet;
    const auto numbers = numbers_by_symbol(others);
    std::vector<bool> taken(others.size(), false);
    std::vector<std::size_t> letters;
    for (const Symbol& symbol : two.model.alphabet) {
        const Symbol& wanted = partner(symbol, claim);
        const auto found = numbers.find(wanted);
        if (found == numbers.end())
            throw Defect("manifest.json: claim", "'" + wanted + "' is not in the other model's alphabet");
        letters.push_back(found->second);
        if (taken[found->second]) throw Defect("manifest.json: claim.map", "two symbols stand for '" + wanted + "'");
        taken[found->second] = true;
    }
    if (letters.size() != others.size())
        throw Defect("manifest.json: claim", "the other model's alphabet has further symbols");
    if (claim.map && claim.map->size() != letters.size())
        throw Defect("manifest.json: claim.map", "an entry is not for a symbol of the model");
    return letters;
}

/// The claim has a meaning at all lengths.
void check_has_all_lengths(const Question& question, std::uint64_t from, const std::string& file) {
    const std::string place = "manifest.json: claim.lengths";
    if (question.model->max_length) throw Defect(place, file + " has a greatest length");
    if (from == 0 && !question.model->begin && !question.model->end)
        throw Defect(place, "without begin and end symbol " + file + " has no empty sequence to read");
}

bool is_soft(const Question& question) { return question.model && question.model->is_soft(); }

void check_evidence_fits(const Evidence& evidence, std::size_t length, const TwoModels& two, Budget& budget) {
    const auto refuse = [](const char* reason) { throw Defect("manifest.json: evidence.kind", reason); };
    const bool one_soft = is_soft(two.model) || is_soft(two.other);
    if (one_soft && evidence.kind == Evidence::Kind::exhaustion) refuse("a softmax model is not evaluated exactly");
    if (!one_soft && evidence.kind == Evidence::Kind::enclosure) refuse("an enclosure needs a softmax model");
    if (evidence.classes && !(is_soft(two.model) && is_soft(two.other)))
        throw Defect("manifest.json: evidence.classes", "both models must be softmax models");
    if (!evidence.is_refutation()) return;
    const auto check_no_drops = [&](const Question& question, const std::vector<Drop>& drops) {
        if (question.program && !drops.empty()) refuse("a program drops no values");
    };
    check_no_drops(two.model, evidence.drops);
    check_no_drops(two.other, evidence.other_drops);
    for (const Question* question : {&two.model, &two.other}) {
        if (question->program) continue;
        if (!question->model || !has_circuit(*question->model, length, budget))
            refuse("a refutation needs two model files with hard or average attention throughout, or programs");
        check_reads_one_position(*question->model);
    }
}

}  // namespace

TwoModels read_two_models(const Manifest& manifest, const Files& files, const Json& model, const Json& other,
                          Asked asked, Budget& budget) {
    const Claim& claim = manifest.claim;
    for (const auto& [json, file] : {std::pair{&model, "model.json"}, {&other, "other.json"}})
        if (claim.from && (holds_tables(*json, file) || holds_program(*json, file)))
            throw Defect("manifest.json: claim.lengths", "a claim about all lengths is about model files");
    TwoModels two;
    two.model = read_one(model, {"model.json", "model", ""}, claim.model, claim.length, files, asked, budget);
    two.other =
        read_one(other, {"other.json", "other", other_prefix}, *claim.other, claim.length, files, asked, budget);
    if (two.model.program) remove_variables(*two.model.program, claim, budget);
    else if (!claim.without.empty() && !two.model.model)
        throw Defect("manifest.json: claim.without", "tables have no such parts");
    if (claim.instead && claim.instead->within) two.model.whole = two.model.model;
    if (two.model.model) remove_parts(*two.model.model, claim, budget);
    two.letters = letters_of(two, claim);
    if (claim.from) {
        check_has_all_lengths(two.model, *claim.from, "model.json");
        check_has_all_lengths(two.other, *claim.from, "other.json");
    }
    check_evidence_fits(manifest.evidence, claim.length, two, budget);
    check_all_words_or_one(claim, manifest.evidence);
    return two;
}

std::vector<Symbol> other_in_order(const TwoModels& two) {
    std::vector<Symbol> symbols;
    for (const std::size_t a : two.letters) symbols.push_back(two.other.alphabet[a]);
    return symbols;
}

Word read_by_other(const TwoModels& two, const Word& word) {
    Word read;
    for (const std::size_t a : word) read.push_back(two.letters[a]);
    return read;
}

}  // namespace attest::checker
