#pragma once

#include <cstddef>
#include <string>

namespace attest::language {

/// A piece of a text in the Hanoi Omega-Automata format: an identifier, `identifier:`, a number, a quoted string, `@alias`, or one other
/// character.
struct HoaToken {
    enum class Kind { end, identifier, header, number, string, alias, sign } kind = Kind::end;
    std::string text;
    std::size_t line = 1;
};

/// The pieces of a text one after the other, without blanks and comments; the one at hand can be looked at before it is taken.
/// text and file outlive it. Throws   InputError with the line where the text has no such piece
class HoaTokens {
  public:
    HoaTokens(const std::string& text, const std::string& file) : text_(text), file_(file) { advance(); }

    const HoaToken& now() const { return now_; }
    bool is(HoaToken::Kind kind) const { return now_.kind == kind; }
    bool is_sign(char c) const { return now_.kind == HoaToken::Kind::sign && now_.text[0] == c; }
    HoaToken take();
    bool take_sign(char c);
    void expect_sign(char c);
    std::string expect(HoaToken::Kind kind, const std::string& what);
    std::size_t expect_number(std::size_t least, std::size_t greatest, const std::string& what);

    [[noreturn]] void fail(const std::string& expected) const;
    [[noreturn]] void fail(const std::string& expected, const std::string& found) const;
    std::string place(std::size_t line) const;

  private:
    static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }

    void skip();
    void advance();
    void string();

    const std::string& text_;
    const std::string& file_;
    std::size_t at_ = 0, line_ = 1;
    HoaToken now_;
};

}  // namespace attest::language
