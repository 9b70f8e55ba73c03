#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

struct DirectoryEntry {
    std::string name;
    bool is_file = false;       ///< a regular file, not a link to one
    bool is_directory = false;  ///< likewise
};

/// What is in the directory, in order of names. Throws Unreadable.
std::vector<DirectoryEntry> list_directory(const std::string& directory);

/// That a file of so many bytes has the size that is asked for; of a manifest, of which none is, that it is not absurd.
/// Throws  Defect
void expect_size(const std::string& name, std::uint64_t found, std::optional<std::uint64_t> size);

/// The bytes of a regular file; links are not followed. Its size is looked at before anything is read.
///
/// Shape   size: that it must have; nothing for the manifest, of which no other file tells it
/// Throws  Unreadable (the system refuses), Defect (not a regular file, of another size, or larger than the budget)
std::string read_file(const std::string& directory, const std::string& name, std::optional<std::uint64_t> size,
                      Budget& budget);

}  // namespace attest::checker
