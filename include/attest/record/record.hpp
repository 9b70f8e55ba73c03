#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attest/base/json.hpp"

namespace attest::record {

// What a command writes with --json is a record: a struct whose members are listed once, in the order of the file, by
//
//   template <typename Self, typename Fields>
//   static void list(Self& self, Fields& field) {
//       field.required("length", self.length);
//       field.optional("reason", self.reason);
//   }
//
// Writing, reading and the comparison with the schema (output.json) all go by this list. `required`:
// always written, and what lacks it is no such record. `optional`: not written where there is none. `nullable`: null
// then.

/// An object whose keys are data, in order.
template <typename T>
using Keyed = std::vector<std::pair<std::string, T>>;
using Members = Keyed<std::string>;

/// A number that is exact as it is written: a whole one as a number, any other as a text, `p/q` or a decimal.
struct Number {
    std::string text = "0";
    bool quoted = false;
    bool operator==(const Number&) const = default;
};

/// One number, or the two ends of an interval.
struct Value {
    std::vector<Number> ends = {Number{}};
    bool operator==(const Value&) const = default;
};

/// A double; null where it is not finite.
using Real = std::optional<double>;
/// The ends of an interval in doubles.
using Ends = std::vector<Real>;

/// The JSON of a record. Texts are cut nowhere, and numbers are as exact as the record holds them.
template <typename T>
nlohmann::ordered_json write(const T& record);

/// What another run wrote. Members that are not listed are passed over; an optional member of another kind is as good
/// as missing; an element of a list that is no record is left out. Gives nothing where the document is no such record
template <typename T>
std::optional<T> read(const base::Json& document);

}  // namespace attest::record
