#include "read_source.hpp"

#include "base/json_text.hpp"

namespace attest::formats {

namespace {

std::string text_of(const base::JsonNode& node) {
    const base::Json& value = node.value();
    if (value.is_null()) return "null";
    if (value.is_bool()) return node.as_bool() ? "true" : "false";
    if (value.is_string()) return base::json_string(node.as_string());
    if (value.is_number()) return std::get<base::Json::Number>(value.value_).text;
    std::string text;
    if (value.is_array()) {
        for (const base::JsonNode& element : node.elements()) text += (text.empty() ? "" : ",") + text_of(element);
        return "[" + text + "]";
    }
    for (const auto& [key, member] : node.members())
        text += (text.empty() ? "" : ",") + base::json_string(key) + ":" + text_of(member);
    return "{" + text + "}";
}

}  // namespace

std::string read_source(const base::JsonNode& node) {
    node.allow_keys({"family", "file", "sha256", "assumed"});
    for (const char* key : {"family", "file"}) (void)node.at(key).as_string();
    const std::string& digest = node.at("sha256").as_string();
    if (digest.size() != 64 || digest.find_first_not_of("0123456789abcdef") != std::string::npos)
        node.at("sha256").fail("64 lower-case hexadecimal digits");
    if (node.has("assumed"))
        for (const auto& [key, value] : node.at("assumed").members())
            if (!value.value().is_string() && !value.value().is_number() && !value.value().is_bool())
                value.fail("a text, a number, true or false");
    return text_of(node);
}

}  // namespace attest::formats
