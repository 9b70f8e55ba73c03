#include "record/check.hpp"

#include "fields.hpp"

namespace attest::record {

namespace {

const char* verdict_of(const checker::Report& report) {
    if (!report.readable) return "unreadable";
    if (report.stopped != checker::Stop::none) return "undecided";
    return report.accepted ? "verified" : "rejected";
}

void add_claim(Check::Certificate& entry, const checker::Report& report) {
    entry.claim = report.claim;
    entry.evidence = report.evidence;
    entry.assumptions = report.assumptions;
    entry.digest = report.digest;
    if (report.parts.empty()) return;
    entry.parts.emplace();
    for (const checker::Report& part : report.parts) entry.parts->push_back(checked(part.directory, part));
}

}  // namespace

Check::Certificate checked(const std::string& directory, const checker::Report& report) {
    Check::Certificate entry;
    entry.certificate = directory;
    entry.verdict = verdict_of(report);
    entry.accepted = report.accepted;
    entry.seconds = report.seconds;
    if (report.accepted) {
        add_claim(entry, report);
        return entry;
    }
    if (!report.obligation.empty()) entry.obligation = report.obligation;
    entry.place = report.place;
    entry.reason = report.reason;
    return entry;
}

template nlohmann::ordered_json write(const Check&);
template std::optional<Check> read(const base::Json&);

}  // namespace attest::record
