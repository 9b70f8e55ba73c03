#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// Reads a proof line by line: tokens separated by one space, each line ended by a newline, nothing else.
///
/// Throws  Defect (file and line) for anything that is not so
class LineScanner {
  public:
    /// Shape   lines_before: how many lines of the file stand before the bytes
    LineScanner(std::string_view bytes, std::string file, Budget& budget, std::uint64_t lines_before = 0)
        : at_(bytes.data()),
          end_(bytes.data() + bytes.size()),
          file_(std::move(file)),
          budget_(budget),
          line_(lines_before) {}

    /// Begins the next line; false after the last. Needs the line before to be read to its end.
    bool next_line();

    /// Takes the word if it is the next token.
    bool take(std::string_view word);
    /// An integer of absolute value at most 2^62, without leading zeros or "-0".
    std::int64_t integer();
    /// The integers up to the next 0, which is taken, too.
    void until_zero(std::vector<std::int64_t>& numbers);
    void end_line();

    std::string place() const;
    [[noreturn]] void fail(const std::string& reason) const;

  private:
    void separator();

    const char* at_;
    const char* end_;
    std::string file_;
    Budget& budget_;
    std::size_t longest_ = 0;  ///< numbers of a list
    std::uint64_t line_;
    bool line_done_ = true;
};

}  // namespace attest::checker
