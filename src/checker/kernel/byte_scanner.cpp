#include "checker/kernel/byte_scanner.hpp"

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 8: a binary proof, too, has one spelling. Twice the absolute value, plus 1 if it is negative, comes in
// groups of seven bits, the least first; all bytes but the last have their highest bit, and no last byte is 0 but that of
// the number 0. There is no negative 0.

namespace attest::checker {

void ByteScanner::fail(const std::string& reason) const {
    throw Defect(file_ + " line " + std::to_string(line_), reason);
}

int ByteScanner::next_line() {
    if (at_ == end_) return -1;
    ++line_;
    return static_cast<unsigned char>(*at_++);
}

std::int64_t ByteScanner::integer() {
    constexpr std::uint64_t limit = std::uint64_t{1} << 62;
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        if (at_ == end_) fail("the file ends within a line");
        const auto byte = static_cast<unsigned char>(*at_++);
        const std::uint64_t bits = byte & 0x7fU;
        if (shift > 63 || (shift == 63 && bits > 1)) fail("a number is too large");
        value |= bits << shift;
        if (byte & 0x80U) continue;
        if (byte == 0 && shift > 0) fail("a number with a leading zero");
        break;
    }
    if (value == 1) fail("a number with a leading zero");
    if (value / 2 > limit) fail("a number is too large");
    const auto magnitude = static_cast<std::int64_t>(value / 2);
    return value % 2 == 0 ? magnitude : -magnitude;
}

void ByteScanner::until_zero(std::vector<std::int64_t>& numbers) {
    numbers.clear();
    while (const std::int64_t number = integer()) {
        budget_.step(4);
        numbers.push_back(number);
        if (numbers.size() > longest_) budget_.memory(16), longest_ = numbers.size();
    }
}

}  // namespace attest::checker
