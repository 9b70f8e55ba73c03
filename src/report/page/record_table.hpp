#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "attest/base/json.hpp"
#include "report/html.hpp"

namespace attest::report {

/// What a table shows of each record.
template <typename Record>
struct ColumnOf {
    std::string heading;
    std::function<std::string(const Record& record)> cell;
    bool number = false;  ///< aligned to the right, unless it is the first column
    std::function<std::string(const Record& record)> link = {};  ///< what the cell leads to; empty: nothing
};

/// Of documents that may hold anything.
using Column = ColumnOf<base::Json>;

// A value in a cell: texts cut in the middle if they are long, numbers as `shown_number` does.
std::string shown(const std::string& text);
std::string shown(bool value);
std::string shown(double number);
std::string shown_whole(const std::string& digits);
template <typename Whole>
requires std::is_integral_v<Whole> std::string shown(Whole number) { return shown_whole(std::to_string(number)); }
template <typename T>
std::string shown(const std::optional<T>& value) {
    return value ? shown(*value) : "";
}

/// A member of a record.
template <typename Record, typename T>
ColumnOf<Record> column(T Record::*member, const std::string& heading) {
    constexpr bool text = std::is_same_v<T, std::string> || std::is_same_v<T, std::optional<std::string>>;
    return {heading, [member](const Record& record) { return shown(record.*member); }, !text, {}};
}

/// The member `seconds` to two digits.
std::string shown_seconds(const std::optional<double>& seconds);
template <typename Record>
ColumnOf<Record> seconds_of() {
    return {"Seconds", [](const Record& record) { return shown_seconds(record.seconds); }, true, {}};
}

/// One column a key that holds no list or object in any of the records.
std::vector<Column> all_columns(const base::Json::Array& records);

/// A table as texts.
struct PlainTable {
    struct Cell {
        std::string text, link;
    };
    struct Heading {
        std::string text;
        bool number = false;
    };
    std::vector<Heading> headings;
    std::vector<std::vector<Cell>> rows;
    std::size_t left_out = 0;  ///< rows
};

constexpr std::size_t most_rows = 5000;

/// Columns that are empty throughout are left out; nothing is written where that is all of them.
void write_table(Html& html, const std::string& caption, PlainTable table);

/// One row a record; columns that are empty throughout are left out, and so are rows after the 5000th, with a line that says so.
template <typename Record>
void write_records(Html& html, const std::string& caption, const std::vector<Record>& records,
                   const std::vector<ColumnOf<Record>>& columns) {
    PlainTable table;
    for (const auto& c : columns) table.headings.push_back({c.heading, c.number});
    for (const Record& record : records) {
        auto& row = table.rows.emplace_back();
        for (const auto& c : columns) row.push_back({c.cell(record), c.link ? c.link(record) : ""});
    }
    if (records.size() > most_rows) table.left_out = records.size() - most_rows;
    write_table(html, caption, std::move(table));
}

}  // namespace attest::report
