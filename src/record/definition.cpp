#include "record/definition.hpp"

#include "record/words.hpp"

namespace attest::record {

namespace {

Prove::Length definition(const programs::foc::Program& program, const certify::Definition& d) {
    const verdict::Verdict& v = d.verdict;
    Prove::Length entry;
    if (d.length) entry.length = *d.length;
    else entry.lengths = {d.from};
    entry.verdict = v.word();
    if (v.is_undecided()) {
        entry.reason = to_string(v.why().reason);
        entry.detail = v.why().detail;
    }
    if (const formula::Difference* found = d.outcome.difference(); found != nullptr && v.fails()) {
        entry.counterexample = language::Alphabet(program.alphabet).spell(found->word);
        entry.expected = answer_word(!found->holds);
        entry.actual = answer_word(found->holds);
    }
    if (v.evidence() != verdict::Evidence::none) entry.evidence = evidence_word(v.evidence());
    if (const formula::Exhausted* e = d.outcome.exhausted(); e != nullptr && v.holds()) {
        entry.words = e->vectors;
        entry.by = "counts";
    }
    if (const formula::Closed* c = d.outcome.closed(); c != nullptr && v.holds()) {
        entry.evidence = "closure";
        entry.closure = {c->states, 0, programs::foc::modulus_of(program), 0};
    }
    if (d.outcome.eliminated() != nullptr && v.holds()) entry.evidence = "elimination";
    if (v.kept()) entry.certificate = v.digest();
    entry.check_seconds = v.spent.check_seconds;
    entry.seconds = v.spent.seconds;
    return entry;
}

}  // namespace

Prove definitions(const programs::foc::Program& program, const std::string& language,
                  const std::vector<certify::Definition>& results) {
    Prove record{program.name, language, std::nullopt, {}};
    for (const certify::Definition& d : results) record.results.push_back(definition(program, d));
    return record;
}

}  // namespace attest::record
