#include "hoa_tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::language {

HoaToken HoaTokens::take() {
    HoaToken token = std::move(now_);
    advance();
    return token;
}

bool HoaTokens::take_sign(char c) {
    if (!is_sign(c)) return false;
    advance();
    return true;
}

void HoaTokens::expect_sign(char c) {
    if (!take_sign(c)) fail(fmt::format("'{}'", c));
}

std::string HoaTokens::expect(HoaToken::Kind kind, const std::string& what) {
    if (now_.kind != kind) fail(what);
    return take().text;
}

std::size_t HoaTokens::expect_number(std::size_t least, std::size_t greatest, const std::string& what) {
    const std::string expected = fmt::format("{} from {} to {}", what, least, greatest);
    if (now_.kind != HoaToken::Kind::number) fail(expected);
    std::size_t value = 0;
    for (const char c : now_.text) value = std::min(value * 10 + static_cast<std::size_t>(c - '0'), greatest + 1);
    if (value < least || value > greatest) fail(expected);
    advance();
    return value;
}

void HoaTokens::fail(const std::string& expected) const {
    fail(expected,
         now_.kind == HoaToken::Kind::end ? "the end of the file" : fmt::format("'{}'", base::printable(now_.text)));
}

void HoaTokens::fail(const std::string& expected, const std::string& found) const {
    throw base::InputError(place(now_.line), expected, found);
}

std::string HoaTokens::place(std::size_t line) const { return fmt::format("{}:{}", base::printable(file_), line); }

void HoaTokens::skip() {
    std::size_t comments = 0;  // they nest
    for (; at_ < text_.size(); ++at_) {
        const std::string_view rest = std::string_view(text_).substr(at_);
        if (text_[at_] == '\n') ++line_;
        if (rest.starts_with("/*")) ++comments, ++at_;
        else if (comments > 0 && rest.starts_with("*/")) --comments, ++at_;
        else if (comments == 0 && std::string_view(" \t\r\n").find(text_[at_]) == std::string_view::npos) return;
    }
    if (comments > 0) throw base::InputError(place(line_), "'*/' for each '/*'", "the end of the file");
}

void HoaTokens::advance() {
    skip();
    now_ = {HoaToken::Kind::end, "", line_};
    if (at_ == text_.size()) return;
    const std::size_t first = at_;
    const auto run = [&](auto belongs) {
        while (at_ < text_.size() && belongs(text_[at_])) ++at_;
    };
    const auto in_name = [](char c) { return is_letter(c) || is_digit(c) || c == '-'; };
    if (std::string_view(text_).substr(at_).starts_with("--")) {
        run([](char c) { return c == '-' || is_letter(c); });
        now_ = {HoaToken::Kind::identifier, text_.substr(first, at_ - first), line_};
    } else if (is_letter(text_[at_])) {
        run(in_name);
        now_ = {HoaToken::Kind::identifier, text_.substr(first, at_ - first), line_};
        if (at_ < text_.size() && text_[at_] == ':') now_.kind = HoaToken::Kind::header, ++at_;
    } else if (text_[at_] == '@') {
        ++at_;
        run(in_name);
        now_ = {HoaToken::Kind::alias, text_.substr(first, at_ - first), line_};
    } else if (is_digit(text_[at_])) {
        run(is_digit);
        now_ = {HoaToken::Kind::number, text_.substr(first, at_ - first), line_};
    } else if (text_[at_] == '"') {
        string();
    } else {
        now_ = {HoaToken::Kind::sign, std::string(1, text_[at_++]), line_};
    }
}

void HoaTokens::string() {
    now_ = {HoaToken::Kind::string, "", line_};
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
        if (text_[at_] == '\n') ++line_;
        now_.text += text_[at_];
    }
    if (at_ == text_.size())
        throw base::InputError(place(now_.line), "'\"' at the end of a string", "the end of the file");
    ++at_;
}

}  // namespace attest::language
