#include "certify/outside.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/version.hpp"
#include "build/counting_formula.hpp"
#include "build/counting_program.hpp"
#include "certify/counting.hpp"
#include "certify/regular_claim.hpp"
#include "manifest.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using Json = Manifest::Json;
using classify::Witness;

Json sums_json(const Witness& witness, const language::Alphabet& alphabet) {
    Json sums = Json::array();
    for (const classify::Combination& sum : witness.combinations) {
        Json edges = Json::array();
        for (const auto& edge : sum.edges)
            edges.push_back({edge.from, alphabet.symbol(edge.letter), exact::to_string(edge.times)});
        sums.push_back({{"states", {sum.first, sum.second}}, {"edges", std::move(edges)}});
    }
    return sums;
}

Json evidence_json(const Witness& witness, const language::Alphabet& alphabet) {
    Json json = {{"kind", "words"}, {"rule", witness.rule}};
    for (const auto& [name, word] : witness.words) json[name] = alphabet.spell(word);
    for (const auto& [name, number] : witness.numbers) json[name] = number;
    if (!witness.states.empty()) json["states"] = witness.states;
    if (!witness.classes.empty()) {
        json["classes"] = witness.classes;
        json["sums"] = sums_json(witness, alphabet);
    }
    return json;
}

std::int64_t longest(const Witness& witness) {
    std::size_t sum = 0;
    for (const auto& [name, word] : witness.words) sum += word.size();
    return static_cast<std::int64_t>(sum);
}

std::string write(const std::string& place, const RegularSubject& language, classify::Class outside,
                  const Witness& witness, const base::Limits& limits) {
    Json claim = regular_claim_json("class", language);
    claim["class"] = std::string(classify::info(outside).name);
    claim["verdict"] = "outside";
    Manifest manifest(place, std::move(claim), provenance_json({{{"attest", base::version()}}}), limits);
    write_regular_language(manifest, language);
    manifest.member("assumptions") = Json::array();
    manifest.member("evidence") = evidence_json(witness, language.automaton.alphabet);
    return manifest.finish();
}

CountedBy counted_by(const language::Language& language, const base::Limits& limits, Archive& archive,
                     std::vector<std::string>& parts) {
    CountedBy found;
    try {
        const build::CountingFormula built =
            build::counting_formula(minimal_automaton(language), language.name(), limits);
        const network::Transformer compiled = programs::foc::compile(built.form);
        found.text = built.text;
        found.layers = build::attention_layers(compiled);
        found.heads = build::most_heads(compiled);
    } catch (const base::Unsupported& e) {
        found.why = e.what();
        return found;
    }
    programs::foc::Program program = programs::foc::parse(found.text, "formula");
    program.name = "formula";
    parts.emplace_back("formula");
    const Definition proved = define_everywhere({program, language}, 0, limits, archive, parts.back());
    if (proved.outcome.difference() != nullptr)
        throw base::InternalError("the formula that was built for " + language.name() + " is wrong");
    found.verdict = proved.verdict;
    return found;
}

CountedBy programmed_by(const language::Language& language, const base::Limits& limits, Archive& archive,
                        std::vector<std::string>& parts) {
    CountedBy found;
    try {
        build::CountingProgram built = build::counting_program(minimal_automaton(language), limits);
        found.text = std::move(built.text);
        found.counters = built.counters;
        found.depth = built.depth;
    } catch (const base::Unsupported& e) {
        found.why = e.what();
        return found;
    }
    parts.emplace_back("program");
    const CountingResult proved =
        recognise_by_counting({"program", found.text, programs::crasp::parse(found.text, "program"), language, {}},
                              limits, archive, {}, parts.back());
    if (proved.outcome.counterexample() != nullptr)
        throw base::InternalError("the program that was built for " + language.name() + " is wrong");
    found.verdict = proved.verdict;
    return found;
}

}  // namespace

RegularSubject regular_subject(const language::Language& language) {
    return {language.source().empty() ? language.name() : "dfa:language.json", language.source(),
            minimal_automaton(language)};
}

Json regular_claim_json(const char* kind, const RegularSubject& language) {
    return {{"kind", kind}, {"language", language.text}, {"alphabet", language.automaton.alphabet.symbols()}};
}

void write_regular_language(Manifest& manifest, const RegularSubject& language) {
    if (!language.source.empty()) manifest.write("language.json", language.source);
}

const language::Dfa& minimal_automaton(const language::Language& language) {
    if (const auto* regular = std::get_if<language::Regular>(&language.form())) return regular->automaton;
    throw base::Unsupported(fmt::format(
        "{} is not held as an automaton; regular languages are: parity, even, first, last, all-ones, contains:W, "
        "mod:M,R, tomita:K, nested:N, regex:PATTERN, dfa:FILE",
        language.name()));
}

ClassReport classify_language(const language::Language& language, const base::Limits& limits, Archive& archive) {
    const Stopwatch watch;
    ClassReport report = classify_regular(regular_subject(language), limits, archive);
    if (report.found.in[classify::Class::foc]) report.formula = counted_by(language, limits, archive, report.parts);
    if (report.found.in[classify::Class::c_rasp])
        report.program = programmed_by(language, limits, archive, report.parts);
    report.networks = build_networks(language, report.found.in, limits, archive, report.parts);
    report.seconds = watch.seconds();
    return report;
}

ClassReport classify_regular(const RegularSubject& language, const base::Limits& limits, Archive& archive) {
    const Stopwatch watch;
    const language::Dfa& automaton = language.automaton;
    const classify::Table table = classify::table_of(automaton);
    const classify::Monoid monoid(table, limits);
    ClassReport report;
    report.found = classify::classify(table, monoid);
    report.stability = classify::stability(monoid, limits);
    const classify::Green green = classify::green(monoid);
    for (const classify::ClassInfo& info : classify::classes()) {
        if (report.found.in[info.id]) continue;
        const Stopwatch one;
        Witness witness = classify::find_witness(automaton, monoid, green, info.id);
        report.parts.emplace_back(info.name);
        const auto write_it = [&](const std::string& place) {
            return write(place, language, info.id, witness, limits);
        };
        verdict::Verdict verdict = Notary(archive, report.parts.back(), limits)
                                       .certify({verdict::Lengths::up_to(longest(witness)),
                                                 verdict::Answer::fails,
                                                 verdict::Evidence::witness,
                                                 write_it,
                                                 {"words"}});
        one.stop(verdict);
        report.outside.push_back({info.id, std::move(witness), std::move(verdict)});
    }
    report.seconds = watch.seconds();
    return report;
}

}  // namespace attest::certify
