#include "attest/certificate/certificate.hpp"

#include <sstream>

#include "attest/base/error.hpp"
#include "attest/circuit/export.hpp"
#include "manifest.hpp"

namespace attest::certificate {

namespace {

using Json = Manifest::Json;

Json provenance_json(const Provenance& provenance) {
    Json object = Json::object();
    for (const auto& [key, value] : provenance.entries) object[key] = value;
    return object;
}

Json claim_json(const Subject& subject, const query::Question& question, const query::Outcome& outcome) {
    const bool file = !subject.language.source().empty();
    Json claim = {{"kind", "recognises"},
                  {"model", subject.model.transformer.name},
                  {"language", file ? "dfa:language.json" : subject.language.name()},
                  {"length", question.length},
                  {"verdict", to_string(outcome.answer)}};
    if (!subject.map.empty()) {
        claim["map"] = Json::object();
        for (const auto& [symbol, meaning] : subject.map) claim["map"][symbol] = meaning;
    }
    return claim;
}

void write_refutation(Manifest& manifest, const query::Refutation& refutation) {
    Json drops = Json::array();
    for (const compile::Drop& d : refutation.drops) drops.push_back({d.boundary, d.position, d.value});
    manifest.member("evidence") = {{"kind", "refutation"}, {"proof", refutation.proof_format}, {"drops", std::move(drops)}};
    std::ostringstream circuit;
    circuit::write_json(refutation.circuit, circuit, {.description = "miter of model and language, then what must never hold"});
    manifest.write("circuit.json", circuit.view());
    manifest.write("formula.cnf", to_dimacs(refutation.formula));
    manifest.write("proof." + refutation.proof_format, refutation.proof);
}

}  // namespace

std::string write_certificate(const std::string& directory, const Subject& subject, const query::Question& question,
                              const query::Outcome& outcome, const Provenance& provenance) {
    Manifest manifest(directory, claim_json(subject, question, outcome), provenance_json(provenance));
    manifest.member("assumptions") = {"words are those over the model's alphabet", "arithmetic is exact, as the model format defines it"};
    manifest.write("model.json", subject.model.bytes);
    if (!subject.model.tensor_name.empty()) manifest.write(subject.model.tensor_name, subject.model.tensor_bytes);
    if (!subject.language.source().empty()) manifest.write("language.json", subject.language.source());
    if (outcome.counterexample) {
        const query::Counterexample& c = *outcome.counterexample;
        const auto name = [](bool accepts) { return accepts ? "accept" : "reject"; };
        manifest.member("evidence") = {{"kind", "witness"},
                                       {"word", subject.model.transformer.alphabet.spell(c.word)},
                                       {"expected", name(c.expected)},
                                       {"actual", name(c.actual)}};
    } else if (outcome.refutation) {
        if (outcome.refutation->proof.empty()) throw base::InternalError("a refutation without proof cannot be certified");
        write_refutation(manifest, *outcome.refutation);
    } else {
        manifest.member("evidence") = {{"kind", "exhaustion"}, {"words", outcome.words}};
    }
    return manifest.finish();
}

void write_collection(const std::string& directory, const std::vector<std::pair<std::string, std::string>>& parts,
                      const Provenance& provenance) {
    Json list = Json::array();
    for (const auto& [name, digest] : parts) list.push_back({{"directory", name}, {"digest", digest}});
    Manifest manifest(directory, {{"kind", "collection"}, {"parts", std::move(list)}}, provenance_json(provenance));
    manifest.finish();
}

}  // namespace attest::certificate
