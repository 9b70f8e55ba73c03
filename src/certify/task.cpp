#include "attest/certify/task.hpp"

#include "base/version.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using verdict::Verdict;
using Json = Manifest::Json;

Json claim_json(const TaskSubject& subject, std::int64_t length, const task::Options& options,
                const task::Outcome& outcome) {
    Json claim = {{"kind", options.count ? "performance" : "performs"},
                  {"model", subject.program.program.name},
                  {"task", subject.task.name()},
                  {"length", length}};
    if (options.count) claim["wrong"] = std::to_string(outcome.wrong);
    else claim["verdict"] = outcome.wrong == 0 ? "verified" : "refuted";
    return claim;
}

Json evidence_json(const TaskSubject& subject, const task::Options& options, const task::Outcome& outcome) {
    if (outcome.wrong == 0 || options.count) {
        if (outcome.by == task::Method::prefixes) return {{"kind", "prefixes"}};
        return {{"kind", "exhaustion"}, {"words", outcome.words}};
    }
    const task::Mistake& mistake = outcome.first.front();
    const std::size_t i = mistake.position();
    return {{"kind", "witness"},
            {"word", subject.program.program.alphabet.spell(mistake.word)},
            {"position", i},
            {"expected", mistake.expected[i - 1]},
            {"actual", mistake.actual[i - 1]}};
}

Json spelled(const TaskSubject& subject, const std::vector<language::Word>& words) {
    Json texts = Json::array();
    for (const language::Word& word : words) texts.push_back(subject.program.program.alphabet.spell(word));
    return texts;
}

Verdict certify(const TaskSubject& subject, std::int64_t length, const task::Options& options,
                const task::Outcome& outcome, const base::Limits& limits, Archive& archive, const std::string& part) {
    const verdict::Lengths lengths = verdict::Lengths::one(length);
    if (outcome.why.reason != verdict::Reason::none) return Verdict::undecided(lengths, outcome.why);
    if (options.progress) options.progress("checking the certificate");
    const auto write = [&](const std::string& place) {
        Manifest manifest(place, claim_json(subject, length, options, outcome),
                          provenance_json({{{"attest", base::version()}}}), limits);
        write_model(manifest, subject.program);
        if (outcome.refutation) {
            write_refutation(manifest, *outcome.refutation,
                             "miter of program and task, then where the program has no value");
            if (options.count) manifest.member("evidence")["mistakes"] = spelled(subject, outcome.list);
        } else {
            manifest.member("evidence") = evidence_json(subject, options, outcome);
        }
        return manifest.finish();
    };
    const bool holds = options.count || outcome.wrong == 0;
    return Notary(archive, part, limits)
        .certify({lengths,
                  holds ? verdict::Answer::holds : verdict::Answer::fails,
                  outcome.evidence(options.count),
                  write,
                  {"exhaustion", "witness"}});
}

}  // namespace

Performance perform(const TaskSubject& subject, std::int64_t length, const task::Options& options,
                    const base::Limits& limits, Archive& archive, const std::string& part) {
    const Stopwatch watch;
    task::Outcome outcome = task::hold({subject.program.program, subject.task, length}, options, limits);
    Verdict verdict = certify(subject, length, options, outcome, limits, archive, part);
    watch.stop(verdict);
    return {length, std::move(outcome), std::move(verdict)};
}

}  // namespace attest::certify
