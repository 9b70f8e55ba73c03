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

Ablation::Sufficient sufficient_of(const network::Transformer& model, const ablate::Sufficient& found,
                                   const certify::KeptParts& kept) {
    Ablation::Sufficient entry;
    entry.kept = names_of(found.kept);
    entry.verdict = kept.verdict.word();
    if (kept.margin) {
        entry.margin = margin_record(*kept.margin);
        if (const auto radius = ablate::robust_radius(model, *kept.margin)) entry.robust = {*radius, "lower"};
    }
    for (std::size_t k = 0; k < found.kept.size() && k < found.needs.size(); ++k) {
        entry.needs.push_back({to_string(found.kept[k]), {}});
        if (found.needs[k]) entry.needs.back().word = model.alphabet.spell(*found.needs[k]);
    }
    return entry;
}

}  // namespace

Ablation ablation(const network::Transformer& model, const std::string& language, const Members& map,
                  const certify::Ablation& found) {
    const ablate::Outcome& o = found.outcome;
    Ablation record;
    record.model = model.name;
    record.length = found.length;
    if (language.empty()) record.same = true;
    else record.language = language;
    if (!map.empty()) record.map = map;
    record.parts = names_of(o.parts);
    if (o.wrong) record.wrong = model.alphabet.spell(*o.wrong);
    for (std::size_t k = 0; k < o.sufficient.size(); ++k)
        record.sufficient.push_back(sufficient_of(model, o.sufficient[k], found.kept[k]));
    record.smallest = o.smallest;
    record.all = o.all;
    for (const auto& [removed, word] : o.broken)
        record.broken.push_back({names_of(removed), model.alphabet.spell(word)});
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
