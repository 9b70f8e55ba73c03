#include "base/json_text.hpp"

#include <nlohmann/json.hpp>

namespace attest::base {

namespace {

template <typename Document>
std::string text_of(const Document& value, int indent, NotUtf8 bytes) {
    using Handler = typename Document::error_handler_t;
    return value.dump(indent, ' ', false, bytes == NotUtf8::replaced ? Handler::replace : Handler::strict);
}

}  // namespace

std::string json_text(const nlohmann::json& value, int indent, NotUtf8 bytes) { return text_of(value, indent, bytes); }

std::string json_text(const nlohmann::ordered_json& value, int indent, NotUtf8 bytes) {
    return text_of(value, indent, bytes);
}

std::string json_string(std::string_view text) { return text_of(nlohmann::json(text), -1, NotUtf8::replaced); }

nlohmann::json document_of(std::string_view text) { return nlohmann::json::parse(text); }

nlohmann::ordered_json ordered_document_of(std::string_view text) { return nlohmann::ordered_json::parse(text); }

nlohmann::json document_or_none(std::string_view text) { return nlohmann::json::parse(text, nullptr, false); }

nlohmann::ordered_json ordered_document_or_none(std::string_view text) {
    return nlohmann::ordered_json::parse(text, nullptr, false);
}

}  // namespace attest::base
