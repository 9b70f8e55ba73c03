#include "class_census.hpp"

#include <fmt/format.h>

#include "attest/base/file.hpp"
#include "base/text.hpp"
#include "record/class_census.hpp"
#include "report/class_lattice.hpp"

namespace attest::cli {

namespace {

std::string spelt(const record::ClassCensus::Vector& vector) {
    std::string text;
    for (const std::string& name : vector.in) text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "none of these" : text;
}

std::string class_census_text(const record::ClassCensus& r, double seconds) {
    std::string text = fmt::format("CENSUS of minimal automata with {} over {}: {} in {}, {:.2f} s\n",
                                   base::counted(r.states, "state"), base::counted(r.letters, "letter"),
                                   base::counted(r.languages, "language"), base::counted(r.tables, "table"), seconds);
    if (r.stopped) text += fmt::format("  {}: so many tables were looked at, and there are more\n", *r.stopped);
    text += fmt::format("  greatest monoid  {}\n", base::counted(r.greatest_monoid, "element"));
    for (const auto& row : r.classes) text += fmt::format("  {:34} {:>12}\n", row.title, row.languages);
    if (!r.moduli.empty()) text += "  least modulus of the quasi-aperiodic ones\n";
    for (const auto& row : r.moduli) text += fmt::format("  {:34} {:>12}\n", row.modulus, row.languages);
    text += fmt::format("  {}, each language in one\n", base::counted(r.vectors.size(), "set") + " of classes");
    for (const auto& row : r.vectors) text += fmt::format("  {:>12}  {}\n", row.languages, spelt(row));
    return text;
}

}  // namespace

int class_census(Session& session, const ClassCensusAsked& asked) {
    const double begun = session.seconds();
    const classify::Census census = classify::take_census(
        asked.states, asked.letters, session.limits(), session.options.threads, [&](const classify::Census& c) {
            session.progress(fmt::format("{} tables, {} languages", c.tables, c.languages));
        });
    record::ClassCensus record = record::class_census(census);
    record.seconds = session.seconds() - begun;
    if (!asked.plot.empty()) {
        base::write_file(asked.plot, report::class_lattice(census).document());
        record.plot = asked.plot;
    }
    session.print(class_census_text(record, record.seconds));
    if (record.plot) session.print(fmt::format("  drawn in    {}\n", *record.plot));
    session.print_json(record::write(record));
    return census.stopped ? undecided : success;
}

}  // namespace attest::cli
