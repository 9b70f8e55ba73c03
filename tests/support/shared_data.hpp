#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace attest::tests {

/// A file or folder of the data that belongs to others and so is no part of the project: in the folder that CMake's
/// ATTEST_SHARED_DATA names.
///
/// Gives   nothing where it is missing, after one line that says so: the test is then skipped
std::optional<std::filesystem::path> shared_data(const std::string& name);

}  // namespace attest::tests
