#include "checker/kernel/line_scanner.hpp"

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 8: a proof has one spelling. One space, one newline, no leading zeros: what is read here other
// tools read alike, and there is nothing in a line that the checker would skip.

namespace attest::checker {

std::string LineScanner::place() const { return file_ + " line " + std::to_string(line_); }

void LineScanner::fail(const std::string& reason) const { throw Defect(place(), reason); }

bool LineScanner::next_line() {
    if (at_ == end_) return false;
    ++line_;
    line_done_ = false;
    return true;
}

void LineScanner::separator() {
    if (at_ == end_) fail("the file ends within a line");
    const char c = *at_++;
    if (c == '\n') {
        line_done_ = true;
    } else if (c != ' ') {
        fail("a space or the end of the line was expected");
    }
}

bool LineScanner::take(std::string_view word) {
    if (line_done_) return false;
    const auto size = static_cast<std::ptrdiff_t>(word.size());
    if (end_ - at_ <= size || std::string_view(at_, word.size()) != word) return false;
    if (at_[size] != ' ' && at_[size] != '\n') return false;
    at_ += size;
    separator();
    return true;
}

std::int64_t LineScanner::integer() {
    if (line_done_) fail("the line ends too early");
    constexpr std::int64_t limit = std::int64_t{1} << 62;
    const bool negative = at_ != end_ && *at_ == '-';
    if (negative) ++at_;
    const char* const first = at_;
    std::int64_t value = 0;
    while (at_ != end_ && *at_ >= '0' && *at_ <= '9') {
        if (value > limit / 10) fail("a number is too large");
        value = value * 10 + (*at_++ - '0');
    }
    if (at_ == first) fail("a number was expected");
    if (value > limit) fail("a number is too large");
    if (*first == '0' && (at_ - first > 1 || negative)) fail("a number with a leading zero");
    separator();
    return negative ? -value : value;
}

void LineScanner::until_zero(std::vector<std::int64_t>& numbers) {
    numbers.clear();
    while (const std::int64_t number = integer()) {
        budget_.step(4);
        numbers.push_back(number);
        if (numbers.size() > longest_) budget_.memory(16), longest_ = numbers.size();
    }
}

void LineScanner::end_line() {
    if (!line_done_) fail("the end of the line was expected");
}

}  // namespace attest::checker
