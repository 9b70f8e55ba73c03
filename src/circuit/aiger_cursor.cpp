#include "aiger_cursor.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::circuit {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string describe(char byte) {
    if (byte == '\n') return "the end of the line";
    if (byte == '\r') return "a carriage return";
    if (byte == ' ') return "a space";
    if (byte < '!' || byte > '~') return fmt::format("the byte 0x{:02x}", static_cast<unsigned char>(byte));
    return fmt::format("'{}'", byte);
}

}  // namespace

std::string AigerCursor::where() const {
    return binary_ ? fmt::format("{}:byte {}", name_, at_) : fmt::format("{}:{}", name_, line_);
}

std::string AigerCursor::describe_next() const { return at_end() ? "the end of the file" : describe(bytes_[at_]); }

void AigerCursor::fail(const std::string& expected) const { fail(expected, describe_next()); }

void AigerCursor::fail(const std::string& expected, const std::string& found) const {
    throw base::InputError(where(), expected, found);
}

void AigerCursor::expect(char byte) {
    if (at_end() || bytes_[at_] != byte) fail(describe(byte));
    if (byte == '\n') ++line_;
    ++at_;
}

std::uint32_t AigerCursor::number(const std::string& what, std::uint32_t most) {
    std::size_t end = at_;
    std::uint64_t value = 0;
    for (; end < bytes_.size() && is_digit(bytes_[end]); ++end) {
        value = 10 * value + static_cast<std::uint64_t>(bytes_[end] - '0');
        if (value <= most) continue;
        while (end < bytes_.size() && is_digit(bytes_[end])) ++end;
        fail(fmt::format("{} of at most {}", what, most), base::printable(bytes_.substr(at_, end - at_), 24));
    }
    if (end == at_) fail(what);
    at_ = end;
    return static_cast<std::uint32_t>(value);
}

std::uint32_t AigerCursor::delta(std::uint32_t most) {
    const AigerCursor before = *this;
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
        if (at_end()) fail("a difference of two literals");
        const auto byte = static_cast<unsigned char>(bytes_[at_++]);
        value |= std::uint64_t{byte & 0x7FU} << shift;
        if ((byte & 0x80U) != 0) continue;
        if (value > most) before.fail(fmt::format("a difference of at most {}", most), fmt::to_string(value));
        return static_cast<std::uint32_t>(value);
    }
    before.fail("a difference of at most 32 bits", "a longer one");
}

std::string AigerCursor::rest_of_line() {
    const std::size_t start = at_;
    while (!at_end() && bytes_[at_] != '\n') {
        if (static_cast<unsigned char>(bytes_[at_]) < 0x20) fail("a name without control characters");
        ++at_;
    }
    if (at_ == start) fail("a name");
    const std::string text(bytes_.substr(start, at_ - start));
    expect('\n');
    return text;
}

}  // namespace attest::circuit
