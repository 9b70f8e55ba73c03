#include "record_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "attest/base/text.hpp"
#include "context.hpp"
#include "json_view.hpp"

namespace attest::report {

namespace {

using base::Json;

constexpr std::size_t most_rows = 5000;
constexpr std::size_t longest_text = 100;  // such as a counterexample of many symbols; the file has the whole

bool is_plain(const Json& value) { return !value.is_array() && !value.is_object(); }

std::vector<Column> filled(const Json::Array& records, const std::vector<Column>& columns) {
    std::vector<Column> kept;
    std::ranges::copy_if(columns, std::back_inserter(kept), [&](const Column& column) {
        return std::ranges::any_of(records, [&](const Json& record) { return !column.cell(record).empty(); });
    });
    return kept;
}

void write_row(Html& html, const Json& record, const std::vector<Column>& columns) {
    const auto row = html.element("tr");
    for (std::size_t k = 0; k < columns.size(); ++k) {
        Html::Attributes attributes;
        if (k == 0) attributes.emplace_back("scope", "row");
        else if (columns[k].number) attributes.emplace_back("class", "number");
        const auto cell = html.element(k == 0 ? "th" : "td", attributes);
        const std::string target = columns[k].link ? columns[k].link(record) : "";
        if (target.empty()) write_words(html, columns[k].cell(record));
        else html.leaf("a", columns[k].cell(record), {{"href", target}});
    }
}

void write_column_heads(Html& html, const std::vector<Column>& columns) {
    const auto head = html.element("thead");
    const auto row = html.element("tr");
    for (std::size_t k = 0; k < columns.size(); ++k) {
        Html::Attributes attributes{{"scope", "col"}};
        if (k > 0 && columns[k].number) attributes.emplace_back("class", "number");
        html.leaf("th", columns[k].heading, attributes);
    }
}

}  // namespace

Column text_column(const std::string& key, const std::string& heading) {
    return {
        heading, [key](const Json& record) { return base::printable(text_at(record, key), longest_text); }, false, {}};
}

Column number_column(const std::string& key, const std::string& heading) {
    return {heading, [key](const Json& record) { return shown_number(find(record, key)); }, true, {}};
}

Column seconds_column() {
    const auto cell = [](const Json& record) {
        const auto seconds = number_of(find(record, "seconds"), End::upper);
        return seconds ? fmt::format("{:.2g}", *seconds) : "";
    };
    return {"Seconds", cell, true, {}};
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
        if (!others.contains(key)) columns.push_back(text_column(key, key));
    return columns;
}

void write_records(Html& html, const std::string& caption, const Json::Array& records,
                   const std::vector<Column>& columns) {
    const std::vector<Column> shown = filled(records, columns);
    if (shown.empty()) return;
    {
        const auto scroll = scroll_region(html, caption);
        const auto table = html.element("table");
        html.leaf("caption", caption);
        write_column_heads(html, shown);
        const auto body = html.element("tbody");
        for (std::size_t k = 0; k < std::min(records.size(), most_rows); ++k) write_row(html, records[k], shown);
    }
    if (records.size() > most_rows)
        html.leaf("p", fmt::format("{} rows more are in the file.", records.size() - most_rows), {{"class", "note"}});
}

}  // namespace attest::report
