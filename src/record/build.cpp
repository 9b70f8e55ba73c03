#include "record/build.hpp"

#include "fields.hpp"

namespace attest::record {

namespace {

std::vector<Build::Layer> stack_of(const network::Transformer& transformer) {
    std::vector<Build::Layer> stack;
    for (const network::Layer& layer : transformer.layers)
        stack.push_back({layer.attention ? layer.attention->heads.size() : 0,
                         layer.feedforward ? layer.feedforward->maps.front().outputs() : 0});
    return stack;
}

Build built_network(const language::Language& language, const build::Built& built, const std::string& output) {
    Build record;
    record.language = language.name();
    record.construction = to_string(built.construction);
    record.output = output;
    record.layers = build::attention_layers(built.transformer);
    record.dimension = built.transformer.dimension;
    record.modulus = built.modulus;
    record.stack = stack_of(built.transformer);
    return record;
}

Build::Proved proved_as(const verdict::Verdict& v) {
    Build::Proved one;
    one.verdict = v.word();
    if (v.is_undecided()) {
        one.reason = to_string(v.why().reason);
        one.detail = v.why().detail;
    } else {
        one.evidence = to_string(v.evidence());
    }
    if (v.kept()) one.certificate = v.digest();
    one.seconds = v.spent.seconds;
    return one;
}

}  // namespace

Build build_result(const language::Language& language, const build::Built& built, const std::string& output,
                   const std::vector<certify::Recognition>& proved) {
    Build record = built_network(language, built, output);
    for (const certify::Recognition& r : proved) record.results.emplace_back(proved_as(r.verdict)).length = r.length;
    return record;
}

Build build_result(const language::Language& language, const build::Built& built, const std::string& output,
                   const certify::EveryLength& proved) {
    Build record = built_network(language, built, output);
    Build::Proved& one = record.results.emplace_back(proved_as(proved.verdict));
    one.lengths = {proved.from};
    if (const induction::Closure* c = proved.outcome.closure(); c != nullptr && proved.verdict.holds()) {
        one.evidence = "closure";
        one.closure = {c->states, c->first, c->period, c->window};
    }
    if (const induction::Invariant* i = proved.outcome.invariant(); i != nullptr && proved.verdict.holds()) {
        one.evidence = "invariant";
        one.invariant = {i->first, i->period, i->window, i->latches, i->gates, i->conjuncts};
    }
    return record;
}

Build build_result(const language::Language& language, const build::CountingProgram& built, const std::string& output,
                   const certify::CountingResult& proved) {
    Build record;
    record.language = language.name();
    record.kind = "crasp";
    record.output = output;
    record.counters = built.counters;
    record.depth = built.depth;
    Build::Proved& one = record.results.emplace_back(proved_as(proved.verdict));
    one.lengths = {1};
    if (const counting::Proof* proof = proved.outcome.proof(); proof != nullptr && proved.verdict.holds()) {
        one.evidence = "linear-invariant";
        one.linear_invariant = {proof->lists(), proof->counters, proof->line_count(), proof->found_by};
    }
    return record;
}

Build build_result(const language::Language& language, const build::CountingFormula& built, const std::string& output,
                   const std::vector<certify::Definition>& proved) {
    const network::Transformer compiled = programs::foc::compile(built.form);
    Build record;
    record.language = language.name();
    record.kind = "foc";
    record.construction = "table";
    record.output = output;
    record.layers = build::attention_layers(compiled);
    record.dimension = compiled.dimension;
    record.modulus = built.modulus;
    record.stack = stack_of(compiled);
    for (const certify::Definition& d : proved) {
        Build::Proved& one = record.results.emplace_back(proved_as(d.verdict));
        if (d.length) one.length = *d.length;
        else one.lengths = {d.from};
        if (const formula::Closed* c = d.outcome.closed(); c != nullptr && d.verdict.holds()) {
            one.evidence = "closure";
            one.closure = {c->states, 0, built.modulus, 0};
        }
    }
    return record;
}

template nlohmann::ordered_json write(const Build&);
template std::optional<Build> read(const base::Json&);

}  // namespace attest::record
