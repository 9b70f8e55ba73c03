#include "attest/certify/every_length.hpp"

#include <limits>

#include "base/version.hpp"
#include "certify/straight.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using Json = Manifest::Json;
using verdict::Verdict;

verdict::Lengths lengths_from(std::int64_t from) { return {from, std::numeric_limits<std::int64_t>::max()}; }

/// What is claimed of a network or a program, and how its file is written.
struct Claimed {
    const std::string& name;
    const language::Alphabet& alphabet;
    const language::Language& language;
    const std::vector<std::pair<std::string, std::string>>& map;
    std::function<void(Manifest&)> write;
};

Json claim_json(const Claimed& claimed, std::int64_t from, bool holds) {
    const language::Language& language = claimed.language;
    Json claim = {{"kind", "recognises"},
                  {"model", claimed.name},
                  {"language", language.source().empty() ? language.name() : "dfa:language.json"},
                  {"lengths", {{"from", from}}},
                  {"verdict", holds ? "verified" : "refuted"}};
    if (!claimed.map.empty()) claim["map"] = map_json(claimed.map);
    return claim;
}

Json evidence_json(const language::Alphabet& alphabet, const induction::Outcome& outcome) {
    if (const induction::Closure* c = outcome.closure())
        return {{"kind", "closure"},
                {"states", c->states},
                {"first", c->first},
                {"period", c->period},
                {"window", c->window}};
    if (const induction::Invariant* i = outcome.invariant()) {
        Json evidence = {{"kind", "invariant"}, {"proof", "lrat"}, {"first", i->first}, {"period", i->period}};
        if (i->window) evidence["window"] = *i->window;
        return evidence;
    }
    const decide::Counterexample& c = *outcome.counterexample();
    return {{"kind", "witness"},
            {"word", alphabet.spell(c.word)},
            {"expected", name_of(c.expected)},
            {"actual", name_of(c.actual)}};
}

void write_invariant(Manifest& manifest, const induction::Invariant& invariant) {
    manifest.write("machine.json", invariant.machine);
    manifest.write("invariant.json", invariant.conjunction);
    if (manifest.goes_on()) manifest.write("formula.cnf", to_dimacs(invariant.formula));
    manifest.write("proof.lrat", invariant.proof);
}

Verdict certify_all(const Claimed& claimed, std::int64_t from, const induction::Outcome& outcome,
                    const base::Limits& limits, Archive& archive, const std::string& part = "") {
    if (const verdict::Undecided* why = outcome.undecided()) return Verdict::undecided(lengths_from(from), *why);
    const bool holds = outcome.counterexample() == nullptr;
    const auto write = [&](const std::string& place) {
        Manifest manifest(place, claim_json(claimed, from, holds), provenance_json({{{"attest", base::version()}}}),
                          limits);
        claimed.write(manifest);
        if (!claimed.language.source().empty()) manifest.write("language.json", claimed.language.source());
        manifest.member("evidence") = evidence_json(claimed.alphabet, outcome);
        if (outcome.invariant() != nullptr) write_invariant(manifest, *outcome.invariant());
        return manifest.finish();
    };
    return Notary(archive, part, limits)
        .certify({lengths_from(from),
                  holds ? verdict::Answer::holds : verdict::Answer::fails,
                  outcome.closure() != nullptr ? verdict::Evidence::exhaustion
                  : holds                      ? verdict::Evidence::refutation
                                               : verdict::Evidence::witness,
                  write,
                  {"witness"}});
}

Json scale_json(const induction::Scale& scale) {
    return {{"first", scale.first}, {"period", scale.period}, {"window", scale.window}};
}

Json evidence_json(const language::Alphabet& alphabet, const induction::EqualOutcome& outcome) {
    if (const induction::JointClosure* c = outcome.closure()) {
        Json evidence = {{"kind", "closure"}, {"states", c->states}};
        evidence.update(scale_json(c->model));
        evidence["other"] = scale_json(c->other);
        return evidence;
    }
    const induction::Difference& d = *outcome.difference();
    return {{"kind", "witness"}, {"word", alphabet.spell(d.word)}, {"answers", {name_of(d.model), name_of(!d.model)}}};
}

