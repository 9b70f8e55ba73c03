#pragma once

#include <functional>
#include <string>
#include <vector>

#include "attest/base/json.hpp"
#include "attest/report/html.hpp"

namespace attest::report {

/// What a table shows of each record.
struct Column {
    std::string heading;
    std::function<std::string(const base::Json& record)> cell;
    bool number = false;  ///< aligned to the right, unless it is the first column
    std::function<std::string(const base::Json& record)> link = {};  ///< what the cell leads to; empty: nothing
};

/// The member of this name, cut in the middle if it is long.
Column text_column(const std::string& key, const std::string& heading);
/// The member of this name as a number that fits a table.
Column number_column(const std::string& key, const std::string& heading);

/// The member `seconds` to two digits.
Column seconds_column();

/// One column a key that holds no list or object in any of the records.
std::vector<Column> all_columns(const base::Json::Array& records);

/// One row a record; columns that are empty throughout are left out, and so are rows after the 5000th, with a line that says so.
void write_records(Html& html, const std::string& caption, const base::Json::Array& records,
                   const std::vector<Column>& columns);

}  // namespace attest::report
