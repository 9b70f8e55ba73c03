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

/// That it recognises the language, as far as it was decided.
void add_verdict(Classify::Shown& shown, const verdict::Verdict& v) {
    shown.verdict = v.word();
    if (v.is_undecided()) {
        shown.reason = to_string(v.why().reason);
        shown.detail = v.why().detail;
    } else {
        shown.evidence = to_string(v.evidence());
    }
    if (v.kept()) shown.certificate = v.digest();
}

std::vector<std::string> joined(std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

void say_too_large(Classify::Shown& shown, const std::string& why) {
    shown.verdict = to_string(verdict::Answer::undecided);
    shown.reason = to_string(verdict::Reason::unsupported);
    shown.detail = why;
}

Classify::Shown shown_by(const certify::BuiltNetwork& network, const std::vector<std::string>& build) {
    Classify::Shown shown;
    shown.kind = "uhat";
    shown.construction = to_string(network.construction);
    shown.build = joined(build, certify::build_options(network.construction));
    if (!network.built) {
        say_too_large(shown, network.why);
        return shown;
    }
    const network::Transformer& t = network.built->transformer;
    for (const network::Layer& layer : t.layers)
        if (layer.attention) {
            shown.mask = to_string(layer.attention->mask);
            shown.tie = to_string(layer.attention->tie);
        }
    shown.layers = build::attention_layers(t);
    shown.heads = build::most_heads(t);
    shown.dimension = t.dimension;
    shown.modulus = network.built->modulus;
    add_verdict(shown, network.proved->verdict);
    if (const induction::Closure* c = network.proved->outcome.closure(); c != nullptr && !shown.reason) {
        shown.evidence = "closure";
        shown.closure = {c->states, c->first, c->period, c->window};
    }
    if (network.proved->outcome.invariant() != nullptr && !shown.reason) shown.evidence = "invariant";
    shown.seconds = network.proved->verdict.spent.seconds;
    return shown;
}

Classify::Shown shown_by(const certify::CountedBy& found, const char* kind, const std::vector<std::string>& build) {
    Classify::Shown shown;
    shown.kind = kind;
    shown.build = joined(build, {"--kind", kind});
    if (found.text.empty()) {
        say_too_large(shown, found.why);
        return shown;
    }
    if (found.layers > 0) {
        shown.layers = found.layers;
        shown.heads = found.heads;
    }
    if (found.depth > 0) {
        shown.counters = found.counters;
        shown.depth = found.depth;
    }
    add_verdict(shown, *found.verdict);
    shown.seconds = found.verdict->spent.seconds;
    return shown;
}

void add_networks(Classify& record, const certify::ClassReport& report, const std::vector<std::string>& build) {
    const auto add = [&](classify::Class id, Classify::Shown shown) {
        for (Classify::ClassRow& row : record.rows) {
            if (row.name != classify::info(id).name) continue;
            if (!shown.reason) row.basis = "network";
            row.certificate = shown.certificate;
            row.network = shown;
        }
    };
    for (const certify::BuiltNetwork& network : report.networks)
        for (const classify::Class id : network.shows) add(id, shown_by(network, build));
    if (report.program) {
        Classify::Shown shown = shown_by(*report.program, "crasp", build);
        shown.lengths = {1};
        add(classify::Class::c_rasp, std::move(shown));
    }
    if (report.formula) add(classify::Class::foc, shown_by(*report.formula, "foc", build));
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

Classify classification(const language::Language& language, const certify::ClassReport& report,
                        const std::vector<std::string>& build) {
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
    add_networks(record, report, build);
    record.seconds = report.seconds;
    return record;
}

template nlohmann::ordered_json write(const Classify&);
template std::optional<Classify> read(const base::Json&);

}  // namespace attest::record
