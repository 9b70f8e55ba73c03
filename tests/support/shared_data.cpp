#include "shared_data.hpp"

#include <catch2/catch.hpp>

namespace attest::tests {

std::optional<std::filesystem::path> shared_data(const std::string& name) {
    const std::filesystem::path path = std::filesystem::path(ATTEST_SHARED_DATA) / name;
    if (std::filesystem::exists(path)) return path;
    WARN("skipped: " << name << " is not in " ATTEST_SHARED_DATA);
    return std::nullopt;
}

}  // namespace attest::tests
