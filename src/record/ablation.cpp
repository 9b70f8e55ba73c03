#include "record/ablation.hpp"

#include "decide/ablate/robust.hpp"
#include "fields.hpp"

namespace attest::record {

namespace {

std::vector<std::string> names_of(const std::vector<ablate::Part>& parts) {
    std::vector<std::string> names;
    for (const ablate::Part& part : parts) names.push_back(to_string(part));
    return names;
}

Ablation::Invariance invariance_of(const language::Alphabet& alphabet, const certify::Invariance& found) {
    Ablation::Invariance entry{found.verdict.word(), {}};
    if (found.change)
        entry.words = std::vector<std::string>{alphabet.spell(found.change->word), alphabet.spell(found.change->other)};
    return entry;
}

Ablation::Sufficient sufficient_of(const AblationAsked& asked, const ablate::Sufficient& found,
                                   const certify::KeptParts& kept) {
    Ablation::Sufficient entry;
    entry.kept = names_of(found.kept);
    entry.verdict = kept.verdict.word();
    if (kept.margin && asked.transformer != nullptr) {
        entry.margin = margin_record(*kept.margin);
        if (const auto radius = ablate::robust_radius(*asked.transformer, *kept.margin))
            entry.robust = {*radius, "lower"};
    }
    if (kept.invariance) entry.invariant = invariance_of(asked.alphabet, *kept.invariance);
    for (std::size_t k = 0; k < found.kept.size() && k < found.needs.size(); ++k) {
        entry.needs.push_back({to_string(found.kept[k]), {}});
        if (found.needs[k]) entry.needs.back().word = asked.alphabet.spell(*found.needs[k]);
    }
    return entry;
}

void add_asked(Ablation& record, const AblationAsked& asked) {
    if (!asked.language.empty()) record.language = asked.language;
    else if (!asked.task.empty()) record.task = asked.task;
    else record.same = true;
    if (!asked.map.empty()) record.map = asked.map;
    if (asked.taken == certify::Taken::edges) record.edges = true;
    if (!asked.robust.empty()) record.robust = asked.robust;
    if (!asked.invariant.empty()) record.invariant = asked.invariant;
}

std::vector<std::string> spell_all(const language::Alphabet& alphabet, const std::vector<language::Word>& words) {
    std::vector<std::string> texts;
    for (const language::Word& word : words) texts.push_back(alphabet.spell(word));
    return texts;
}

}  // namespace

Ablation ablation(const AblationAsked& asked, const certify::Ablation& found) {
    const language::Alphabet& alphabet = asked.alphabet;
    const ablate::Outcome& o = found.outcome;
    Ablation record;
    record.model = asked.model;
    record.length = found.length;
    add_asked(record, asked);
    if (found.within) record.mean = Ablation::Mean{exact::to_string(*found.within), {}};
    if (record.mean && asked.taken == certify::Taken::means_by_position) record.mean->by = "position";
    record.parts = names_of(o.parts);
    if (o.wrong) record.wrong = alphabet.spell(*o.wrong);
    for (std::size_t k = 0; k < o.sufficient.size(); ++k)
        record.sufficient.push_back(sufficient_of(asked, o.sufficient[k], found.kept[k]));
    record.smallest = o.smallest;
    record.all = o.all;
    for (const auto& [removed, word] : o.broken) record.broken.push_back({names_of(removed), alphabet.spell(word)});
    if (o.by_solver) record.words = spell_all(alphabet, *o.by_solver);
    record.decided = o.asked;
    if (o.why.reason != verdict::Reason::none) {
        record.reason = to_string(o.why.reason);
        record.detail = o.why.detail;
    }
    record.seconds = found.seconds;
    return record;
}

template nlohmann::ordered_json write(const Ablation&);
template std::optional<Ablation> read(const base::Json&);

}  // namespace attest::record
