#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace attest::benchmarks {

/// One entry of a table, for people and for programs: seconds and bytes are kept with their unit, so that two runs can
/// be compared.
struct Cell {
    std::string text;
    nlohmann::ordered_json value;
};

Cell text(const std::string& words);
Cell number(double value, int digits = 3);  ///< so many significant digits
Cell count(std::size_t value);
Cell seconds(double value);
Cell bytes(std::size_t value);
Cell ratio(double value);            ///< `12x`
Cell more_than(double limit);        ///< `> 10 s`
Cell more_than_times(double ratio);  ///< `> 12x`
Cell none();                         ///< `-`: does not apply

/// A table with its heading and what must be known to read it.
class Table {
  public:
    Table(std::string name, std::string heading, std::vector<std::string> columns);

    /// Prints the heading at once, so that rows can be followed.
    void begin() const;
    /// Adds a row and prints it. Needs  a cell a column
    void add(std::vector<Cell> row);
    /// Adds and prints a line below the table.
    void note(const std::string& line);

    nlohmann::ordered_json to_json() const;

  private:
    std::string line(const std::vector<std::string>& cells) const;

    std::string name_, heading_;
    std::vector<std::string> columns_, notes_;
    std::vector<std::vector<Cell>> rows_;
};

}  // namespace attest::benchmarks
