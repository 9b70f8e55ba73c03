#include "history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "table.hpp"
#include "timing.hpp"

namespace attest::benchmarks {

namespace {

using Json = nlohmann::ordered_json;

std::string label(const Json& cell) { return cell.is_string() ? cell.get<std::string>() : cell.dump(); }

/// What tells a row from others: its words, and N.
std::string key(const Json& row) {
    std::string key;
    for (const auto& [column, cell] : row.items())
        if (cell.is_string() || column == "N") key += (key.empty() ? "" : " ") + label(cell);
    return key;
}

std::optional<double> measured(const Json& cell) {
    for (const char* unit : {"seconds", "bytes"})
        if (cell.is_object() && cell.contains(unit)) return cell.at(unit).get<double>();
    return std::nullopt;
}

const Json* find(const Json& list, const char* member, const std::string& value) {
    for (const Json& entry : list)
        if (entry.value(member, "") == value) return &entry;
    return nullptr;
}

const Json* find_row(const Json& rows, const std::string& wanted) {
    for (const Json& row : rows)
        if (key(row) == wanted) return &row;
    return nullptr;
}

/// The columns of a table that hold times or sizes in some row.
std::vector<std::string> measured_columns(const Json& rows) {
    std::vector<std::string> columns;
    for (const Json& row : rows)
        for (const auto& [column, cell] : row.items())
            if (measured(cell) && std::find(columns.begin(), columns.end(), column) == columns.end())
                columns.push_back(column);
    return columns;
}

void compare(const Json& now, const Json& before, const std::string& name) {
    const std::vector<std::string> columns = measured_columns(now.at("rows"));
    if (columns.empty()) return;
    std::vector<std::string> heads = {"row"};
    heads.insert(heads.end(), columns.begin(), columns.end());
    Table table(name, "now over before", heads);
    table.begin();
    std::vector<double> ratios;
    for (const Json& row : now.at("rows")) {
        const Json* old = find_row(before.at("rows"), key(row));
        if (old == nullptr) continue;
        std::vector<Cell> cells = {text(key(row))};
        for (const std::string& column : columns) {
            const auto is = measured(row.at(column)),
                       was = old->contains(column) ? measured(old->at(column)) : std::nullopt;
            const bool both = is && was && *was > 0;
            cells.push_back(both ? ratio(*is / *was) : none());
            if (both) ratios.push_back(*is / *was);
        }
        table.add(std::move(cells));
    }
    table.note(ratios.empty() ? "no row that both have"
                              : fmt::format("median {:.2f}x, greatest {:.2f}x", median(ratios),
                                            *std::max_element(ratios.begin(), ratios.end())));
}

}  // namespace

Json read_results(const std::string& path) {
    Json results = Json::parse(base::read_file(path), nullptr, false);
    if (!results.is_object() || !results.contains("tables") || !results.contains("machine"))
        throw base::InputError(path, "results of attest-benchmarks --json", "something else");
    return results;
}

void print_ratios(const Json& now, const std::vector<Json>& before) {
    for (const Json& table : now.at("tables")) {
        const std::string name = table.at("table");
        const auto has_it = [&](const Json& run) { return find(run.at("tables"), "table", name) != nullptr; };
        const auto last = std::find_if(before.rbegin(), before.rend(), has_it);
        if (last == before.rend()) continue;
        fmt::print("\nagainst revision {}{}\n", label(last->value("revision", Json("unknown"))),
                   now.at("machine") == last->at("machine")
                       ? ""
                       : ", measured with another machine, compiler or solver: ratios say less");
        compare(table, *find(last->at("tables"), "table", name), name);
    }
}

}  // namespace attest::benchmarks
