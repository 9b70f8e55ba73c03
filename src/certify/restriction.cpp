#include "attest/certify/restriction.hpp"

#include "attest/certify/certificate.hpp"
#include "base/version.hpp"
#include "notary.hpp"

namespace attest::certify {

namespace {

using verdict::Verdict;
using MaybeSettled = std::optional<restriction::Settled>;

/// write  (place, settled, provenance): the digest of the manifest
template <typename Write>
Verdict certify(std::int64_t length, const restriction::Outcome& outcome, std::uint64_t seed,
                const base::Limits& limits, Archive& archive, Write write) {
    const verdict::Lengths lengths = verdict::Lengths::one(length);
    if (outcome.kind == verdict::Evidence::none)
        return Verdict::undecided(
            lengths, {verdict::Reason::unsupported,
                      "no evidence for the checker" + (outcome.no_evidence.empty() ? "" : ": " + outcome.no_evidence)});
    const auto& refutation = outcome.evidence.refutation;
    certify::Provenance provenance{{{"attest", base::version()}, {"seed", std::to_string(seed)}}};
    if (refutation) provenance.entries.emplace_back("solver", refutation->solver);
    const MaybeSettled settled = outcome.nothing_free ? MaybeSettled() : outcome.settled;
    const bool soft = outcome.evidence.score.has_value();  // the checker's intervals may be wider than the balls
    const verdict::Evidence evidence = refutation ? verdict::Evidence::refutation
                                       : soft     ? verdict::Evidence::enclosure
                                                  : verdict::Evidence::exhaustion;
    std::vector<std::string> certain;
    if (!soft) certain = {"witness", "optimality", "exhaustion"};
    const auto write_to = [&](const std::string& place) { return write(place, settled, provenance); };
    return Notary(archive, "", limits).certify({lengths, verdict::Answer::holds, evidence, write_to, certain});
}

}  // namespace

Verdict certify_restriction(const formats::ModelFile& model, std::int64_t length, const restriction::Outcome& outcome,
                            std::uint64_t seed, const base::Limits& limits, Archive& archive) {
    return certify(length, outcome, seed, limits, archive,
                   [&](const std::string& place, const MaybeSettled& settled, const certify::Provenance& provenance) {
                       return certify::write_restriction(place, model, length, settled, outcome.evidence, provenance,
                                                         limits);
                   });
}

Verdict certify_restriction(const formats::GuhatFile& tables, const restriction::Outcome& outcome, std::uint64_t seed,
                            const base::Limits& limits, Archive& archive) {
    return certify(tables.guhat.length, outcome, seed, limits, archive,
                   [&](const std::string& place, const MaybeSettled& settled, const certify::Provenance& provenance) {
                       return certify::write_restriction(place, tables, settled, outcome.evidence, provenance, limits);
                   });
}

Verdict certify_restriction(const formats::ProgramFile& program, std::int64_t length,
                            const restriction::Outcome& outcome, std::uint64_t seed, const base::Limits& limits,
                            Archive& archive) {
    return certify(length, outcome, seed, limits, archive,
                   [&](const std::string& place, const MaybeSettled& settled, const certify::Provenance& provenance) {
                       return certify::write_restriction(place, program, length, settled, outcome.evidence, provenance,
                                                         limits);
                   });
}

}  // namespace attest::certify
