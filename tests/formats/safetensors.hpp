#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

// Safetensors files made for a test.

namespace attest::formats::tests {

/// The `size` bytes of a number, lowest first.
inline std::string little_endian(std::uint64_t number, std::size_t size) {
    std::string bytes;
    for (std::size_t k = 0; k < size; ++k) bytes += static_cast<char>(number >> (8 * k) & 0xff);
    return bytes;
}

/// The numbers one after the other, each of `size` bytes.
inline std::string packed(const std::vector<std::uint64_t>& numbers, std::size_t size) {
    std::string bytes;
    for (const std::uint64_t number : numbers) bytes += little_endian(number, size);
    return bytes;
}

inline std::string safetensors(const std::string& header, const std::string& data) {
    return little_endian(header.size(), 8) + header + data;
}

/// Arrays laid out one after the other.
class SafetensorsWriter {
  public:
    SafetensorsWriter& add(const std::string& name, const std::string& type, const std::string& shape,
                           const std::string& bytes) {
        header_ += (header_.empty() ? "{\"" : ", \"") + name + R"(": {"dtype": ")" + type + R"(", "shape": )" + shape +
                   R"(, "data_offsets": [)" + std::to_string(data_.size()) + ", " +
                   std::to_string(data_.size() + bytes.size()) + "]}";
        data_ += bytes;
        return *this;
    }
    std::string file() const { return safetensors(header_.empty() ? "{}" : header_ + "}", data_); }

  private:
    std::string header_, data_;
};

}  // namespace attest::formats::tests
