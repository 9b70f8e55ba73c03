#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

// Text of documents of nlohmann::json, and back. Its writer and its parser are templates of some thousand lines: they are
// compiled here, once for each kind of document, and not wherever one is written.

namespace attest::base {

/// What becomes of bytes in a text that are not UTF-8.
enum class NotUtf8 : std::uint8_t { refused, replaced };

/// On one line, or with so many spaces for each level.
/// Throws  nlohmann::json::type_error if bytes are refused
std::string json_text(const nlohmann::json& value, int indent = -1, NotUtf8 bytes = NotUtf8::refused);
std::string json_text(const nlohmann::ordered_json& value, int indent = -1, NotUtf8 bytes = NotUtf8::refused);

/// A text in quotation marks, what is not UTF-8 replaced by U+FFFD.
std::string json_string(std::string_view text);

/// Numbers may be rounded: what must not be is read by base::Json.
/// Throws  nlohmann::json::parse_error
nlohmann::json document_of(std::string_view text);
nlohmann::ordered_json ordered_document_of(std::string_view text);

/// Discarded, as nlohmann::json has it, if it is no JSON.
nlohmann::json document_or_none(std::string_view text);
nlohmann::ordered_json ordered_document_or_none(std::string_view text);

}  // namespace attest::base
