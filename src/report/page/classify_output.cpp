#include <fmt/format.h>

#include <algorithm>

#include "language_views.hpp"
#include "output_views.hpp"
#include "record/class_census.hpp"
#include "report/class_lattice.hpp"

namespace attest::report {

namespace {

using record::ClassCensus;

constexpr std::size_t most_sets_of_classes = 200;

/// What the drawing takes of a census: counts of sets of classes, by the names that we know.
classify::Census census_of(const ClassCensus& record) {
    classify::Census census;
    census.states = record.states, census.letters = record.letters;
    census.tables = record.tables, census.languages = record.languages;
    for (const ClassCensus::Vector& vector : record.vectors) {
        classify::ClassVector in;
        for (const classify::ClassInfo& info : classify::classes())
            in[info.id] = std::ranges::find(vector.in, info.name) != vector.in.end();
        census.by_classes[in] += vector.languages;
    }
    return census;
}

std::string joined_names(const ClassCensus::Vector& vector) {
    return vector.in.empty() ? "none of these" : shown(joined(vector.in, ", "));
}

}  // namespace

bool write_classify_output(Context& page, const base::Json& document) {
    const auto found = record::read<record::Classify>(document);
    if (!found) return false;
    if (found->automaton) write_automaton(page, *found->automaton, found->alphabet, found->language);
    if (found->cascade) write_cascade(page, *found->cascade, found->language);
    write_classes(page, found->language, found->rows);
    return true;
}

bool write_class_census_output(Context& page, const base::Json& document) {
    const auto found = record::read<ClassCensus>(document);
    if (!found) return false;
    if (!found->vectors.empty() && found->vectors.size() <= most_sets_of_classes)
        page.figure(
            class_lattice(census_of(*found)),
            "Above: each class with the number of languages in it, below those that it is inside of. Below: how "
            "many languages are in just these classes.");
    write_records<ClassCensus::ClassRow>(
        page.html, "How many languages are in each class", found->classes,
        {column(&ClassCensus::ClassRow::title, "Class"), column(&ClassCensus::ClassRow::languages, "Languages")});
    write_records<ClassCensus::Vector>(
        page.html, "How many are in just these classes", found->vectors,
        {{"Classes", joined_names, false, {}}, column(&ClassCensus::Vector::languages, "Languages")});
    write_records<ClassCensus::Modulus>(
        page.html, "Quasi-aperiodic languages by the least modulus", found->moduli,
        {column(&ClassCensus::Modulus::modulus, "Modulus"), column(&ClassCensus::Modulus::languages, "Languages")});
    return true;
}

}  // namespace attest::report
