#include "record_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/json_text.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "json_view.hpp"

namespace attest::report {

namespace {

using base::Json;

constexpr std::size_t longest_text = 100;  // such as a counterexample of many symbols; the file has the whole

bool is_plain(const Json& value) { return !value.is_array() && !value.is_object(); }

/// Takes away the columns that are empty throughout.
void drop_empty(PlainTable& table) {
    for (std::size_t k = table.headings.size(); k-- > 0;) {
        if (std::ranges::any_of(table.rows, [k](const auto& row) { return !row[k].text.empty(); })) continue;
        table.headings.erase(table.headings.begin() + static_cast<std::ptrdiff_t>(k));
        for (auto& row : table.rows) row.erase(row.begin() + static_cast<std::ptrdiff_t>(k));
    }
}

void write_row(Html& html, const std::vector<PlainTable::Cell>& cells,
               const std::vector<PlainTable::Heading>& headings) {
    const auto row = html.element("tr");
    for (std::size_t k = 0; k < cells.size(); ++k) {
        Html::Attributes attributes;
        if (k == 0) attributes.emplace_back("scope", "row");
        else if (headings[k].number) attributes.emplace_back("class", "number");
        const auto cell = html.element(k == 0 ? "th" : "td", attributes);
        if (cells[k].link.empty()) write_words(html, cells[k].text);
        else html.leaf("a", cells[k].text, {{"href", cells[k].link}});
    }
}

void write_column_heads(Html& html, const std::vector<PlainTable::Heading>& headings) {
    const auto head = html.element("thead");
    const auto row = html.element("tr");
    for (std::size_t k = 0; k < headings.size(); ++k) {
        Html::Attributes attributes{{"scope", "col"}};
        if (k > 0 && headings[k].number) attributes.emplace_back("class", "number");
        html.leaf("th", headings[k].text, attributes);
    }
}

/// The member of this name, cut in the middle if it is long.
Column column_of(const std::string& key) {
    return {key, [key](const Json& record) { return shown(text_at(record, key)); }, false, {}};
}

}  // namespace

std::string shown(const std::string& text) { return base::printable(text, longest_text); }
std::string shown(bool value) { return value ? "true" : "false"; }

std::string shown_whole(const std::string& digits) {
    const Json number{Json::Number{digits}};
    return shown_number(&number);
}

std::string shown(double number) { return shown_whole(base::json_text(nlohmann::json(number))); }

std::string shown_seconds(const std::optional<double>& seconds) {
    return seconds ? fmt::format("{:.2g}", *seconds) : "";
}

std::vector<Column> all_columns(const Json::Array& records) {
    std::vector<std::string> keys;
    std::set<std::string> others;
    for (const Json& record : records)
        for (const auto& [key, value] : members(&record)) {
            if (!is_plain(value)) others.insert(key);
            if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
        }
    std::vector<Column> columns;
    for (const std::string& key : keys)
        if (!others.contains(key)) columns.push_back(column_of(key));
    return columns;
}

void write_table(Html& html, const std::string& caption, PlainTable table) {
    drop_empty(table);
    if (table.headings.empty()) return;
    {
        const auto scroll = scroll_region(html, caption);
        const auto element = html.element("table");
        html.leaf("caption", caption);
        write_column_heads(html, table.headings);
        const auto body = html.element("tbody");
        for (std::size_t k = 0; k < std::min(table.rows.size(), most_rows); ++k)
            write_row(html, table.rows[k], table.headings);
    }
    if (table.left_out > 0)
        html.leaf("p", fmt::format("{} rows more are in the file.", table.left_out), {{"class", "note"}});
}

}  // namespace attest::report
