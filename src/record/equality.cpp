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

Equality::Length length_of(const language::Alphabet& alphabet, const certify::Equality& e) {
    const verdict::Verdict& v = e.verdict;
    Equality::Length entry;
    entry.length = e.length;
    entry.verdict = v.word();
    if (v.is_undecided()) {
        entry.reason = to_string(v.why().reason);
        entry.detail = v.why().detail;
    }
    if (v.fails()) {
        const equal::Difference& d = *e.outcome.difference();
        entry.word = alphabet.spell(d.word);
        entry.answers = {answer_word(d.model), answer_word(!d.model)};
    }
    add_evidence(entry, e);
    if (v.kept()) entry.certificate = v.digest();
    entry.check_seconds = v.spent.check_seconds;
    entry.seconds = v.spent.seconds;
    return entry;
}

}  // namespace

Equality equality(const std::string& model, const std::string& other, const language::Alphabet& alphabet,
                  const std::vector<certify::Equality>& results) {
    Equality record{model, other, {}};
    for (const certify::Equality& e : results) record.results.push_back(length_of(alphabet, e));
    return record;
}

template nlohmann::ordered_json write(const Equality&);
template std::optional<Equality> read(const base::Json&);

}  // namespace attest::record
