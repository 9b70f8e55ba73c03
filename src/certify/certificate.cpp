#include "attest/certify/certificate.hpp"

#include "attest/base/error.hpp"
#include "attest/certify/restriction.hpp"
#include "certificate_at_length.hpp"
#include "manifest_parts.hpp"

namespace attest::certify {

namespace {

using Json = Manifest::Json;

using Map = std::vector<std::pair<std::string, std::string>>;

Json claim_json(const std::string& model, const language::Language& language, const Map& map, std::int64_t length,
                bool holds) {
    const bool file = !language.source().empty();
    Json claim = {{"kind", "recognises"},
                  {"model", model},
                  {"language", file ? "dfa:language.json" : language.name()},
                  {"length", length},
                  {"verdict", holds ? "verified" : "refuted"}};
    if (!map.empty()) {
        claim["map"] = Json::object();
        for (const auto& [symbol, meaning] : map) claim["map"][symbol] = meaning;
    }
    return claim;
}

/// A counterexample, or that all words were tried.
Json words_json(const language::Alphabet& alphabet, const decide::Outcome& outcome) {
    const decide::Counterexample* found = outcome.counterexample();
    if (found == nullptr) return {{"kind", "exhaustion"}, {"words", outcome.statistics.words}};
    const decide::Counterexample& c = *found;
    return {{"kind", "witness"},
            {"word", alphabet.spell(c.word)},
            {"expected", name_of(c.expected)},
            {"actual", name_of(c.actual)}};
}

/// `name` and `alphabet` are those of `model`: a model file or tables.
template <typename File>
std::string write_restriction_of(const File& model, const std::string& name, const language::Alphabet& alphabet,
                                 const Place& place, std::int64_t length,
                                 const std::optional<restriction::Settled>& settled,
                                 const restriction::Evidence& evidence, const Provenance& provenance,
                                 const base::Limits& limits) {
    Json claim = {{"kind", settled ? "restriction" : "sensitive"}, {"model", name}, {"length", length}};
    if (settled) {
        claim["fixed"] = Json::object();
        for (std::size_t i = 0; i < settled->restriction.length(); ++i)
            if (const auto symbol = settled->restriction.fixed[i])
                claim["fixed"][std::to_string(i + 1)] = alphabet.symbol(*symbol);
        claim["answer"] = name_of(settled->answer);
        if (settled->pair)
            claim["pair"] = {alphabet.spell(settled->pair->first), alphabet.spell(settled->pair->second)};
        claim["optimal"] = settled->optimal;
    }
    Manifest manifest(place, std::move(claim), provenance_json(provenance), limits);
    manifest.member("evidence") = {{"kind", evidence.score ? "enclosure" : "exhaustion"}, {"words", evidence.words}};
    if (evidence.score) {
        manifest.member("evidence")["margin"] = decide::margin_text(*evidence.score);
        manifest.member("evidence")["bits"] = evidence.score->bits;
    }
    write_model(manifest, model);
    if (settled && !settled->optimal)
        manifest.member("assumptions")
            .push_back("that no other restriction does with fewer symbols is not part of the claim");
    if (evidence.refutation)
        write_refutation(manifest, *evidence.refutation,
                         settled ? "the answer that must never be given, then what must never hold"
                                 : "positions whose symbol does not matter, then what must never hold");
    if (settled && settled->optimal && settled->restriction.fixed_count() > 0) {
        manifest.member("evidence")["open"] = Json::array();
        for (const language::Word& word : settled->open)
            manifest.member("evidence")["open"].push_back(alphabet.spell(word));
    }
    return manifest.finish();
}

/// A claim about tables or a program.
template <typename File, typename Network, typename OneSubject>
std::string write_words(const Place& place, const File& file, const Network& network, const OneSubject& subject,
                        std::int64_t length, const decide::Outcome& outcome, const Provenance& provenance,
                        const base::Limits& limits) {
    Json claim = claim_json(network.name, subject.language, subject.map, length, outcome.holds());
    if constexpr (requires { subject.without; }) add_removal(claim, subject.without, outcome.holds());
    Manifest manifest(place, std::move(claim), provenance_json(provenance), limits);
    write_model(manifest, file);
    if (!subject.language.source().empty()) manifest.write("language.json", subject.language.source());
    if (const decide::Refutation* refutation = outcome.refutation())
        write_refutation(manifest, *refutation, "miter of program and language, then where the program has no value");
    else manifest.member("evidence") = words_json(network.alphabet, outcome);
    return manifest.finish();
}

}  // namespace

std::string write_certificate(const Place& place, const Subject& subject, const decide::Question& question,
                              const decide::Outcome& outcome, const Provenance& provenance,
                              const base::Limits& limits) {
    const network::Transformer& t = subject.model.transformer;
    Json claim = claim_json(t.name, subject.language, subject.map, question.length, outcome.holds());
    add_removal(claim, subject.without, outcome.holds());
    if (subject.robust) claim["robust"] = exact::to_string(*subject.robust);
    Manifest manifest(place, std::move(claim), provenance_json(provenance), limits);
    write_model(manifest, subject.model);
    if (!subject.language.source().empty()) manifest.write("language.json", subject.language.source());
    if (const decide::Refutation* refutation = outcome.refutation()) {
        write_refutation(manifest, *refutation, "miter of model and language, then what must never hold");
    } else if (const decide::CuttingPlanes* planes = outcome.planes()) {
        manifest.member("evidence") = {{"kind", "cutting-planes"}};
        manifest.write("formula.opb", planes->formula);
        if (manifest.goes_on()) manifest.write("proof.pbp", planes->proof);
    } else if (const decide::Enclosure* e = outcome.enclosure()) {
        manifest.member("evidence") = {{"kind", "enclosure"},
                                       {"words", outcome.statistics.words},
                                       {"margin", decide::margin_text(*e)},
                                       {"bits", e->bits}};
        if (!e->classes.empty()) manifest.member("evidence")["classes"] = lists_from_one(e->classes);
        if (!e->regions.empty()) {
            manifest.member("evidence")["by"] = "regions";
            manifest.write("regions.txt", e->regions);
        }
    } else {
        manifest.member("evidence") = words_json(t.alphabet, outcome);
    }
    return manifest.finish();
}

std::string write_closure_at_length(const Place& place, const Subject& subject, std::int64_t length,
                                    const induction::Closure& closure, const Provenance& provenance,
                                    const base::Limits& limits) {
    Manifest manifest(place, claim_json(subject.model.transformer.name, subject.language, subject.map, length, true),
                      provenance_json(provenance), limits);
    write_model(manifest, subject.model);
    if (!subject.language.source().empty()) manifest.write("language.json", subject.language.source());
    manifest.member("evidence") = {{"kind", "closure"},
                                   {"states", closure.states},
                                   {"first", closure.first},
                                   {"period", closure.period},
                                   {"window", closure.window}};
    return manifest.finish();
}

std::string write_certificate(const Place& place, const GuhatSubject& subject, const decide::Outcome& outcome,
                              const Provenance& provenance, const base::Limits& limits) {
    const network::Guhat& tables = subject.tables.guhat;
    return write_words(place, subject.tables, tables, subject, tables.length, outcome, provenance, limits);
}

std::string write_certificate(const Place& place, const ProgramSubject& subject, std::int64_t length,
                              const decide::Outcome& outcome, const Provenance& provenance,
                              const base::Limits& limits) {
    return write_words(place, subject.program, subject.program.program, subject, length, outcome, provenance, limits);
}

std::string write_restriction(const Place& place, const formats::ModelFile& model, std::int64_t length,
                              const std::optional<restriction::Settled>& settled, const restriction::Evidence& evidence,
                              const Provenance& provenance, const base::Limits& limits) {
    return write_restriction_of(model, model.transformer.name, model.transformer.alphabet, place, length, settled,
                                evidence, provenance, limits);
}

std::string write_restriction(const Place& place, const formats::GuhatFile& tables,
                              const std::optional<restriction::Settled>& settled, const restriction::Evidence& evidence,
                              const Provenance& provenance, const base::Limits& limits) {
    if (evidence.refutation) throw base::InternalError("a claim about tables rests on words");
    return write_restriction_of(tables, tables.guhat.name, tables.guhat.alphabet, place, tables.guhat.length, settled,
                                evidence, provenance, limits);
}

std::string write_restriction(const Place& place, const formats::ProgramFile& program, std::int64_t length,
                              const std::optional<restriction::Settled>& settled, const restriction::Evidence& evidence,
                              const Provenance& provenance, const base::Limits& limits) {
    if (evidence.refutation) throw base::InternalError("a claim about a program's restriction rests on words");
    return write_restriction_of(program, program.program.name, program.program.alphabet, place, length, settled,
                                evidence, provenance, limits);
}

void write_collection(const std::string& directory, const std::vector<std::pair<std::string, std::string>>& parts,
                      const Provenance& provenance) {
    Json list = Json::array();
    for (const auto& [name, digest] : parts) list.push_back({{"directory", name}, {"digest", digest}});
    Manifest manifest(directory, {{"kind", "collection"}, {"parts", std::move(list)}}, provenance_json(provenance), {});
    manifest.finish();
}

}  // namespace attest::certify
