#include "pickle.hpp"

#include <fmt/format.h>

#include "base/quote.hpp"

namespace attest::formats::import {

const PickleValue* Pickle::find(const PickleValue& dict, std::string_view key) const {
    const PickleValue* found = nullptr;
    for (const auto& [name, value] : dict.entries)
        if (at(name).kind == PickleValue::Kind::text && at(name).text == key) found = &at(value);
    return found;
}

std::string describe(const PickleValue& value) {
    using Kind = PickleValue::Kind;
    switch (value.kind) {
        case Kind::none: return "None";
        case Kind::boolean: return value.integer != 0 ? "True" : "False";
        case Kind::integer: return fmt::format("the number {}", value.integer);
        case Kind::long_integer: return "an integer of more than 64 bits";
        case Kind::real: return fmt::format("the number {}", value.real);
        case Kind::text: return "the text " + base::quoted(value.text, 40);
        case Kind::bytes: return fmt::format("{} bytes", value.text.size());
        case Kind::tuple: return fmt::format("a tuple of {}", value.items.size());
        case Kind::list: return fmt::format("a list of {}", value.items.size());
        case Kind::set: return fmt::format("a set of {}", value.items.size());
        case Kind::dict: return fmt::format("a dict of {}", value.entries.size());
        case Kind::global: return "the name " + base::named(value.text);
        case Kind::record: return "an object of " + base::named(value.text);
        case Kind::persistent: return "an id of something outside";
    }
    return "nothing";
}

}  // namespace attest::formats::import
