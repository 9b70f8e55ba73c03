#pragma once

// What the writers share.

#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "base/version.hpp"

namespace attest::circuit {

/// Formats into a buffer that goes to the stream in large pieces.
class Lines {
  public:
    explicit Lines(std::ostream& out) : out_(out) {}
    ~Lines() { flush(); }
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;

    template <typename... T>
    void operator()(fmt::format_string<T...> format, T&&... values) {
        fmt::format_to(std::back_inserter(buffer_), format, std::forward<T>(values)...);
        if (buffer_.size() > (std::size_t{1} << 16)) flush();
    }
    void byte(std::uint8_t value) { buffer_.push_back(static_cast<char>(value)); }

  private:
    void flush() {
        out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
        buffer_.clear();
    }

    std::ostream& out_;
    fmt::memory_buffer buffer_;
};

/// A name or description as it can stand in a line: whole, control characters escaped.
inline std::string one_line(std::string_view text) { return base::printable(text, SIZE_MAX); }

/// `attest 0.1.0` and the description, for comments.
inline std::string made_by(const std::string& description) {
    const std::string maker = std::string("attest ") + base::version();
    return description.empty() ? maker : maker + ": " + one_line(description);
}

}  // namespace attest::circuit
