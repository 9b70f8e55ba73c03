#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attest::formats::import {

/// A piece of Python text.
struct PythonToken {
    enum class Kind : std::uint8_t { name, integer, text, sign, end };
    Kind kind = Kind::end;
    std::string text;  ///< of a text: what it spells
    std::size_t line = 1, column = 1;
    bool starts_line = false;  ///< within no bracket, so that its column is an indentation

    bool is(std::string_view sign) const { return (kind == Kind::sign || kind == Kind::name) && text == sign; }
    bool operator==(const PythonToken& other) const { return kind == other.kind && text == other.text; }
};

/// Python as tokens, read one after the other and never run. Comments are left out.
class PythonTokens {
  public:
    /// Throws  InputError `FILE:line N, column M` for what is none of the tokens
    PythonTokens(std::string_view text, std::string file);

    const PythonToken& token() const { return tokens_[at_]; }
    PythonToken take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
    bool take_if(std::string_view sign);
    /// Takes exactly these tokens.
    void expect(std::string_view tokens);
    std::string expect_name(const std::string& what = "a name");
    std::string expect_integer();
    std::string expect_text();
    /// Whether the next token begins a line at this depth of indentation, by four blanks each.
    bool is_at_depth(std::size_t depth) const { return token().starts_line && token().column == 1 + 4 * depth; }
    void expect_depth(std::size_t depth) const;
    /// All tokens up to the next that begins a line at depth 0, with blanks between them: what a function is, whatever its
    /// layout.
    std::string rest_of_function();

    [[noreturn]] void fail(const std::string& expected) const;
    [[noreturn]] void fail_at(const PythonToken& token, const std::string& expected, const std::string& found) const;

  private:
    std::string file_;
    std::vector<PythonToken> tokens_;
    std::size_t at_ = 0;
};

}  // namespace attest::formats::import
