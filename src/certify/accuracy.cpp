#include "attest/certify/accuracy.hpp"

#include <fmt/format.h>

#include "base/version.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using accuracy::By;
using verdict::Verdict;
using Json = Manifest::Json;

Json claim_json(const AccuracySubject& subject, std::int64_t length, const accuracy::Outcome& outcome) {
    const bool file = !subject.language.source().empty();
    Json claim = {{"kind", "accuracy"},
                  {"model", name_of(subject.model)},
                  {"language", file ? "dfa:language.json" : subject.language.name()},
                  {"length", length},
                  {"wrong", outcome.least.get_str()}};
    if (!subject.map.empty()) claim["map"] = map_json(subject.map);
    return claim;
}

void write_list(Manifest& manifest, const language::Alphabet& alphabet, const accuracy::Outcome& outcome) {
    write_refutation(manifest, *outcome.refutation,
                     "where model and language differ on another word than those listed");
    Json list = Json::array();
    for (const language::Word& word : outcome.list) list.push_back(alphabet.spell(word));
    manifest.member("evidence")["mistakes"] = std::move(list);
}

/// FORMAT.md, section 24.
std::string diagram_text(const accuracy::WordDiagram& diagram) {
    std::string text = fmt::format("{}\n", fmt::join(diagram.order, " "));
    for (const accuracy::WordDiagram::Node& node : diagram.nodes)
        text += fmt::format("{} {}\n", node.level, fmt::join(node.children, " "));
    return text + fmt::format("{}\n", diagram.root);
}

void write_diagram(Manifest& manifest, const accuracy::Outcome& outcome) {
    write_refutation(manifest, *outcome.refutation,
                     "where a decision diagram says other words than those of which model "
                     "and language differ");
    manifest.member("evidence")["by"] = "diagram";
    manifest.write("diagram.txt", diagram_text(*outcome.diagram));
}

Json words_evidence(const accuracy::Outcome& outcome) {
    if (outcome.score.bits == 0) return {{"kind", "exhaustion"}, {"words", outcome.looked_at}};
    Json evidence = {{"kind", "enclosure"},
                     {"words", outcome.looked_at},
                     {"margin", decide::margin_text(outcome.score)},
                     {"bits", outcome.score.bits}};
    if (!outcome.classes.empty()) evidence["classes"] = lists_from_one(outcome.classes);
    return evidence;
}

/// Why there is no certificate; reason `none` if there can be one.
verdict::Undecided obstacle(const accuracy::Outcome& outcome) {
    if (outcome.why.reason != verdict::Reason::none) return outcome.why;
    if (outcome.by == By::sample) return {verdict::Reason::unsupported, "a sample proves nothing"};
    if (outcome.by == By::diagram && (!outcome.refutation || outcome.refutation->proof.empty()))
        return {verdict::Reason::unchecked, !outcome.diagram ? "the decision diagram is too large for a proof about it"
                                            : outcome.refutation
                                                ? outcome.refutation->no_proof
                                                : "no proof was found in time that the decision diagram is right"};
    if (outcome.by == By::list && (!outcome.refutation || outcome.refutation->proof.empty()))
        return {verdict::Reason::unchecked,
                outcome.refutation ? outcome.refutation->no_proof : "no proof that there are no other mistakes"};
    return {};
}

Verdict certify(const AccuracySubject& subject, std::int64_t length, const accuracy::Outcome& outcome,
                const accuracy::Options& options, const base::Limits& limits, Archive& archive,
                const std::string& part) {
    const verdict::Lengths lengths = verdict::Lengths::one(length);
    if (verdict::Undecided why = obstacle(outcome); why.reason != verdict::Reason::none) {
        if (const auto limit = limits.exceeded(); limit && why.reason == verdict::Reason::unchecked)
            why.reason = verdict::reason_of(*limit);
        return Verdict::undecided(lengths, std::move(why));
    }
    if (options.progress) options.progress("checking the certificate");
    const auto write = [&](const std::string& place) {
        Provenance provenance{{{"attest", base::version()}, {"seed", std::to_string(options.seed)}}};
        if (outcome.refutation) provenance.entries.emplace_back("solver", outcome.refutation->solver);
        Manifest manifest(place, claim_json(subject, length, outcome), provenance_json(provenance), limits);
        std::visit([&](const auto& file) { write_model(manifest, file); }, subject.model);
        if (!subject.language.source().empty()) manifest.write("language.json", subject.language.source());
        if (outcome.by == By::list) write_list(manifest, decide::alphabet_of(network_of(subject.model)), outcome);
        else if (outcome.by == By::diagram) write_diagram(manifest, outcome);
        else manifest.member("evidence") = words_evidence(outcome);
        return manifest.finish();
    };
    return Notary(archive, part, limits)
        .certify({lengths, verdict::Answer::holds, outcome.evidence(), write, {"exhaustion", "witness"}});
}

}  // namespace

verdict::Undecided Accuracy::open() const {
    if (outcome.why.reason != verdict::Reason::none) return outcome.why;
    switch (verdict.why().reason) {
        case verdict::Reason::deadline:
        case verdict::Reason::memory:
        case verdict::Reason::interrupted: return verdict.why();
        default: return {};
    }
}

Accuracy count_mistakes(const AccuracySubject& subject, std::int64_t length, const accuracy::Options& options,
                        const base::Limits& limits, Archive& archive, const std::string& part) {
    const Stopwatch watch;
    const decide::Network network = network_of(subject.model);
    const accuracy::Question question{network, subject.language,
                                      relate(decide::alphabet_of(network), subject.language.alphabet(), subject.map),
                                      length};
    accuracy::Outcome outcome = accuracy::count_mistakes(question, options, limits);
    Verdict verdict = certify(subject, length, outcome, options, limits, archive, part);
    watch.stop(verdict);
    return {length, std::move(outcome), std::move(verdict)};
}

}  // namespace attest::certify
