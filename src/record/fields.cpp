#include "fields.hpp"

#include <charconv>

#include "base/json_text.hpp"

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
bool take_plain(const Json& from, unsigned& value) { return take_number(from, value); }
bool take_plain(const Json& from, double& value) { return take_number(from, value); }

bool take_plain(const Json& from, std::string& value) {
    if (from.is_string()) value = std::get<std::string>(from.value_);
    return from.is_string();
}

bool take_plain(const Json& from, Number& value) {
    std::uint64_t whole = 0;
    value.quoted = from.is_string();
    if (value.quoted) return take_plain(from, value.text);
    if (!take_number(from, whole)) return false;
    value.text = std::to_string(whole);
    return true;
}

bool take_plain(const Json& from, Value& value) {
    value.ends.clear();
    if (!from.is_array()) return take_plain(from, value.ends.emplace_back());
    for (const Json& end : std::get<Json::Array>(from.value_))
        if (!take_plain(end, value.ends.emplace_back())) return false;
    return value.ends.size() == 2;
}

nlohmann::ordered_json plain_json(const Number& value) {
    if (value.quoted) return value.text;
    std::uint64_t whole = 0;
    std::from_chars(value.text.data(), value.text.data() + value.text.size(), whole);
    return whole;
}

nlohmann::ordered_json plain_json(const Value& value) {
    if (value.ends.size() == 1) return plain_json(value.ends.front());
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Number& end : value.ends) list.push_back(plain_json(end));
    return list;
}

bool take_plain(const Json& from, Json& value) {
    value = from;
    return true;
}

nlohmann::ordered_json plain_json(const Json& value) {
    if (value.is_null()) return nullptr;
    if (value.is_bool()) return std::get<bool>(value.value_);
    if (value.is_string()) return std::get<std::string>(value.value_);
    if (value.is_number()) return base::ordered_document_of(std::get<Json::Number>(value.value_).text);
    if (value.is_array()) return to_json(std::get<Json::Array>(value.value_));
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (const auto& [key, one] : std::get<Json::Object>(value.value_)) object[key] = plain_json(one);
    return object;
}

const Json* member(const Json& object, const char* key) {
    if (!object.is_object()) return nullptr;
    for (const auto& [name, value] : std::get<Json::Object>(object.value_))
        if (name == key) return &value;
    return nullptr;
}

}  // namespace attest::record
