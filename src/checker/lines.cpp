#include <algorithm>
#include <cstdio>
#include <map>

#include "checker/checker.hpp"
#include "checker/shown.hpp"

// What the programs print. Text of a certificate is a stranger's: it stands in quotation marks, or after all that we say.

namespace attest::checker {
namespace {

constexpr std::size_t most_assumptions = 20;

std::string seconds(const Report& report) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f s", report.seconds);
    return text;
}

std::string first_line(const Report& report, const std::string& name) {
    if (!report.readable) return "UNREADABLE " + quoted(name) + ": " + shown(report.reason);
    if (report.stopped != Stop::none) return "UNDECIDED " + quoted(name) + ": " + report.reason + " after " + seconds(report);
    if (report.accepted) return "VERIFIED " + report.claim + " (" + shown(report.evidence) + ") in " + seconds(report) + ": " + quoted(name);
    return "REJECTED " + quoted(name) + ": obligation " + report.obligation + " fails at " + shown(report.place, 200) + ": " + shown(report.reason, 400);
}

void add_lines(const Report& report, const std::string& name, std::size_t depth, std::vector<std::string>& lines) {
    const std::string indent(2 * depth, ' ');
    lines.push_back(indent + first_line(report, name));
    if (report.accepted) {
        const std::size_t count = report.assumptions.size();
        for (std::size_t k = 0; k < std::min(count, most_assumptions); ++k)
            lines.push_back(indent + "  assumption stated by the certificate: " + quoted(report.assumptions[k], 400));
        if (count > most_assumptions)
            lines.push_back(indent + "  and " + std::to_string(count - most_assumptions) + " assumptions more, which --json shows");
    }
    for (const Report& part : report.parts)
        add_lines(part, part.directory.substr(part.directory.rfind('/') + 1), depth + 1, lines);
}

void count_kinds(const Report& report, std::map<std::string, std::size_t>& kinds) {
    if (report.parts.empty()) ++kinds[report.kind];
    for (const Report& part : report.parts) count_kinds(part, kinds);
}

}  // namespace

std::string collection_sentence(const std::vector<Report>& parts) {
    std::map<std::string, std::size_t> kinds;
    for (const Report& part : parts) count_kinds(part, kinds);
    std::size_t all = 0;
    std::string list;
    for (const auto& [kind, count] : kinds) {
        all += count;
        list += (list.empty() ? "" : ", ") + std::to_string(count) + " " + kind;
    }
    return (all == 1 ? "the 1 claim of the collection holds: " : "all " + std::to_string(all) + " claims of the collection hold: ") + list;
}

std::vector<std::string> lines(const Report& report) {
    std::vector<std::string> all;
    add_lines(report, report.directory, 0, all);
    return all;
}

}  // namespace attest::checker
