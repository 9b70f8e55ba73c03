#include "table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "attest/base/error.hpp"

namespace attest::benchmarks {

namespace {

constexpr std::size_t narrowest = 9;

std::string significant(double value, int digits) {
    if (value == 0) return "0";
    const int before = static_cast<int>(std::floor(std::log10(std::fabs(value)))) + 1;
    return fmt::format("{:.{}f}", value, std::max(0, digits - before));
}

}  // namespace

Cell text(const std::string& words) { return {words, words}; }
Cell number(double value, int digits) { return {significant(value, digits), value}; }
Cell count(std::size_t value) { return {fmt::format("{}", value), value}; }
Cell none() { return {"-", nullptr}; }
Cell ratio(double value) { return {significant(value, 2) + "x", value}; }
Cell more_than(double limit) { return {fmt::format("> {:g} s", limit), {{"more_than", limit}}}; }
Cell more_than_times(double value) { return {"> " + significant(value, 2) + "x", {{"more_than", value}}}; }

Cell seconds(double value) {
    const nlohmann::ordered_json kept = {{"seconds", value}};
    if (value < 1e-3) return {significant(value * 1e6, 2) + " us", kept};
    if (value < 1) return {significant(value * 1e3, 2) + " ms", kept};
    return {significant(value, 3) + " s", kept};
}

Cell bytes(std::size_t value) {
    const auto size = static_cast<double>(value);
    const nlohmann::ordered_json kept = {{"bytes", value}};
    if (size < 1e4) return {fmt::format("{} B", value), kept};
    if (size < 1e7) return {significant(size / 1e3, 3) + " kB", kept};
    return {significant(size / 1e6, 3) + " MB", kept};
}

Table::Table(std::string name, std::string heading, std::vector<std::string> columns)
    : name_(std::move(name)), heading_(std::move(heading)), columns_(std::move(columns)) {}

std::string Table::line(const std::vector<std::string>& cells) const {
    std::string line;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        const std::size_t width = std::max(columns_[c].size(), c == 0 ? std::size_t{20} : narrowest);
        line += c == 0 ? fmt::format("{:<{}}", cells[c], width) : fmt::format("  {:>{}}", cells[c], width);
    }
    return line;
}

void Table::begin() const {
    fmt::print("\n{}: {}\n\n{}\n", name_, heading_, line(columns_));
    std::fflush(stdout);
}

void Table::add(std::vector<Cell> row) {
    if (row.size() != columns_.size()) throw base::InternalError("a row of another width: " + name_);
    std::vector<std::string> cells;
    for (const Cell& cell : row) cells.push_back(cell.text);
    fmt::print("{}\n", line(cells));
    std::fflush(stdout);
    rows_.push_back(std::move(row));
}

void Table::note(const std::string& line) {
    fmt::print("  {}\n", line);
    std::fflush(stdout);
    notes_.push_back(line);
}

nlohmann::ordered_json Table::to_json() const {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const auto& row : rows_) {
        nlohmann::ordered_json object;
        for (std::size_t c = 0; c < row.size(); ++c) object[columns_[c]] = row[c].value;
        rows.push_back(std::move(object));
    }
    return {{"table", name_}, {"heading", heading_}, {"rows", std::move(rows)}, {"notes", notes_}};
}

}  // namespace attest::benchmarks
