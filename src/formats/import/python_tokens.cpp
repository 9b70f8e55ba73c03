#include "python_tokens.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/quote.hpp"

namespace attest::formats::import {

namespace {

bool is_decimal(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Scanner {
  public:
    Scanner(std::string_view text, const std::string& file) : text_(text), file_(file) {}

    std::vector<PythonToken> scan() {
        std::vector<PythonToken> tokens;
        for (skip(); at_ < text_.size(); skip()) {
            PythonToken token = next();
            token.starts_line = fresh_ && depth_ == 0;
            fresh_ = false;
            if (token.is("(") || token.is("[") || token.is("{")) ++depth_;
            if ((token.is(")") || token.is("]") || token.is("}")) && depth_ > 0) --depth_;
            tokens.push_back(std::move(token));
        }
        tokens.push_back({PythonToken::Kind::end, "", line_, at_ - line_start_ + 1, true});
        return tokens;
    }

  private:
    void skip() {
        for (; at_ < text_.size(); ++at_) {
            if (text_[at_] == '#') at_ = std::min(text_.find('\n', at_), text_.size());
            if (at_ == text_.size()) return;
            if (text_[at_] == '\n') {
                ++line_;
                line_start_ = at_ + 1;
                fresh_ = true;
            } else if (text_[at_] != ' ' && text_[at_] != '\t' && text_[at_] != '\r') {
                return;
            }
        }
    }

    PythonToken next() {
        PythonToken token{PythonToken::Kind::sign, "", line_, at_ - line_start_ + 1};
        const char c = text_[at_];
        if (is_letter(c)) {
            token.kind = PythonToken::Kind::name;
            while (at_ < text_.size() && (is_letter(text_[at_]) || is_decimal(text_[at_]))) token.text += text_[at_++];
        } else if (is_decimal(c)) {
            token.kind = PythonToken::Kind::integer;
            while (at_ < text_.size() && is_decimal(text_[at_])) token.text += text_[at_++];
        } else if (c == '"' || c == '\'') {
            token.kind = PythonToken::Kind::text;
            token.text = quoted();
        } else {
            token.text = text_.substr(at_, text_.substr(at_, 2) == "==" ? 2 : 1);
            at_ += token.text.size();
        }
        return token;
    }

    std::string quoted() {
        const char mark = text_[at_++];
        std::string spelled;
        for (; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
            if (text_[at_] == mark) {
                ++at_;
                return spelled;
            }
            if (text_[at_] == '\\') {
                ++at_;
                if (at_ == text_.size() || (text_[at_] != '\\' && text_[at_] != '\'' && text_[at_] != '"'))
                    fail("a backslash, a quotation mark or an apostrophe after a backslash", "another character");
            }
            spelled += text_[at_];
        }
        fail("the end of the text in quotation marks", "the end of the line");
    }

    [[noreturn]] void fail(const std::string& expected, const std::string& found) const {
        throw base::InputError(fmt::format("{}:line {}, column {}", file_, line_, at_ - line_start_ + 1), expected,
                               found);
    }

    std::string_view text_;
    const std::string& file_;
    std::size_t at_ = 0, line_ = 1, line_start_ = 0, depth_ = 0;
    bool fresh_ = true;
};

}  // namespace

PythonTokens::PythonTokens(std::string_view text, std::string file)
    : file_(std::move(file)), tokens_(Scanner(text, file_).scan()) {}

bool PythonTokens::take_if(std::string_view sign) {
    const bool is = token().is(sign);
    if (is) take();
    return is;
}

void PythonTokens::expect(std::string_view tokens) {
    const std::string none;
    for (const PythonToken& expected : Scanner(tokens, none).scan()) {
        if (expected.kind == PythonToken::Kind::end) return;
        if (!(token() == expected))
            fail(expected.kind == PythonToken::Kind::text ? base::quoted(expected.text)
                                                          : fmt::format("'{}'", expected.text));
        take();
    }
}

std::string PythonTokens::expect_name(const std::string& what) {
    if (token().kind != PythonToken::Kind::name) fail(what);
    return take().text;
}

std::string PythonTokens::expect_integer() {
    if (token().kind != PythonToken::Kind::integer || token().text.size() > 9 ||
        (token().text[0] == '0' && token().text.size() > 1))
        fail("a whole number of at most nine digits");
    return take().text;
}

std::string PythonTokens::expect_text() {
    if (token().kind != PythonToken::Kind::text) fail("a text in quotation marks");
    return take().text;
}

void PythonTokens::expect_depth(std::size_t depth) const {
    if (!is_at_depth(depth))
        fail_at(token(), fmt::format("a line that is indented by {}", 4 * depth),
                token().starts_line ? fmt::format("one indented by {}", token().column - 1) : "the middle of a line");
}

std::string PythonTokens::rest_of_function() {
    std::string text;
    while (token().kind != PythonToken::Kind::end && !is_at_depth(0)) text += take().text + " ";
    return text;
}

void PythonTokens::fail(const std::string& expected) const {
    fail_at(token(), expected,
            token().kind == PythonToken::Kind::end ? "the end of the file" : base::quoted(token().text, 40));
}

void PythonTokens::fail_at(const PythonToken& token, const std::string& expected, const std::string& found) const {
    throw base::InputError(fmt::format("{}:line {}, column {}", file_, token.line, token.column), expected, found);
}

}  // namespace attest::formats::import
