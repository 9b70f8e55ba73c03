#pragma once

#include <optional>
#include <string>

#include "attest/base/json.hpp"
#include "attest/record/record.hpp"

namespace attest::report {

// Numbers of records as tables and drawings take them.

base::Json json_of(const record::Number& number);
base::Json json_of(const record::Value& value);

/// As `shown_number`.
std::string shown_value(const record::Value& value);
/// The same, but of two ends that are so near to each other that six digits are the same: their middle.
std::string shown_middle(const record::Value& value);
std::string shown_text_number(const std::string& text);

/// To the precision of a drawing: the number, or the middle of its ends.
std::optional<double> middle_of(const record::Value& value);
std::optional<double> number_of(const std::string& text);

}  // namespace attest::report
