#include "bytes.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::formats::import {

std::string_view Cursor::take(std::uint64_t count, const char* what) {
    if (count > left())
        throw base::InputError(place(at_), fmt::format("{} ({} bytes)", what, count),
                               fmt::format("the end after {}", left()));
    const std::string_view taken = bytes_.substr(at_, count);
    at_ += count;
    return taken;
}

std::uint64_t Cursor::number(std::uint64_t size, const char* what) { return little_endian(take(size, what)); }

std::string_view Cursor::line(const char* what) {
    const std::size_t end = bytes_.find('\n', at_);
    if (end == std::string_view::npos)
        throw base::InputError(place(at_), fmt::format("{} and a line feed", what), "none");
    const std::string_view line = bytes_.substr(at_, end - at_);
    at_ = end + 1;
    return line;
}

std::uint64_t little_endian(std::string_view bytes) {
    std::uint64_t n = 0;
    for (std::size_t k = bytes.size(); k-- > 0;) n = n << 8 | static_cast<unsigned char>(bytes[k]);
    return n;
}

bool is_text(std::string_view bytes) {
    try {
        (void)base::code_points(bytes, "");
    } catch (const base::InputError&) {
        return false;
    }
    return true;
}

}  // namespace attest::formats::import
