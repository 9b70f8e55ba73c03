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

std::optional<classify::Census> census_of(const ClassCensus& record) {
    if (record.stopped) return std::nullopt;
    classify::Census census;
    census.states = record.states;
    census.letters = record.letters;
    census.tables = record.tables;
    census.languages = record.languages;
    census.greatest_monoid = record.greatest_monoid;
    for (const ClassCensus::Vector& row : record.vectors) {
        classify::ClassVector in;
        for (const std::string& name : row.in) {
            const auto& all = classify::classes();
            const auto info = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
            if (info == all.end()) return std::nullopt;
            in[info->id] = true;
        }
        census.by_classes[in] += row.languages;
    }
    for (const ClassCensus::Modulus& row : record.moduli) census.by_modulus[row.modulus] += row.languages;
    return census;
}

template nlohmann::ordered_json write(const ClassCensus&);
template std::optional<ClassCensus> read(const base::Json&);

}  // namespace attest::record
