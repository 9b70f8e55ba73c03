#pragma once

#include <cstdint>
#include <cstdlib>

namespace attest::tests {

/// The seed of a randomised test: ATTEST_TEST_SEED if set, so that a failure can be run again; print it with INFO.
inline std::uint64_t seed() {
    const char* text = std::getenv("ATTEST_TEST_SEED");
    return text != nullptr ? std::strtoull(text, nullptr, 10) : 20261123;
}

}  // namespace attest::tests
