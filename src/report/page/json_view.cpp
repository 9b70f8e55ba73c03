#include "json_view.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace attest::report {

namespace {

using base::Json;

std::optional<double> plain_number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return {};
    return value;
}

std::optional<double> number_in(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return plain_number(text);
    const auto above = plain_number(text.substr(0, slash)), below = plain_number(text.substr(slash + 1));
    if (!above || !below || *below == 0) return {};
    return *above / *below;
}

std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    result += '"';
    return result;
}

std::string compact(const Json& value) {
    if (value.is_string()) return quoted(std::get<std::string>(value.value_));
    if (value.is_number()) return std::get<Json::Number>(value.value_).text;
    if (value.is_bool()) return std::get<bool>(value.value_) ? "true" : "false";
    std::string text;
    if (value.is_array()) {
        for (const Json& element : elements(&value)) text += (text.empty() ? "" : ", ") + compact(element);
        return "[" + text + "]";
    }
    if (!value.is_object()) return "null";
    for (const auto& [key, member] : members(&value))
        text += (text.empty() ? "" : ", ") + quoted(key) + ": " + compact(member);
    return "{" + text + "}";
}

}  // namespace

const Json* find(const Json& object, std::string_view key) {
    for (const auto& [name, value] : members(&object))
        if (name == key) return &value;
    return nullptr;
}

const Json* find(const Json& object, std::string_view key, std::string_view inner) {
    const Json* member = find(object, key);
    return member == nullptr ? nullptr : find(*member, inner);
}

const Json::Array& elements(const Json* list) {
    static const Json::Array none;
    return list != nullptr && list->is_array() ? std::get<Json::Array>(list->value_) : none;
}

const Json::Object& members(const Json* object) {
    static const Json::Object none;
    return object != nullptr && object->is_object() ? std::get<Json::Object>(object->value_) : none;
}

std::string text_of(const Json* value) {
    if (value == nullptr || value->is_null()) return {};
    return value->is_string() ? std::get<std::string>(value->value_) : compact(*value);
}

std::string text_at(const Json& object, std::string_view key) { return text_of(find(object, key)); }

std::optional<double> number_of(const Json* value, End end) {
    if (value == nullptr) return {};
    if (value->is_number()) return plain_number(std::get<Json::Number>(value->value_).text);
    if (value->is_string()) return number_in(std::get<std::string>(value->value_));
    const Json::Array& ends = elements(value);
    if (ends.size() != 2 || ends[0].is_array() || ends[1].is_array()) return {};
    return number_of(&ends[end == End::lower ? 0 : 1], end);
}

std::string shown_number(const Json* value) {
    if (elements(value).size() == 2)
        return shown_number(&elements(value)[0]) + " … " + shown_number(&elements(value)[1]);
    const std::string text = text_of(value);
    if (text.size() <= 9) return text;
    const auto number = number_of(value, End::lower);
    return number ? fmt::format("≈ {:.6g}", *number) : text;
}

std::optional<std::int64_t> whole_of(const Json* value) {
    const std::string text = text_of(value);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < 0) return {};
    return number;
}

}  // namespace attest::report
