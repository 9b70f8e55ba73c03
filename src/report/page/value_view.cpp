#include "value_view.hpp"

#include <fmt/format.h>

#include "json_view.hpp"

namespace attest::report {

using base::Json;

Json json_of(const record::Number& number) {
    return number.quoted ? Json{number.text} : Json{Json::Number{number.text}};
}

Json json_of(const record::Value& value) {
    if (value.ends.size() == 1) return json_of(value.ends.front());
    Json::Array ends;
    for (const record::Number& end : value.ends) ends.push_back(json_of(end));
    return Json{std::move(ends)};
}

std::string shown_middle(const record::Value& value) {
    const auto middle = middle_of(value);
    return value.ends.size() == 2 && middle ? fmt::format("{:.6g}", *middle) : shown_value(value);
}

std::string shown_value(const record::Value& value) {
    const Json shown = json_of(value);
    return shown_number(&shown);
}

std::string shown_text_number(const std::string& text) {
    const Json shown{text};
    return shown_number(&shown);
}

std::optional<double> middle_of(const record::Value& value) {
    const Json json = json_of(value);
    const auto lower = number_of(&json, End::lower), upper = number_of(&json, End::upper);
    if (!lower || !upper) return std::nullopt;
    return *lower + (*upper - *lower) / 2;
}

std::optional<double> number_of(const std::string& text) {
    const Json json{text};
    return number_of(&json, End::lower);
}

}  // namespace attest::report
