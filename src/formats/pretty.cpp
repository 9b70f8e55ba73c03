#include "pretty.hpp"

#include <fmt/format.h>

#include "base/json_text.hpp"

namespace attest::formats {

using Json = nlohmann::ordered_json;

namespace {

/// A name may have come from outside in any bytes; those that are not UTF-8 are replaced.
std::string dump(const Json& value) { return base::json_text(value, -1, base::NotUtf8::replaced); }

}  // namespace

std::string pretty(const Json& value, std::size_t indent) {
    constexpr std::size_t width = 140;
    std::string flat = dump(value);
    if (indent + flat.size() <= width || !(value.is_array() || value.is_object()) || value.empty()) return flat;
    const std::string pad(indent + 2, ' ');
    std::string text(1, value.is_array() ? '[' : '{');
    bool first = true;
    for (const auto& [key, member] : value.items()) {
        text += fmt::format("{}\n{}", first ? "" : ",", pad);
        if (value.is_object()) text += dump(key) + ": ";
        text += pretty(member, indent + 2);
        first = false;
    }
    return text + "\n" + std::string(indent, ' ') + (value.is_array() ? ']' : '}');
}

}  // namespace attest::formats
