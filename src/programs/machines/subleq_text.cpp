#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"
#include "programs/machines/subleq.hpp"

namespace attest::machines {

namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts(1);
    for (const char c : text)
        if (c == separator) parts.emplace_back();
        else parts.back() += c;
    return parts;
}

/// Whole numbers with commas between them.
std::vector<std::int64_t> numbers(const std::string& text, const std::string& place) {
    std::vector<std::int64_t> list;
    for (const std::string& part : split(text, ',')) {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
        if (error != std::errc() || end != part.data() + part.size())
            throw base::InputError(place, "whole numbers with commas between them", "'" + base::printable(text) + "'");
        list.push_back(value);
    }
    return list;
}

}  // namespace

SubleqProgram parse_subleq_text(const std::string& text) {
    const std::vector<std::string> parts = split(text, ':');
    if (parts.size() != 3)
        throw base::InputError("subleq", "SCRATCH,BITS:CELLS:COMMANDS", "'" + base::printable(text) + "'");
    const std::vector<std::int64_t> sizes = numbers(parts[0], "subleq:sizes");
    if (sizes.size() != 2)
        throw base::InputError("subleq:sizes", "scratch and bits", "'" + base::printable(parts[0]) + "'");
    Json commands = Json::array();
    for (const std::string& command : split(parts[2], '_')) commands.push_back(numbers(command, "subleq:commands"));
    const Json document = {{"format", "attest/subleq"},
                           {"version", 1},
                           {"name", "subleq-" + text},
                           {"scratch", sizes[0]},
                           {"bits", sizes[1]},
                           {"memory", numbers(parts[1], "subleq:cells")},
                           {"commands", std::move(commands)}};
    const base::Json read = base::Json::parse(base::json_text(document), "subleq");
    return read_subleq(base::JsonNode(read, "subleq"), "subleq");
}

std::string write_subleq(const SubleqProgram& program) {
    Json commands = Json::array();
    for (const SubleqCommand& c : program.commands) commands.push_back({c.a, c.b, c.c});
    const Json document = {{"format", "attest/subleq"},      {"version", 1},
                           {"name", program.name},           {"scratch", program.shape.scratch},
                           {"bits", program.shape.bits},     {"memory", program.memory},
                           {"commands", std::move(commands)}};
    return base::json_text(document, -1, base::NotUtf8::replaced) + "\n";
}

}  // namespace attest::machines