Json claim_json(const TwoSubjects& subjects, std::int64_t from, bool holds) {
    Json claim = {{"kind", "equal"},
                  {"model", name_of(subjects.model)},
                  {"other", name_of(subjects.other)},
                  {"lengths", {{"from", from}}},
                  {"verdict", holds ? "verified" : "refuted"}};
    if (!subjects.map.empty()) claim["map"] = map_json(subjects.map);
    return claim;
}

Verdict certify_equality(const TwoSubjects& subjects, const language::Alphabet& alphabet, std::int64_t from,
                         const induction::EqualOutcome& outcome, const base::Limits& limits, Archive& archive) {
    if (const verdict::Undecided* why = outcome.undecided()) return Verdict::undecided(lengths_from(from), *why);
    const bool holds = outcome.closure() != nullptr;
    const auto write = [&](const std::string& place) {
        Manifest manifest(place, claim_json(subjects, from, holds), provenance_json({{{"attest", base::version()}}}),
                          limits);
        std::visit([&](const auto& file) { write_model(manifest, file); }, subjects.model);
        std::visit([&](const auto& file) { write_model(manifest, file, "other.json", "other-"); }, subjects.other);
        manifest.member("evidence") = evidence_json(alphabet, outcome);
        return manifest.finish();
    };
    return Notary(archive, "", limits)
        .certify({lengths_from(from),
                  holds ? verdict::Answer::holds : verdict::Answer::fails,
                  holds ? verdict::Evidence::exhaustion : verdict::Evidence::witness,
                  write,
                  {"witness"}});
}

}  // namespace

EveryLength recognise_at_every_length(const Subject& subject, std::int64_t from, const base::Limits& limits,
                                      Archive& archive, const std::function<void(const std::string&)>& progress,
                                      induction::Way way, const induction::Proposal* proposal,
                                      const std::string& part) {
    const Stopwatch watch;
    const network::Transformer& t = subject.model.transformer;
    induction::Outcome outcome = induction::prove(
        {t, subject.language, relate(t.alphabet, subject.language.alphabet(), subject.map), from, way, proposal},
        limits, progress);
    if (progress) progress("checking the certificate");
    Verdict verdict = certify_all({t.name, t.alphabet, subject.language, subject.map,
                                   [&](Manifest& manifest) { write_model(manifest, subject.model); }},
                                  from, outcome, limits, archive, part);
    watch.stop(verdict);
    return {from, std::move(outcome), std::move(verdict)};
}

EveryLength recognise_at_every_length(const StraightSubject& subject, std::int64_t from, const base::Limits& limits,
                                      Archive& archive, const std::function<void(const std::string&)>& progress) {
    const Stopwatch watch;
    const language::Alphabet alphabet(subject.program.alphabet);
    induction::Outcome outcome = induction::prove(
        {subject.program, subject.language, relate(alphabet, subject.language.alphabet(), subject.map), from}, limits,
        progress);
    if (progress) progress("checking the certificate");
    Verdict verdict = certify_all({subject.name, alphabet, subject.language, subject.map,
                                   [&](Manifest& manifest) { manifest.write("program.brasp", subject.text); }},
                                  from, outcome, limits, archive);
    watch.stop(verdict);
    return {from, std::move(outcome), std::move(verdict)};
}

EveryLengthEquality compare_at_every_length(const TwoSubjects& subjects, std::int64_t from, const base::Limits& limits,
                                            Archive& archive, const std::function<void(const std::string&)>& progress) {
    const Stopwatch watch;
    const network::Transformer& model = std::get<formats::ModelFile>(subjects.model).transformer;
    const network::Transformer& other = std::get<formats::ModelFile>(subjects.other).transformer;
    induction::EqualOutcome outcome = induction::equal(
        {model, other, equal::match(model.alphabet, other.alphabet, subjects.map), from}, limits, progress);
    if (progress) progress("checking the certificate");
    Verdict verdict = certify_equality(subjects, model.alphabet, from, outcome, limits, archive);
    watch.stop(verdict);
    return {from, std::move(outcome), std::move(verdict)};
}

}  // namespace attest::certify
