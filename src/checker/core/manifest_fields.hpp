#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "checker/core/cursor.hpp"

namespace attest::checker {

/// Whether the text can name a file of a certificate: a name without a path.
bool is_plain_name(std::string_view name);

/// Values that stand at several places of a manifest. Each throws Defect (place).
std::uint64_t read_natural(const Cursor& at);
/// 64 lower-case hexadecimal digits.
std::string read_digest(const Cursor& at);
/// A plain name.
std::string read_name(const Cursor& at);
/// Whether the text is `yes`; else it must be `no`.
bool read_choice(const Cursor& at, const char* yes, const char* no);

/// The member `map`, if there is one: an object of texts.
std::optional<std::map<std::string, std::string>> read_map(const Cursor& at);

}  // namespace attest::checker
