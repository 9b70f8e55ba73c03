#include "checker/core/manifest_fields.hpp"

// Names of files come from a stranger. One that passes has no path in it, so that nothing outside the directory can be
// meant.

namespace attest::checker {

std::string read_digest(const Cursor& at) {
    const std::string& digest = at.string();
    if (digest.size() != 64 || digest.find_first_not_of("0123456789abcdef") != std::string::npos)
        at.fail("64 lower-case hexadecimal digits were expected");
    return digest;
}

std::string read_name(const Cursor& at) {
    if (!is_plain_name(at.string())) at.fail("\"" + at.string() + "\" is not a plain name");
    return at.string();
}

bool read_choice(const Cursor& at, const char* yes, const char* no) {
    if (at.string() != yes && at.string() != no) at.fail("\"" + std::string(yes) + "\" or \"" + no + "\" was expected");
    return at.string() == yes;
}

std::uint64_t read_natural(const Cursor& at) { return static_cast<std::uint64_t>(at.integer(0, INT64_MAX)); }

bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() <= 255 && name != "." && name != ".." &&
           name.find('/') == std::string_view::npos && name.find('\0') == std::string_view::npos;
}

std::optional<std::map<std::string, std::string>> read_map(const Cursor& at) {
    const auto member = at.find("map");
    if (!member) return std::nullopt;
    if (!member->is(Json::Kind::object)) member->expected("an object");
    std::map<std::string, std::string> map;
    for (const auto& entry : member->json().members()) map[entry.first] = member->at(entry.first).string();
    return map;
}

}  // namespace attest::checker
