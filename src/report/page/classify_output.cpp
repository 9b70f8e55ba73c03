#include <fmt/format.h>

#include <optional>

#include "language_views.hpp"
#include "output_views.hpp"
#include "record/class_census.hpp"
#include "report/class_lattice.hpp"

namespace attest::report {

namespace {

using record::ClassCensus;

constexpr std::size_t most_sets_of_classes = 200;

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
    const std::optional<classify::Census> census = record::census_of(*found);
    if (census && !census->by_classes.empty() && census->by_classes.size() <= most_sets_of_classes)
        page.figure(
            class_lattice(*census),
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
