#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace attest::formats::import {

/// Reads a text of bytes from left to right and never beyond its end.
class Cursor {
  public:
    /// `where` names what is read; places are given as `where+OFFSET`.
    Cursor(std::string_view bytes, std::string where, std::uint64_t at = 0)
        : bytes_(bytes), where_(std::move(where)), at_(at) {}

    std::uint64_t offset() const { return at_; }
    std::uint64_t left() const { return bytes_.size() - at_; }
    bool at_end() const { return left() == 0; }
    std::string place(std::uint64_t offset) const { return where_ + "+" + std::to_string(offset); }

    /// Throws  InputError where fewer bytes are left, for all that follows
    std::string_view take(std::uint64_t count, const char* what);
    /// An unsigned number of 1 to 8 bytes, lowest first.
    std::uint64_t number(std::uint64_t size, const char* what);
    /// Up to a line feed, which is passed over.
    std::string_view line(const char* what);

  private:
    std::string_view bytes_;
    std::string where_;
    std::uint64_t at_;
};

/// The number of at most 8 bytes, lowest first.
std::uint64_t little_endian(std::string_view bytes);

/// Whether the bytes are a text in UTF-8.
bool is_text(std::string_view bytes);

}  // namespace attest::formats::import
