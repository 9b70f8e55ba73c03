#include "record/equality.hpp"

#include "fields.hpp"

namespace attest::record {

namespace {

using verdict::Evidence;

void add_enclosure(Equality::Length& entry, const equal::Enclosure& enclosure) {
    entry.margin = margin_record(enclosure.margin);
    entry.bits = enclosure.bits;
    if (!enclosure.classes.empty()) entry.by = "counts";
}

void add_refutation(Equality::Length& entry, const decide::Refutation& refutation, std::size_t gates) {
    entry.gates = gates;
    entry.clauses = refutation.formula.size();
    entry.solver = refutation.solver;
    entry.proof = refutation.proof_format;
    entry.proof_bytes = refutation.proof.size();
}

void add_evidence(Equality::Length& entry, const certify::Equality& e) {
    const Evidence evidence = e.verdict.evidence();
    if (evidence == Evidence::none) return;
    entry.evidence = evidence_word(evidence);
    if (evidence == Evidence::exhaustion || evidence == Evidence::enclosure) entry.words = e.outcome.statistics.words;
    if (const equal::Enclosure* enclosure = e.outcome.enclosure()) add_enclosure(entry, *enclosure);
    if (const equal::Refutation* r = e.outcome.refutation())
        add_refutation(entry, r->refutation, e.outcome.statistics.gates);
}

/// What a verdict says, of whichever lengths.
void add_verdict(Equality::Length& entry, const verdict::Verdict& v) {
    entry.verdict = v.word();
    if (v.is_undecided()) {
        entry.reason = to_string(v.why().reason);
        entry.detail = v.why().detail;
    }
    if (v.kept()) entry.certificate = v.digest();
    entry.check_seconds = v.spent.check_seconds;
    entry.seconds = v.spent.seconds;
}

void add_difference(Equality::Length& entry, const std::string& word, bool model) {
    entry.word = word;
    entry.answers = {answer_word(model), answer_word(!model)};
}

void add_difference(Equality::Length& entry, const language::Alphabet& alphabet, const equal::Difference& difference) {
    if (!difference.texts) return add_difference(entry, alphabet.spell(difference.word), difference.model);
    const equal::BothTexts& texts = *difference.texts;
    const std::size_t k = texts.position() - 1;
    entry.word = alphabet.spell(difference.word);
    entry.answers = {texts.model[k], texts.other[k]};
    if (texts.model.size() > 1) entry.position = static_cast<std::int64_t>(k) + 1;
}

Equality::Length length_of(const language::Alphabet& alphabet, const certify::Equality& e) {
    Equality::Length entry;
    entry.length = e.length;
    add_verdict(entry, e.verdict);
    if (e.verdict.fails()) add_difference(entry, alphabet, *e.outcome.difference());
    add_evidence(entry, e);
    return entry;
}

}  // namespace

Equality equality(const std::string& model, const std::string& other, const language::Alphabet& alphabet,
                  const std::vector<certify::Equality>& results) {
    Equality record{model, other, {}};
    for (const certify::Equality& e : results) record.results.push_back(length_of(alphabet, e));
    return record;
}

Equality equality(const std::string& model, const std::string& other, const language::Alphabet& alphabet,
                  const certify::EveryLengthEquality& result) {
    Equality::Length entry;
    entry.lengths = {result.from};
    add_verdict(entry, result.verdict);
    if (const induction::Difference* d = result.outcome.difference(); d != nullptr && result.verdict.fails()) {
        add_difference(entry, alphabet.spell(d->word), d->model);
        entry.evidence = evidence_word(result.verdict.evidence());
    }
    if (const induction::JointClosure* c = result.outcome.closure(); c != nullptr && result.verdict.holds()) {
        entry.evidence = "closure";
        entry.closure = {c->states,
                         c->model.first,
                         c->model.period,
                         c->model.window,
                         {c->other.first, c->other.period, c->other.window}};
    }
    return {model, other, {entry}};
}

template nlohmann::ordered_json write(const Equality&);
template std::optional<Equality> read(const base::Json&);

}  // namespace attest::record
