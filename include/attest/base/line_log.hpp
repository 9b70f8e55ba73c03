#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace attest::base {

/// A text file that grows line by line and survives a kill: what was appended is there, and a last line that a kill tore
/// is not read, and cut off before the next is added. Nothing is changed until then.
class LineLog {
  public:
    /// Makes the file if there is none.
    /// Throws  InputError if it cannot be read or written
    explicit LineLog(std::string path);
    ~LineLog();
    LineLog(const LineLog&) = delete;
    LineLog& operator=(const LineLog&) = delete;

    /// The whole lines that the file held when it was opened, without their ends.
    const std::vector<std::string>& earlier() const { return earlier_; }
    /// Adds a line, given without its end, and waits until it is on the disk.
    /// Throws  InputError if it cannot be written
    void append(std::string line);

  private:
    std::string path_;
    std::vector<std::string> earlier_;
    std::size_t whole_ = 0;  ///< bytes of the whole lines
    bool torn_ = false;      ///< whether more bytes stand behind them
    int file_ = -1;
};

}  // namespace attest::base
