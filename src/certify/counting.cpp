#include "counting.hpp"

#include <limits>

#include "base/version.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using Json = Manifest::Json;

Json counting_claim(const CountingSubject& subject, bool holds) {
    const language::Language& language = subject.language;
    Json claim = {{"kind", "recognises"},
                  {"model", subject.name},
                  {"language", language.source().empty() ? language.name() : "dfa:language.json"},
                  {"lengths", {{"from", 1}}},
                  {"verdict", holds ? "verified" : "refuted"}};
    if (!subject.map.empty()) claim["map"] = map_json(subject.map);
    return claim;
}

verdict::Verdict certify_counting(const CountingSubject& subject, const counting::Outcome& outcome,
                                  const base::Limits& limits, Archive& archive) {
    const verdict::Lengths lengths{1, std::numeric_limits<std::int64_t>::max()};
    if (const verdict::Undecided* why = outcome.undecided()) return verdict::Verdict::undecided(lengths, *why);
    const counting::Proof* proof = outcome.proof();
    const auto write = [&](const std::string& place) {
        Manifest manifest(place, counting_claim(subject, proof != nullptr),
                          provenance_json({{{"attest", base::version()}}}), limits);
        manifest.write("program.crasp", subject.text);
        if (!subject.language.source().empty()) manifest.write("language.json", subject.language.source());
        if (proof != nullptr) {
            manifest.write("invariant.json", counting::write_invariant(proof->invariant));
            manifest.write("steps.txt", proof->lines);
            manifest.member("evidence") = {{"kind", "linear-invariant"}};
        } else {
            const decide::Counterexample& c = *outcome.counterexample();
            manifest.member("evidence") = {{"kind", "witness"},
                                           {"word", language::Alphabet(subject.program.alphabet).spell(c.word)},
                                           {"expected", name_of(c.expected)},
                                           {"actual", name_of(c.actual)}};
        }
        return manifest.finish();
    };
    return Notary(archive, "", limits)
        .certify({lengths,
                  proof != nullptr ? verdict::Answer::holds : verdict::Answer::fails,
                  proof != nullptr ? verdict::Evidence::refutation : verdict::Evidence::witness,
                  write,
                  {"witness"}});
}

}  // namespace

CountingResult recognise_by_counting(const CountingSubject& subject, const base::Limits& limits, Archive& archive,
                                     const std::function<void(const std::string&)>& progress) {
    const Stopwatch watch;
    counting::Outcome outcome = counting::prove(
        {subject.program, subject.language,
         relate(language::Alphabet(subject.program.alphabet), subject.language.alphabet(), subject.map)},
        limits, progress);
    if (progress) progress("checking the certificate");
    verdict::Verdict verdict = certify_counting(subject, outcome, limits, archive);
    watch.stop(verdict);
    return {std::move(outcome), std::move(verdict)};
}

}  // namespace attest::certify
