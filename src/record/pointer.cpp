#include "record/pointer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "attest/base/error.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"

namespace attest::record {

namespace {

using nlohmann::ordered_json;

std::string text_of(const ordered_json& value) {
    return value.is_string() ? value.get<std::string>() : base::json_text(value);
}

std::vector<std::string> steps_of(const std::string& key) {
    std::vector<std::string> steps;
    for (const char c : key) {
        if (c == '/') steps.emplace_back();
        else steps.back() += c;
    }
    return steps;
}

/// Every value that the steps from `at` lead to.
void collect(const ordered_json& here, const std::vector<std::string>& steps, std::size_t at,
             std::vector<std::string>& found) {
    if (at == steps.size()) {
        found.push_back(text_of(here));
        return;
    }
    const std::string& step = steps[at];
    if (here.is_array() && step == "*") {
        for (const ordered_json& entry : here) collect(entry, steps, at + 1, found);
    } else if (here.is_array() && !step.empty() && step.size() < 10 &&
               std::all_of(step.begin(), step.end(), [](unsigned char c) { return std::isdigit(c) != 0; }) &&
               std::stoul(step) < here.size()) {
        collect(here[std::stoul(step)], steps, at + 1, found);
    } else if (here.is_object() && here.contains(step)) {
        collect(here[step], steps, at + 1, found);
    } else {
        throw base::InputError("output", fmt::format("a value at step '{}'", step), "none");
    }
}

std::string value_at_pointer(const ordered_json& document, const std::string& pointer) {
    std::vector<std::string> found;
    collect(document, steps_of(pointer), 0, found);
    if (found.empty()) throw base::InputError("output", "a value at " + pointer, "an empty list");
    if (std::all_of(found.begin(), found.end(), [&](const std::string& text) { return text == found.front(); }))
        return found.front();
    return fmt::format("{}", fmt::join(found, ","));
}

}  // namespace

std::string value_at(const std::string& json, const std::string& keys) {
    const ordered_json document = base::ordered_document_or_none(json);
    if (document.is_discarded()) throw base::InputError("output", "one JSON object", base::printable(json));
    std::istringstream pointers(keys);
    std::string values;
    for (std::string pointer; pointers >> pointer;)
        values += (values.empty() ? "" : " ") + value_at_pointer(document, pointer);
    return values;
}

}  // namespace attest::record
