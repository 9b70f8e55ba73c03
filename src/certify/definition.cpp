#include "certify/definition.hpp"

#include <limits>

#include "base/version.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using Json = Manifest::Json;
using verdict::Verdict;

verdict::Lengths lengths_of(const Definition& d) {
    if (d.length) return verdict::Lengths::one(*d.length);
    return {d.from, std::numeric_limits<std::int64_t>::max()};
}

Json claim_of(const FormulaSubject& subject, const Definition& d) {
    const language::Language& language = subject.language;
    Json claim = {{"kind", "defines"},
                  {"formula", subject.program.name},
                  {"language", language.source().empty() ? language.name() : "dfa:language.json"}};
    if (d.length) claim["length"] = *d.length;
    else claim["lengths"] = {{"from", d.from}};
    claim["verdict"] = d.outcome.difference() == nullptr ? "verified" : "refuted";
    return claim;
}

Json evidence_of(const FormulaSubject& subject, const formula::Outcome& outcome) {
    if (outcome.closed() != nullptr) return {{"kind", "closure"}};
    if (const formula::Eliminated* e = outcome.eliminated())
        return {{"kind", "elimination"}, {"formulas", e->other ? 2 : 1}};
    if (const formula::Exhausted* e = outcome.exhausted()) return {{"kind", "exhaustion"}, {"vectors", e->vectors}};
    const formula::Difference& d = *outcome.difference();
    return {{"kind", "witness"},
            {"word", language::Alphabet(subject.program.alphabet).spell(d.word)},
            {"expected", name_of(!d.holds)},
            {"actual", name_of(d.holds)}};
}

void certify_definition(const FormulaSubject& subject, Definition& d, const base::Limits& limits, Archive& archive,
                        const std::string& part) {
    if (const verdict::Undecided* why = d.outcome.undecided()) {
        d.verdict = Verdict::undecided(lengths_of(d), *why);
        return;
    }
    const bool holds = d.outcome.difference() == nullptr;
    const auto write = [&](const std::string& place) {
        Manifest manifest(place, claim_of(subject, d), provenance_json({{{"attest", base::version()}}}), limits);
        manifest.write("formula.json", programs::foc::formula_file(subject.program));
        if (const formula::Eliminated* e = d.outcome.eliminated(); e != nullptr && e->other)
            manifest.write("other.json", programs::foc::formula_file(*e->other));
        if (!subject.language.source().empty()) manifest.write("language.json", subject.language.source());
        manifest.member("assumptions") = Json::array();
        manifest.member("evidence") = evidence_of(subject, d.outcome);
        return manifest.finish();
    };
    d.verdict = Notary(archive, part, limits)
                    .certify({lengths_of(d),
                              holds ? verdict::Answer::holds : verdict::Answer::fails,
                              holds ? verdict::Evidence::exhaustion : verdict::Evidence::witness,
                              write,
                              {"witness"}});
}

formula::Question question_of(const FormulaSubject& subject) {
    const language::Alphabet symbols(subject.program.alphabet);
    return {subject.program, subject.language, language::relate(symbols, subject.language.alphabet(), {})};
}

}  // namespace

Definition define_at(const FormulaSubject& subject, std::int64_t length, const base::Limits& limits, Archive& archive,
                     const std::string& part) {
    const Stopwatch watch;
    Definition d{length, 0, formula::prove_at(question_of(subject), static_cast<std::size_t>(length), limits),
                 Verdict::undecided(verdict::Lengths::one(length), {})};
    certify_definition(subject, d, limits, archive, part);
    watch.stop(d.verdict);
    return d;
}

Definition define_everywhere(const FormulaSubject& subject, std::int64_t from, const base::Limits& limits,
                             Archive& archive, const std::string& part) {
    const Stopwatch watch;
    Definition d{std::nullopt, from,
                 formula::prove_everywhere(question_of(subject), static_cast<std::size_t>(from), limits),
                 Verdict::undecided({from, std::numeric_limits<std::int64_t>::max()}, {})};
    certify_definition(subject, d, limits, archive, part);
    watch.stop(d.verdict);
    return d;
}

}  // namespace attest::certify
