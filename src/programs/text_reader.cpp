#include "programs/text_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "attest/base/error.hpp"
#include "base/quote.hpp"

namespace attest::programs {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

template <typename Condition>
std::size_t past(std::string_view line, std::size_t at, const Condition& condition) {
    while (at < line.size() && condition(line[at])) ++at;
    return at;
}

}  // namespace

LineReader::LineReader(std::string_view line, std::size_t number, const std::string& file, std::string_view signs)
    : line_(line), number_(number), file_(file), signs_(signs) {
    advance(0);
}

void LineReader::advance(std::size_t from) {
    from = past(line_, from, is_blank);
    token_ = {Token::Kind::end, {}, from + 1};
    after_ = from;
    if (from == line_.size()) return;
    const auto set = [&](Token::Kind kind, std::size_t to) {
        token_.kind = kind;
        token_.text = line_.substr(from, to - from);
        after_ = to;
    };
    const auto in_name = [](char c) { return is_letter(c) || is_digit(c); };
    if (is_letter(line_[from])) return set(Token::Kind::name, past(line_, from, in_name));
    if (is_digit(line_[from])) return set(Token::Kind::number, past(line_, from, is_digit));
    for (std::size_t k = 0; k + 1 < signs_.size(); k += 2)
        if (line_.substr(from, 2) == signs_.substr(k, 2)) return set(Token::Kind::sign, from + 2);
    // A character of several bytes is one sign, so that messages show it whole.
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; };
    set(Token::Kind::sign, past(line_, from + 1, continues));
}

Token LineReader::take() {
    const Token taken = token_;
    advance(after_);
    return taken;
}

bool LineReader::take_if(std::string_view sign) {
    const bool is = token_.is(sign);
    if (is) take();
    return is;
}

void LineReader::expect(std::string_view sign) {
    if (!take_if(sign)) fail(fmt::format("'{}'", sign));
}

void LineReader::expect_end() {
    if (!at_end()) fail("the end of the line");
}

std::uint32_t LineReader::number(std::uint32_t least, std::uint32_t greatest) {
    std::uint32_t value = 0;
    const char* end = token_.text.data() + token_.text.size();
    const auto [stop, error] = std::from_chars(token_.text.data(), end, value);
    if (token_.kind != Token::Kind::number || error != std::errc() || stop != end || value < least || value > greatest)
        fail(fmt::format("a whole number from {} to {}", least, greatest));
    take();
    return value;
}

std::string LineReader::symbol() {
    const std::size_t from = token_.column - 1;
    if (from == line_.size()) fail("a symbol");
    if (line_[from] == '"') {
        const std::size_t closing = line_.find('"', from + 1);
        if (closing == std::string_view::npos) fail("a '\"' that ends the symbol", "the end of the line");
        std::string text(line_.substr(from + 1, closing - from - 1));
        if (text.empty()) fail("a symbol", "\"\"");
        advance(closing + 1);
        return text;
    }
    const auto in_symbol = [](char c) { return !is_blank(c) && c != '(' && c != ')' && c != ','; };
    const std::size_t to = past(line_, from, in_symbol);
    if (to == from) fail("a symbol (in quotation marks)");
    std::string text(line_.substr(from, to - from));
    advance(to);
    return text;
}

void LineReader::fail(const std::string& expected) const {
    fail(expected, at_end() ? "the end of the line" : base::quoted(token_.text, 40));
}

void LineReader::fail(const std::string& expected, const std::string& found) const { fail_at(token_, expected, found); }

void LineReader::fail_at(const Token& token, const std::string& expected, const std::string& found) const {
    throw base::InputError(fmt::format("{}:line {}, column {}", file_, number_, token.column), expected, found);
}

bool Lines::next(std::string_view& line) {
    if (at_ >= text_.size()) return false;
    ++number_;
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    line = text_.substr(at_, end - at_);
    at_ = end + 1;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    line = line.substr(0, line.find(comment_));
    return true;
}

}  // namespace attest::programs
