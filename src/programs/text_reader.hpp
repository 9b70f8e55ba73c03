#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace attest::programs {

/// A piece of a line of a program's text.
struct Token {
    enum class Kind : std::uint8_t { name, number, sign, quoted, end };
    Kind kind = Kind::end;
    std::string_view text;   ///< quoted: without the quotation marks
    std::size_t column = 1;  ///< from 1, in bytes

    bool is(std::string_view sign) const { return (kind == Kind::sign || kind == Kind::name) && text == sign; }
};

/// One line of a program as tokens, one ahead. Names are letters, digits and `_`; signs are the longest of those given, else
/// one character.
class LineReader {
  public:
    /// `signs`: those of two characters, `<=>=!=`
    LineReader(std::string_view line, std::size_t number, const std::string& file, std::string_view signs);

    const Token& token() const { return token_; }
    Token take();
    /// Whether the next token is this sign or word; takes it then.
    bool take_if(std::string_view sign);
    /// Throws  InputError unless the next token is this sign; takes it
    void expect(std::string_view sign);
    bool at_end() const { return token_.kind == Token::Kind::end; }
    void expect_end();
    /// The next token read as a symbol: what is in quotation marks, or all up to a blank or one of `( ) ,`.
    std::string symbol();
    /// Takes a whole number of this range.
    /// Throws  InputError for anything else
    std::uint32_t number(std::uint32_t least, std::uint32_t greatest);
    /// All that follows, as written. Not a token.
    std::string_view rest() const { return line_.substr(token_.column - 1); }

    /// Throws  InputError at the next token
    [[noreturn]] void fail(const std::string& expected) const;
    [[noreturn]] void fail(const std::string& expected, const std::string& found) const;
    [[noreturn]] void fail_at(const Token& token, const std::string& expected, const std::string& found) const;

  private:
    void advance(std::size_t from);

    std::string_view line_;
    std::size_t number_;
    const std::string& file_;
    std::string_view signs_;
    Token token_;
    std::size_t after_ = 0;  ///< the token
};

/// The lines of a text, without comments; CR before LF is dropped.
class Lines {
  public:
    Lines(std::string_view text, std::string_view comment) : text_(text), comment_(comment) {}

    /// False at the end.
    bool next(std::string_view& line);
    std::size_t number() const { return number_; }  ///< of the line that `next` gave, from 1

  private:
    std::string_view text_, comment_;
    std::size_t at_ = 0, number_ = 0;
};

}  // namespace attest::programs
