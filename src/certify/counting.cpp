#include "counting.hpp"

#include <limits>

#include "attest/network/evaluate.hpp"
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
                  {"lengths", {{"from", subject.from}}},
                  {"verdict", holds ? "verified" : "refuted"}};
    if (!subject.map.empty()) claim["map"] = map_json(subject.map);
    return claim;
}

verdict::Verdict certify_counting(const CountingSubject& subject, const counting::Outcome& outcome,
                                  const base::Limits& limits, Archive& archive, const std::string& place) {
    const verdict::Lengths lengths{subject.from, std::numeric_limits<std::int64_t>::max()};
    if (const verdict::Undecided* why = outcome.undecided()) return verdict::Verdict::undecided(lengths, *why);
    const counting::Proof* proof = outcome.proof();
    const auto write = [&](const std::string& directory) {
        Manifest manifest(directory, counting_claim(subject, proof != nullptr),
                          provenance_json({{{"attest", base::version()}}}), limits);
        if (subject.model != nullptr) write_model(manifest, *subject.model);
        if (subject.model == nullptr || proof != nullptr) manifest.write("program.crasp", subject.text);
        if (!subject.language.source().empty()) manifest.write("language.json", subject.language.source());
        if (proof != nullptr) {
            manifest.write("invariant.json", counting::write_invariant(proof->invariant));
            manifest.write("steps.txt", proof->lines);
            manifest.member("evidence") = {{"kind", "linear-invariant"}};
            if (proof->counts_symbols) manifest.member("evidence")["symbols"] = true;
        } else {
            const decide::Counterexample& c = *outcome.counterexample();
            manifest.member("evidence") = {{"kind", "witness"},
                                           {"word", language::Alphabet(subject.program.alphabet).spell(c.word)},
                                           {"expected", name_of(c.expected)},
                                           {"actual", name_of(c.actual)}};
        }
        return manifest.finish();
    };
    return Notary(archive, place, limits)
        .certify({lengths,
                  proof != nullptr ? verdict::Answer::holds : verdict::Answer::fails,
                  proof != nullptr ? verdict::Evidence::refutation : verdict::Evidence::witness,
                  write,
                  {"witness"}});
}

/// The empty word, of which a program says nothing, if the model is wrong on it.
std::optional<counting::Outcome> on_the_empty_word(const CountingSubject& subject) {
    if (subject.from > 0) return std::nullopt;
    decide::Counterexample found;
    found.expected = subject.language.contains({});
    found.actual = network::evaluate(subject.model->transformer, {}).accepts;
    if (found.expected == found.actual) return std::nullopt;
    return counting::Outcome{found, true};
}

}  // namespace

CountingSubject counted_model(const formats::ModelFile& model, std::string text, const language::Language& language,
                              std::vector<std::pair<std::string, std::string>> map, std::int64_t from) {
    const std::string& name = model.transformer.name;
    programs::crasp::Program program = programs::crasp::parse(text, name);
    return {name, std::move(text), std::move(program), language, std::move(map), &model, from};
}

CountingResult recognise_by_counting(const CountingSubject& subject, const base::Limits& limits, Archive& archive,
                                     const std::function<void(const std::string&)>& progress,
                                     const std::string& place) {
    const Stopwatch watch;
    auto wrong = on_the_empty_word(subject);
    counting::Outcome outcome =
        wrong ? std::move(*wrong)
              : counting::prove(
                    {subject.program, subject.language,
                     relate(language::Alphabet(subject.program.alphabet), subject.language.alphabet(), subject.map)},
                    limits, progress);
    if (progress) progress("checking the certificate");
    verdict::Verdict verdict = certify_counting(subject, outcome, limits, archive, place);
    watch.stop(verdict);
    return {subject.from, std::move(outcome), std::move(verdict)};
}

}  // namespace attest::certify
