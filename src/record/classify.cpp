#include "record/classify.hpp"

#include <algorithm>

#include "fields.hpp"

namespace attest::record {

namespace {

std::vector<std::string> keys_of(std::string_view list) {
    std::vector<std::string> keys;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        keys.emplace_back(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return keys;
}

void add_witness(Classify::ClassRow& row, const language::Alphabet& alphabet, const certify::Outside& outside) {
    const classify::Witness& w = outside.witness;
    row.rule = w.rule;
    row.words.emplace();
    for (const auto& [name, word] : w.words) row.words->emplace_back(name, alphabet.spell(word));
    row.numbers = w.numbers;
    if (!w.states.empty()) row.states.emplace(w.states.begin(), w.states.end());
    if (!w.classes.empty()) {
        row.classes.emplace();
        for (const auto& states : w.classes) row.classes->emplace_back(states.begin(), states.end());
    }
    if (outside.verdict.fails()) row.basis = "words";
    else row.detail = outside.verdict.why().detail;
    if (outside.verdict.kept()) row.certificate = outside.verdict.digest();
}

}  // namespace

std::vector<Classify::ClassRow> class_rows(const language::Alphabet& alphabet, const certify::ClassReport& report) {
    std::vector<Classify::ClassRow> rows;
    for (const classify::ClassInfo& info : classify::classes()) {
        Classify::ClassRow row;
        row.name = info.name;
        row.title = info.title;
        row.in = report.found.in[info.id];
        if (!info.transformers.empty()) row.transformers = std::string(info.transformers);
        row.sources = keys_of(info.source);
        row.basis = "algebra";
        for (const certify::Outside& outside : report.outside)
            if (outside.id == info.id) add_witness(row, alphabet, outside);
        rows.push_back(std::move(row));
    }
    return rows;
}

Classify classification(const language::Language& language, const certify::ClassReport& report) {
    Classify record;
    record.language = language.name();
    record.alphabet = language.alphabet().symbols();
    record.states = report.found.states;
    record.monoid = report.found.monoid;
    record.largest_group = report.found.largest_group;
    if (report.stability) {
        record.stability_index = report.stability->index;
        record.stable_semigroup = report.stability->semigroup;
    }
    record.modulus = report.found.modulus;
    record.rows = class_rows(language.alphabet(), report);
    const language::Dfa& minimal = certify::minimal_automaton(language);
    record.automaton = automaton(minimal);
    if (report.found.modulus) record.cascade = cascade(minimal, *report.found.modulus);
    const auto shown = [](const std::optional<certify::CountedBy>& found) -> std::optional<Classify::Formula> {
        if (!found || !found->verdict) return std::nullopt;
        const verdict::Verdict& v = *found->verdict;
        return Classify::Formula{found->text, v.word(), v.kept() ? std::optional(v.digest()) : std::nullopt};
    };
    record.formula = shown(report.formula);
    record.program = shown(report.program);
    record.seconds = report.seconds;
    return record;
}

template nlohmann::ordered_json write(const Classify&);
template std::optional<Classify> read(const base::Json&);

}  // namespace attest::record
