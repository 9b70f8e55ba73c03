#include <fmt/format.h>

#include "base/text.hpp"
#include "context.hpp"

namespace attest::report {

namespace {

Mark mark_of_outcome(const std::string& outcome) {
    if (outcome == "same") return {"same", "=", "good"};
    if (outcome == "sharper") return {"sharper", "↑", "good"};
    if (outcome == "weaker") return {"weaker", "↓", "bad"};
    if (outcome == "differs") return {"differs", "≠", "alarm"};
    return {"failed", "!", "alarm"};
}

std::string command_line(const record::LedgerResult& result) {
    std::vector<std::string> words;
    if (result.command)
        for (const std::string& word : *result.command) words.push_back(shell_word(word));
    return joined(words, " ");
}

/// A number of seconds or of KiB, to three digits.
template <typename Number>
std::string rounded(const std::optional<Number>& value, double unit, const char* name) {
    return value ? fmt::format("{:.3g} {}", static_cast<double>(*value) / unit, name) : "";
}

void write_certificate_link(Context& page, const LedgerRow& row) {
    const auto cell = page.html.element("td");
    if (row.certificate.empty()) return;
    const auto id = page.by_path.find(place_of(row.certificate));
    if (id == page.by_path.end()) {
        page.html.text("not here: nothing was checked");
        return;
    }
    for (const Claim& claim : page.claims)
        if (claim.id == id->second) {
            page.html.leaf("a", mark_of(*claim.certificate).word, {{"href", "#" + claim.id}});
            return;
        }
}

void write_row(Context& page, const LedgerRow& row) {
    Html& html = page.html;
    const record::LedgerResult& r = row.result;
    const auto line = html.element("tr");
    {
        const auto head = html.element("th", {{"scope", "row"}});
        write_words(html, "code", r.id);
    }
    {
        const auto cell = html.element("td");
        write_words(html, "div", r.statement.value_or(""));
        const std::string command = command_line(r);
        if (!command.empty()) html.leaf("code", command);
        std::string origin = r.source.value_or("");
        if (const std::string status = r.status.value_or(""); !status.empty())
            origin += fmt::format("{}{}", origin.empty() ? "" : ", ", status);
        if (!origin.empty()) html.leaf("div", origin, {{"class", "note"}});
    }
    {
        const auto cell = html.element("td");
        write_mark(html, mark_of_outcome(r.outcome));
        if (const std::string why = r.why.value_or(""); !why.empty()) html.leaf("div", why, {{"class", "note"}});
    }
    write_words(html, "td", r.stored.value_or(""));
    const std::string guarantee = r.guarantee.value_or(""), found = r.found.value_or("");
    write_words(html, "td", guarantee.empty() ? found : fmt::format("{} ({})", found, guarantee));
    html.leaf("td", rounded(r.seconds, 1, "s"), {{"class", "number"}});
    html.leaf("td", rounded(r.memory_kib, 1024, "MiB"), {{"class", "number"}});
    write_certificate_link(page, row);
}

}  // namespace

void write_ledgers(Context& page) {
    if (page.sources.ledgers.empty()) return;
    Html& html = page.html;
    const auto section = html.element("section", {{"id", "ledger"}, {"aria-labelledby", "ledger-title"}});
    html.leaf("h2", "Ledger", {{"id", "ledger-title"}});
    for (const LedgerResults& results : page.sources.ledgers) {
        const auto scroll = scroll_region(html, "Ledger results of " + results.path);
        const auto table = html.element("table", {{"class", "ledger"}});
        html.leaf("caption",
                  fmt::format("{} in {}: what the last run found, against the value that is stored. A verdict counts "
                              "where its certificate is linked, which was checked again for this page.",
                              base::counted(results.rows.size(), "row"), results.path));
        write_head(html,
                   {"Id", "Statement, command, source", "Outcome", "Stored", "Found", "Time", "Memory", "Certificate"});
        const auto body = html.element("tbody");
        for (const LedgerRow& row : results.rows) write_row(page, row);
    }
}

}  // namespace attest::report
