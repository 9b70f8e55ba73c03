#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "attest/base/error.hpp"

// What the fuzz targets have in common: a reader may refuse bytes from outside by the documented exceptions,
// with one line of text, and by nothing else; whatever else is thrown ends the program, which libFuzzer
// reports.

namespace attest::fuzz {

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// Stops the run: what must hold did not.
inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

inline void check_message(const std::string& message) {
    for (const char c : message) require(static_cast<unsigned char>(c) >= 0x20, "a message is one printable line");
    require(message.size() < 4000, "a message is of a length that can be read");
}

/// Whether the reader took its input.
template <typename Reader>
bool reads(Reader reader) {
    try {
        reader();
        return true;
    } catch (const base::InputError& e) {
        check_message(e.what());
    } catch (const base::UsageError& e) {
        check_message(e.what());
    } catch (const base::Unsupported& e) {
        check_message(e.what());
    }
    return false;
}

}  // namespace attest::fuzz
