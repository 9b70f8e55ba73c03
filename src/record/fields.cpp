#include "fields.hpp"

#include <charconv>

namespace attest::record {

namespace {

using base::Json;

/// The whole text as a number of this type.
template <typename Number>
bool take_number(const Json& from, Number& value) {
    if (!from.is_number()) return false;
    const std::string& text = std::get<Json::Number>(from.value_).text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

bool take_plain(const Json& from, bool& value) {
    if (from.is_bool()) value = std::get<bool>(from.value_);
    return from.is_bool();
}

bool take_plain(const Json& from, std::int64_t& value) { return take_number(from, value); }
bool take_plain(const Json& from, std::size_t& value) { return take_number(from, value); }
bool take_plain(const Json& from, double& value) { return take_number(from, value); }

bool take_plain(const Json& from, std::string& value) {
    if (from.is_string()) value = std::get<std::string>(from.value_);
    return from.is_string();
}

bool take_plain(const Json& from, Members& value) {
    if (!from.is_object()) return false;
    for (const auto& [key, text] : std::get<Json::Object>(from.value_)) {
        if (!text.is_string()) return false;
        value.emplace_back(key, std::get<std::string>(text.value_));
    }
    return true;
}

const Json* member(const Json& object, const char* key) {
    if (!object.is_object()) return nullptr;
    for (const auto& [name, value] : std::get<Json::Object>(object.value_))
        if (name == key) return &value;
    return nullptr;
}

}  // namespace attest::record
