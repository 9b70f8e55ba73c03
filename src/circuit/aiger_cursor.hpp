#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace attest::circuit {

/// A place in an AIGER file, moving forward, that names itself in messages.
class AigerCursor {
  public:
    /// `binary`: places are byte offsets, since lines mean nothing.
    /// Refers to both texts; cheap to copy, so that a message can name an earlier place.
    AigerCursor(std::string_view bytes, std::string_view name, bool binary)
        : bytes_(bytes), name_(name), binary_(binary) {}

    bool at_end() const { return at_ == bytes_.size(); }
    std::size_t remaining() const { return bytes_.size() - at_; }
    /// The next byte; 0 at the end.
    char peek() const { return at_end() ? '\0' : bytes_[at_]; }
    bool binary() const { return binary_; }
    /// `FILE:LINE` or `FILE:byte OFFSET` of what comes next.
    std::string where() const;

    [[noreturn]] void fail(const std::string& expected) const;  ///< found: what comes next
    [[noreturn]] void fail(const std::string& expected, const std::string& found) const;

    /// Moves past exactly this byte.
    void expect(char byte);
    /// Moves past a decimal number of at most `most`; `what` is `a literal`, ….
    std::uint32_t number(const std::string& what, std::uint32_t most);
    /// Moves past a number in seven bits a byte, least significant first.
    std::uint32_t delta(std::uint32_t most);
    /// Moves past the rest of the line, which must not be empty or hold control characters.
    std::string rest_of_line();

  private:
    std::string describe_next() const;

    std::string_view bytes_;
    std::string_view name_;
    bool binary_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

}  // namespace attest::circuit
