#include "record/threshold.hpp"

#include "fields.hpp"

namespace attest::record {

namespace {

Threshold::Length begun(std::int64_t length, const verdict::Verdict& v) {
    Threshold::Length entry;
    entry.length = length;
    entry.answer = certify::existence_word(v);
    if (v.is_undecided()) {
        entry.reason = to_string(v.why().reason);
        entry.detail = v.why().detail;
    }
    if (v.kept()) entry.certificate = v.digest();
    entry.seconds = v.spent.seconds;
    return entry;
}

void add_refutation(Threshold::Length& entry, const threshold::Refutation& refutation) {
    entry.clauses = refutation.formula.size();
    entry.cuts = refutation.cuts;
    entry.breaks.emplace();
    for (const threshold::Break b : refutation.breaks) entry.breaks->push_back(to_string(b));
    entry.proof_bytes = refutation.proof.size();
}

}  // namespace

Threshold::Length threshold_length(std::int64_t length, const certify::Existence& existence) {
    const verdict::Verdict& v = existence.verdict;
    Threshold::Length entry = begun(length, v);
    if (!v.is_undecided()) entry.how = existence.found.how;
    if (existence.found.refutation) add_refutation(entry, *existence.found.refutation);
    entry.check_seconds = v.spent.check_seconds;
    return entry;
}

Threshold::Length threshold_length(std::int64_t length, const certify::SoftmaxExistence& existence) {
    Threshold::Length entry = begun(length, existence.verdict);
    if (!existence.verdict.is_undecided()) entry.sign_changes = existence.found.sign_changes;
    return entry;
}

template nlohmann::ordered_json write(const Threshold&);
template std::optional<Threshold> read(const base::Json&);

}  // namespace attest::record
