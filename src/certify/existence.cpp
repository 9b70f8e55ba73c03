#include "attest/certify/existence.hpp"

#include "base/version.hpp"
#include "certify/softmax_threshold_certificate.hpp"
#include "certify/threshold_certificate.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using verdict::Verdict;

verdict::Lengths lengths_of(const threshold::Specification& s) {
    return s.network.positions_visible ? verdict::Lengths::one(s.length) : verdict::Lengths::up_to(s.length);
}

Verdict certify(const threshold::Specification& specification, const threshold::SynthesisOptions& options,
                const threshold::Existence& found, const base::Limits& limits, Archive& archive,
                const std::string& part) {
    const verdict::Lengths lengths = lengths_of(specification);
    if (found.answer == verdict::Answer::undecided) return Verdict::undecided(lengths, found.why);
    if (found.refutation && found.refutation->proof.empty())
        return Verdict::undecided(lengths, {verdict::Reason::unchecked, found.refutation->no_proof});
    if (options.progress) options.progress("checking the certificate");
    const certify::Provenance provenance{
        {{"attest", base::version()}, {"seed", std::to_string(options.seed)}, {"how", found.how}}};
    const Finding finding{lengths,
                          found.answer,
                          found.network || found.parts ? verdict::Evidence::witness : verdict::Evidence::refutation,
                          [&](const std::string& place) {
                              return certify::write_threshold(place, specification, found, provenance, limits);
                          },
                          {"network"}};
    return Notary(archive, part, limits).certify(finding);
}

}  // namespace

Existence decide_existence(const threshold::Specification& specification, const threshold::SynthesisOptions& options,
                           const base::Limits& limits, Archive& archive, const std::string& part) {
    if (const auto limit = limits.exceeded())
        return {{}, Verdict::undecided(lengths_of(specification), {verdict::reason_of(*limit), "not begun"})};
    const Stopwatch watch;
    threshold::Existence found = threshold::search(specification, options, limits);
    Verdict verdict = certify(specification, options, found, limits, archive, part);
    watch.stop(verdict);
    return {std::move(found), std::move(verdict)};
}

SoftmaxExistence decide_softmax_existence(const language::Language& language, std::int64_t heads, std::int64_t length,
                                          const base::Limits& limits, Archive& archive, const std::string& part) {
    const verdict::Lengths lengths = verdict::Lengths::one(length);
    if (const auto limit = limits.exceeded())
        return {{}, Verdict::undecided(lengths, {verdict::reason_of(*limit), "not begun"})};
    const Stopwatch watch;
    threshold::SoftmaxAnswer found = threshold::softmax_threshold(language, heads, length, limits);
    const auto write = [&](const std::string& place) {
        return certify::write_softmax_threshold(place, language, heads, length, found, {{{"attest", base::version()}}},
                                                limits);
    };
    const Finding finding{lengths,
                          found.answer,
                          found.network ? verdict::Evidence::witness : verdict::Evidence::refutation,
                          write,
                          {"network", "bound"}};
    Verdict verdict = found.answer == verdict::Answer::undecided ? Verdict::undecided(lengths, found.why)
                                                                 : Notary(archive, part, limits).certify(finding);
    watch.stop(verdict);
    return {std::move(found), std::move(verdict)};
}

const char* existence_word(const Verdict& verdict) {
    return verdict.holds() ? "possible" : verdict.fails() ? "impossible" : "undecided";
}

}  // namespace attest::certify
