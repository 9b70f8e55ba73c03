#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// Reads a binary proof: lines that begin with a letter, and numbers of seven bits a byte (FORMAT.md, section 8).
///
/// Throws  Defect (file and line, counted from 1) for anything that is not so
class ByteScanner {
  public:
    ByteScanner(std::string_view bytes, std::string file, Budget& budget)
        : at_(bytes.data()), end_(bytes.data() + bytes.size()), file_(std::move(file)), budget_(budget) {}

    /// Whether bytes are a binary proof and no text.
    static bool is_binary(std::string_view bytes) {
        return !bytes.empty() && (bytes.front() == 'a' || bytes.front() == 'd');
    }

    /// Begins the next line and takes its first byte, which should be a letter; -1 after the last.
    int next_line();
    /// An integer of absolute value at most 2^62, in the fewest bytes.
    std::int64_t integer();
    /// The integers up to the next 0, which is taken, too.
    void until_zero(std::vector<std::int64_t>& numbers);

    [[noreturn]] void fail(const std::string& reason) const;

  private:
    const char* at_;
    const char* end_;
    std::string file_;
    Budget& budget_;
    std::size_t longest_ = 0;  ///< numbers of a list
    std::uint64_t line_ = 0;
};

}  // namespace attest::checker
