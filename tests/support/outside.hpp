#pragma once

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace attest::tests {

/// Whether a program of another maker is installed; a test that lacks it says so and passes.
inline bool have(const std::string& program) {
    const bool found = std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
    if (!found) WARN(program << " is not installed; what it would check is left unchecked");
    return found;
}

/// All that a command prints.
inline std::string output_of(const std::string& command) {
    std::FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    std::array<char, 4096> buffer{};
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe))
        text.append(buffer.data(), count);
    pclose(pipe);
    return text;
}

}  // namespace attest::tests
