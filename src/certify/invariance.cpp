#include "attest/certify/invariance.hpp"

#include "base/version.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using ablate::Change;
using ablate::Invariant;
using verdict::Verdict;
using Json = Manifest::Json;

/// What is to be written, and about what.
struct Statement {
    const formats::ModelFile& model;
    const ablate::Removal& without;
    const std::vector<std::int64_t>& positions;
    std::int64_t length;
    const std::variant<Invariant, Change, verdict::Undecided>& found;
};

Json claim_json(const Statement& statement, bool holds) {
    Json claim = {{"kind", "invariant"},
                  {"model", statement.model.transformer.name},
                  {"length", statement.length},
                  {"positions", statement.positions},
                  {"verdict", holds ? "verified" : "refuted"}};
    add_removal(claim, statement.without, holds);
    return claim;
}

Json evidence_json(const language::Alphabet& alphabet, const Change& change) {
    return {{"kind", "witness"},
            {"words", {alphabet.spell(change.word), alphabet.spell(change.other)}},
            {"answers", {name_of(change.accepts), name_of(!change.accepts)}}};
}

Json evidence_json(const Invariant& invariant) {
    if (invariant.score.bits == 0) return {{"kind", "exhaustion"}, {"words", invariant.words}};
    return {{"kind", "enclosure"},
            {"words", invariant.words},
            {"margin", decide::margin_text(invariant.score)},
            {"bits", invariant.score.bits}};
}

std::string write(const std::string& place, const Statement& statement, std::uint64_t seed,
                  const base::Limits& limits) {
    const Provenance provenance{{{"attest", base::version()}, {"seed", std::to_string(seed)}}};
    const Invariant* invariant = std::get_if<Invariant>(&statement.found);
    Manifest manifest(place, claim_json(statement, invariant != nullptr), provenance_json(provenance), limits);
    write_model(manifest, statement.model);
    manifest.member("evidence") =
        invariant != nullptr ? evidence_json(*invariant)
                             : evidence_json(statement.model.transformer.alphabet, std::get<Change>(statement.found));
    return manifest.finish();
}

verdict::Evidence kind_of_evidence(const std::variant<Invariant, Change, verdict::Undecided>& found) {
    const Invariant* invariant = std::get_if<Invariant>(&found);
    if (invariant == nullptr) return verdict::Evidence::witness;
    return invariant->score.bits > 0 ? verdict::Evidence::enclosure : verdict::Evidence::exhaustion;
}

}  // namespace

Invariance find_invariance(const formats::ModelFile& model, const ablate::Removal& without,
                           const std::vector<std::int64_t>& positions, std::int64_t length,
                           const decide::ProveOptions& options, const base::Limits& limits, Archive& archive,
                           const std::string& part) {
    const Stopwatch watch;
    const verdict::Lengths lengths = verdict::Lengths::one(length);
    auto found = ablate::find_change(model.transformer, length, positions, options, limits);
    if (auto* why = std::get_if<verdict::Undecided>(&found)) return {Verdict::undecided(lengths, std::move(*why)), {}};
    const bool holds = std::holds_alternative<Invariant>(found);
    const Statement statement{model, without, positions, length, found};
    Verdict verdict =
        Notary(archive, part, limits)
            .certify({lengths,
                      holds ? verdict::Answer::holds : verdict::Answer::fails,
                      kind_of_evidence(found),
                      [&](const std::string& place) { return write(place, statement, options.seed, limits); },
                      {"exhaustion", "witness"}});
    watch.stop(verdict);
    if (holds) return {std::move(verdict), {}};
    return {std::move(verdict), std::get<Change>(std::move(found))};
}

}  // namespace attest::certify
