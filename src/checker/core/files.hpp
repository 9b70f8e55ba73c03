#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/core/directory.hpp"
#include "checker/core/manifest.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// A certificate's files by name.
using Files = std::map<std::string, std::string>;

/// Where the files of a certificate are: in a directory, or given.
class Source {
  public:
    explicit Source(std::string directory) : directory_(std::move(directory)) {}
    /// Needs   the files to outlive it
    explicit Source(const Files& given) : given_(&given) {}

    /// Empty where files are given.
    const std::string& directory() const { return directory_; }
    /// As list_directory(): those that are given are files.
    std::vector<DirectoryEntry> entries() const;
    /// As read_file().
    std::string read(const std::string& name, std::optional<std::uint64_t> size, Budget& budget) const;

  private:
    std::string directory_;
    const Files* given_ = nullptr;
};

/// Obligation `digest`: the files are those listed, byte for byte. Throws Defect, Unreadable.
Files read_files(const Source& source, const Manifest& manifest, Budget& budget);

}  // namespace attest::checker
