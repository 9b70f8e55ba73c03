#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "checker/core/text.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"

namespace attest::checker {

/// One line as tokens: names, numbers, and signs of one or two characters.
class ProgramLine {
  public:
    ProgramLine(std::string_view line, std::string place) : line_(line), place_(std::move(place)) { skip(); }

    [[noreturn]] void fail(const std::string& reason) const { throw Defect(place_, reason); }

    bool at_end() const { return line_.empty(); }
    void end() const {
        if (!at_end()) fail("the end of the line was expected, found " + quoted(token(), 40));
    }
    bool is(std::string_view token) const { return this->token() == token; }
    bool take(std::string_view token) {
        if (!is(token)) return false;
        drop(token.size());
        return true;
    }
    void expect(std::string_view token) {
        if (!take(token)) fail("'" + std::string(token) + "' was expected, found " + quoted(this->token(), 40));
    }
    bool at_name() const { return !at_end() && is_letter(line_.front()); }
    bool at_number() const { return !at_end() && is_digit(line_.front()); }
    std::string next() {
        std::string text(token());
        drop(text.size());
        return text;
    }
    /// What is in quotation marks, or all up to a blank or one of `( ) ,`.
    Symbol symbol() {
        std::string_view text;
        if (!at_end() && line_.front() == '"') {
            const std::size_t closing = line_.find('"', 1);
            if (closing == std::string_view::npos) fail("the symbol does not end");
            text = line_.substr(1, closing - 1);
            const Symbol symbol(text);
            drop(closing + 1);
            return checked(symbol);
        }
        const auto ends = [](char c) { return is_blank(c) || c == '(' || c == ')' || c == ','; };
        const auto end = std::find_if(line_.begin(), line_.end(), ends);
        const Symbol symbol(line_.begin(), end);
        drop(symbol.size());
        return checked(symbol);
    }

  private:
    static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

    Symbol checked(const Symbol& symbol) const {
        if (!is_marker(symbol)) fail("a symbol was expected");
        return symbol;
    }
    std::string_view token() const {
        if (line_.empty()) return line_;
        const auto while_in = [&](auto in) {
            std::size_t size = 1;
            while (size < line_.size() && in(line_[size])) ++size;
            return line_.substr(0, size);
        };
        if (is_letter(line_.front())) return while_in([](char c) { return is_letter(c) || is_digit(c); });
        if (is_digit(line_.front())) return while_in(is_digit);
        for (const std::string_view sign : {"<=", ">=", "!="})
            if (line_.substr(0, 2) == sign) return sign;
        return line_.substr(0, 1);
    }
    void drop(std::size_t size) {
        line_.remove_prefix(size);
        skip();
    }
    void skip() {
        while (!line_.empty() && is_blank(line_.front())) line_.remove_prefix(1);
    }

    std::string_view line_;
    std::string place_;
};

}  // namespace attest::checker
