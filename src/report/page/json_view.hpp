#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attest/base/json.hpp"

namespace attest::report {

// Looking into documents that may hold anything: what is not there, or of another kind, is nothing.

/// The member of an object.
const base::Json* find(const base::Json& object, std::string_view key);
/// The member of a member …
const base::Json* find(const base::Json& object, std::string_view key, std::string_view inner);

/// The elements of a list; none if it is no list.
const base::Json::Array& elements(const base::Json* list);
const base::Json::Object& members(const base::Json* object);

/// A text as it is, a number with its digits, anything else as JSON; empty for nothing and null.
std::string text_of(const base::Json* value);
std::string text_at(const base::Json& object, std::string_view key);

/// Which end of an interval a number stands for.
enum class End { lower, upper };

/// A number, a text such as `-3/7` or `0.5`, or an end of a list [least, greatest], to the precision of a drawing.
std::optional<double> number_of(const base::Json* value, End end);

/// A number for a table: fractions and long decimals shortened to six digits, then marked `≈`.
std::string shown_number(const base::Json* value);

/// A length or another whole number from 0.
std::optional<std::int64_t> whole_of(const base::Json* value);

}  // namespace attest::report
