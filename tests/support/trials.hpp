#pragma once

#include <cstdint>
#include <cstdlib>

namespace attest::tests {

/// How many cases a randomised test tries: ATTEST_TEST_TRIALS if set, for a long run by hand, else as many as
/// the suite has time for.
inline std::uint64_t trials(std::uint64_t usual) {
    const char* text = std::getenv("ATTEST_TEST_TRIALS");
    return text != nullptr ? std::strtoull(text, nullptr, 10) : usual;
}

}  // namespace attest::tests
