#include "record/task.hpp"

#include "fields.hpp"

namespace attest::record {

namespace {

TaskRecord::Length length_of(const language::Alphabet& alphabet, bool counts, const certify::Performance& p) {
    const verdict::Verdict& v = p.verdict;
    TaskRecord::Length entry;
    entry.length = p.length;
    entry.verdict = v.word();
    if (v.is_undecided()) {
        entry.reason = to_string(v.why().reason);
        entry.detail = v.why().detail;
    } else {
        entry.evidence = to_string(v.evidence());
        entry.words = p.outcome.words;
        if (counts) entry.wrong = p.outcome.wrong;
        for (const task::Mistake& m : p.outcome.first)
            entry.missteps.push_back({alphabet.spell(m.word), m.expected, m.actual});
        if (const auto& margin = p.outcome.margin)
            entry.margin = {margin->least_text(), margin->most_text(), alphabet.spell(margin->word)};
        if (p.outcome.bits > 0) entry.bits = p.outcome.bits;
    }
    if (v.kept()) entry.certificate = v.digest();
    entry.check_seconds = v.spent.check_seconds;
    entry.seconds = v.spent.seconds;
    return entry;
}

}  // namespace

TaskRecord task(const std::string& model, const language::Alphabet& alphabet, const std::string& task, bool counts,
                const std::vector<certify::Performance>& results) {
    TaskRecord record{counts ? "accuracy" : "prove", model, task, {}};
    for (const certify::Performance& p : results) record.results.push_back(length_of(alphabet, counts, p));
    return record;
}

template nlohmann::ordered_json write(const TaskRecord&);

}  // namespace attest::record
