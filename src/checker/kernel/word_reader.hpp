#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// The words of a text whose lines may be comments, such as DIMACS and OPB; spaces, tabs and ends of lines separate them.
class WordReader {
  public:
    /// What a text is made of: a line that begins with `comment` is skipped, and `mark` is a word by itself, also where no blank
    /// is before it; a blank stands for none.
    struct Signs {
        char comment;
        char mark = ' ';
    };

    /// `bytes` and `file`, the name for messages, outlive it.
    WordReader(std::string_view bytes, const std::string& file, Signs signs, Budget& budget)
        : rest_(bytes), file_(file), signs_(signs), budget_(budget) {}

    /// Empty at the end of the file. Steps: its bytes, and those before it.
    std::string_view word();

    /// Throws  Defect: the file, the line, and the reason
    [[noreturn]] void fail(const std::string& reason) const;
    /// The same, where `what` was expected and the word `found` is, empty at the end of the file.
    [[noreturn]] void wrong(const std::string& what, std::string_view found) const;

  private:
    void skip();
    bool ends_word(char c) const;

    std::string_view rest_;
    const std::string& file_;
    Signs signs_;
    Budget& budget_;
    std::uint64_t line_ = 1;
    bool line_begins_ = true;
};

}  // namespace attest::checker
