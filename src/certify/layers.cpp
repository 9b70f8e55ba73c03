#include "certify/layers.hpp"

#include <algorithm>

#include "base/version.hpp"
#include "certify/outside.hpp"
#include "certify/regular_claim.hpp"
#include "manifest.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using Json = Manifest::Json;

/// What is claimed: that so many layers of a class are too few for a language.
struct TooFew {
    const language::Language& language;
    const classify::LayerClass& network;
    std::size_t layers;
    const std::pair<language::Word, language::Word>& pair;
};

std::string write(const std::string& place, const TooFew& found, const base::Limits& limits) {
    const RegularSubject subject = regular_subject(found.language);
    Json claim = regular_claim_json("layers", subject);
    claim["mask"] = "strict";
    claim["tie"] = to_string(found.network.ties);
    claim["modulus"] = found.network.modulus;
    claim["layers"] = found.layers;
    claim["read"] = found.network.reads_end ? "end" : "last";
    claim["verdict"] = "impossible";
    Manifest manifest(place, std::move(claim), provenance_json({{{"attest", base::version()}}}), limits);
    write_regular_language(manifest, subject);
    const language::Alphabet& alphabet = found.language.alphabet();
    manifest.member("evidence") = {{"kind", "pair"},
                                   {"words", {alphabet.spell(found.pair.first), alphabet.spell(found.pair.second)}}};
    return manifest.finish();
}

verdict::Undecided why_open(const classify::LayerSearch& found, const base::Limits& limits) {
    if (const auto limit = limits.exceeded()) return {verdict::reason_of(*limit), "no pair of words so far"};
    if (found.is_closed) return {verdict::Reason::unsupported, "no pair of words: so many layers are enough"};
    return {verdict::Reason::unsupported,
            "no pair of words was found, and not all that layers can tell was gone through"};
}

}  // namespace

LayerReport count_layers(const language::Language& language, const classify::LayerClass& network, std::size_t most,
                         const base::Limits& limits, Archive& archive) {
    const Stopwatch watch;
    const language::Dfa& automaton = minimal_automaton(language);
    LayerReport report;
    for (std::size_t k = 0; k <= most; ++k) {
        const Stopwatch one;
        classify::LayerSearch found = search_layers(automaton, network, k, limits);
        if (!found.pair) {
            report.answers.push_back({k, found, verdict::Verdict::undecided({}, why_open(found, limits))});
            if (found.is_closed) report.enough = k;
            break;
        }
        const std::size_t longest = std::max(found.pair->first.size(), found.pair->second.size());
        report.parts.push_back("layers-" + std::to_string(k));
        const auto write_it = [&](const std::string& place) {
            return write(place, {language, network, k, *found.pair}, limits);
        };
        verdict::Verdict verdict = Notary(archive, report.parts.back(), limits)
                                       .certify({verdict::Lengths::up_to(static_cast<std::int64_t>(longest)),
                                                 verdict::Answer::fails,
                                                 verdict::Evidence::witness,
                                                 write_it,
                                                 {"pair"}});
        one.stop(verdict);
        const bool shown = verdict.fails();
        report.answers.push_back({k, std::move(found), std::move(verdict)});
        if (!shown) break;
        report.least = k + 1;
    }
    report.seconds = watch.seconds();
    return report;
}

}  // namespace attest::certify
