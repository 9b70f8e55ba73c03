#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace attest::base {

/// A text file of records, one a line, that survives a kill: what was appended is there, and a last line that a kill tore
/// is not read, and cut off before the next is added. Nothing is changed until then.
class Journal {
  public:
    /// The first line of a journal that says what its records are of.
    struct Head {
        std::string line;
        std::string expected;  ///< what to ask for where a file begins otherwise: "a journal of …"
    };

    /// Makes the file if there is none.
    /// Throws  InputError if it cannot be read or written
    explicit Journal(std::string path);
    /// Makes the file, with its head, if there is none.
    /// Throws  InputError if it cannot be read or written, or begins otherwise
    Journal(const std::string& path, const Head& head);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// The whole records that the file held when it was opened, without their ends and without the head.
    const std::vector<std::string>& earlier() const { return earlier_; }
    /// Adds a record, given without its end, and waits until it is on the disk.
    /// Throws  InputError if it cannot be written
    void append(std::string record);

  private:
    std::string path_;
    std::vector<std::string> earlier_;
    std::size_t whole_ = 0;  ///< bytes of the whole lines
    bool torn_ = false;      ///< whether more bytes stand behind them
    int file_ = -1;
};

}  // namespace attest::base
