#include "checker/lines.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <string_view>

#include "checker/kernel/shown.hpp"

// What the programs print. Text of a certificate is a stranger's: it stands in quotation marks, or after all that we
// say.

namespace attest::checker {
namespace {

constexpr std::size_t most_assumptions = 20;

std::string seconds(const Report& report) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f s", report.seconds);
    return text;
}

std::string first_line(const Report& report, const std::string& name) {
    if (!report.readable) return "UNREADABLE " + checker::quoted(name) + ": " + shown(report.reason);
    if (report.stopped != Stop::none)
        return "UNDECIDED " + checker::quoted(name) + ": " + report.reason + " after " + seconds(report);
    if (report.accepted)
        return "VERIFIED " + report.claim + " (" + shown(report.evidence) + ") in " + seconds(report) + ": " +
               checker::quoted(name);
    return "REJECTED " + checker::quoted(name) + ": obligation " + report.obligation + " fails at " +
           shown(report.place, 200) + ": " + shown(report.reason, 400);
}

void add_verdicts(const Report& report, const std::string& name, std::size_t depth, std::vector<std::string>& lines) {
    lines.push_back(std::string(2 * depth, ' ') + first_line(report, name));
    for (const Report& part : report.parts)
        add_verdicts(part, part.directory.substr(part.directory.rfind('/') + 1), depth + 1, lines);
}

/// What certificates state, each assumption once, in the order in which it comes first.
struct Assumptions {
    std::vector<std::string> texts;
    std::map<std::string, std::size_t> stated_by;
    std::size_t certificates = 0;  ///< a collection is one as well

    void collect(const Report& report) {
        ++certificates;
        std::set<std::string_view> mine;
        for (const std::string& text : report.assumptions)
            if (mine.insert(text).second && ++stated_by[text] == 1) texts.push_back(text);
        for (const Report& part : report.parts) collect(part);
    }

    std::string line(const std::string& text) const {
        const std::size_t count = stated_by.at(text);
        const std::string by = certificates == 1 ? "the certificate"
                               : count == 1      ? "1 certificate"
                                                 : std::to_string(count) + " certificates";
        return "  assumption stated by " + by + ": " + checker::quoted(text, 400);
    }
};

void add_assumptions(const Report& report, std::vector<std::string>& lines) {
    Assumptions all;
    all.collect(report);
    for (std::size_t k = 0; k < std::min(all.texts.size(), most_assumptions); ++k)
        lines.push_back(all.line(all.texts[k]));
    if (all.texts.size() > most_assumptions)
        lines.push_back("  and " + std::to_string(all.texts.size() - most_assumptions) +
                        " assumptions more, which --json shows");
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
    return (all == 1 ? "the 1 claim of the collection holds: "
                     : "all " + std::to_string(all) + " claims of the collection hold: ") +
           list;
}

std::vector<std::string> lines(const Report& report) {
    std::vector<std::string> all;
    add_verdicts(report, report.directory, 0, all);
    if (report.accepted) add_assumptions(report, all);
    return all;
}

}  // namespace attest::checker
