#include "class_census.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/json_text.hpp"
#include "base/records.hpp"
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

using nlohmann::json;

/// Shares of the tables, each with its census in a folder.
class CensusParts {
  public:
    CensusParts(const ClassCensusAsked& asked, std::size_t units)
        : asked_(asked), units_(units), records_(asked.journal, head(), base::Seal()) {
        for (const std::string& line : records_.earlier()) take_up(line);
    }

    /// Counts can only be checked by counting again: where a stranger's stand for a share, that is done.
    void replace_foreign(Session& session) {
        for (const std::size_t unit : records_.foreign())
            if (unit < units_ && !taken_.contains(unit)) {
                session.note(fmt::format("{}/units/{} bears no seal of yours: this share is counted here",
                                         base::printable(asked_.journal), unit));
                if (!count(session, unit)) return;
            }
    }

    /// Those of this process that are not there.
    void take(Session& session) {
        for (std::size_t unit = 0; unit < units_ && !session.limits().exceeded(); ++unit) {
            if (!asked_.placement.share().has(unit) || taken_.contains(unit)) continue;
            if (!count(session, unit)) return;
        }
    }

    /// Of all that are there; stopped if some are not.
    classify::Census joined() const {
        classify::Census all;
        all.states = asked_.states;
        all.letters = asked_.letters;
        for (const auto& [unit, census] : taken_) add(all, census);
        if (taken_.size() < units_) all.stopped = base::Limit::interrupted;
        return all;
    }

  private:
    /// One share; false if a limit was exceeded.
    bool count(Session& session, std::size_t unit) {
        session.progress(fmt::format("share {} of {} of all tables", unit + 1, units_));
        classify::Census census = classify::take_census(asked_.states, asked_.letters, session.limits(),
                                                        session.options.threads, {}, {unit + 1, units_});
        if (census.stopped) return false;
        const auto record = record::write(record::class_census(census));
        records_.add(unit, base::json_text(nlohmann::ordered_json{{"unit", unit}, {"census", record}}));
        taken_[unit] = std::move(census);
        return true;
    }

    base::Journal::Head head() const {
        const json question{{"format", "attest/census"},
                            {"version", 1},
                            {"states", asked_.states},
                            {"letters", asked_.letters},
                            {"shares", units_}};
        return {base::json_text(question), "shares of the same census, and as many"};
    }

    void take_up(const std::string& line) {
        std::optional<classify::Census> census;
        const json document = base::document_or_none(line);
        if (document.is_object() && document.contains("census") && document.contains("unit") &&
            document["unit"].is_number_unsigned())
            if (const auto record = record::read<record::ClassCensus>(
                    base::Json::parse(base::json_text(document["census"]), asked_.journal)))
                census = record::census_of(*record);
        if (!census || census->states != asked_.states || census->letters != asked_.letters ||
            document["unit"] >= units_)
            throw base::InputError(asked_.journal, "censuses of shares", "something else");
        taken_[document["unit"]] = std::move(*census);
    }

    const ClassCensusAsked& asked_;
    const std::size_t units_;
    base::Records records_;
    std::map<std::size_t, classify::Census> taken_;
};

/// As many shares as parts: each looks through all tables for its own, which is little beside looking at them.
constexpr std::size_t usual_shares = 64;

}  // namespace

int class_census(Session& session, ClassCensusAsked& asked) {
    const double begun = session.seconds();
    const std::size_t units = asked.placement.parts() > 0 ? asked.placement.parts() : usual_shares;
    const Splittable search{asked.journal, units, false, session.options.threads};
    if (const auto status = asked.placement.elsewhere(session, search)) return *status;
    classify::Census census;
    if (asked.placement.is_asked()) {
        CensusParts parts(asked, units);
        parts.take(session);
        if (asked.placement.is_part()) return asked.placement.end_of_part(session, search, false);
        parts.replace_foreign(session);
        census = parts.joined();
    } else {
        census = classify::take_census(
            asked.states, asked.letters, session.limits(), session.options.threads, [&](const classify::Census& c) {
                session.progress(fmt::format("{} tables, {} languages", c.tables, c.languages));
            });
    }
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
