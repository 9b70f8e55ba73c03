#include "record/class_census.hpp"

#include <algorithm>

#include "attest/verdict/verdict.hpp"
#include "fields.hpp"

namespace attest::record {

ClassCensus class_census(const classify::Census& census) {
    ClassCensus record;
    record.states = census.states;
    record.letters = census.letters;
    record.tables = census.tables;
    record.languages = census.languages;
    record.greatest_monoid = census.greatest_monoid;
    for (const classify::ClassInfo& info : classify::classes())
        record.classes.push_back({std::string(info.name), std::string(info.title), census.in(info.id)});
    for (const auto& [in, languages] : census.by_classes) {
        ClassCensus::Vector vector{{}, languages};
        for (const classify::ClassInfo& info : classify::classes())
            if (in[info.id]) vector.in.emplace_back(info.name);
        record.vectors.push_back(std::move(vector));
    }
    std::stable_sort(record.vectors.begin(), record.vectors.end(),
                     [](const auto& a, const auto& b) { return a.languages > b.languages; });
    for (const auto& [modulus, languages] : census.by_modulus) record.moduli.push_back({modulus, languages});
    if (census.stopped) record.stopped = to_string(verdict::reason_of(*census.stopped));
    return record;
}

template nlohmann::ordered_json write(const ClassCensus&);
template std::optional<ClassCensus> read(const base::Json&);

}  // namespace attest::record
