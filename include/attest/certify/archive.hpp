#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/file.hpp"

namespace attest::certify {

/// Where certificates are kept, if they are: a directory that appears whole, with what was accepted and nothing else, or
/// not at all. It is one certificate, or a collection of them in sub-directories.
///
/// Each call may come from any thread.
class Archive {
  public:
    /// Keeps nothing.
    Archive() = default;
    /// directory  where it is to appear; none: keeps nothing
    /// Throws     as base::DirectoryInProgress
    explicit Archive(const std::optional<std::string>& directory);

    bool keeps() const { return directory_.has_value(); }

    /// The place of one certificate, made and empty. A part without name is the directory itself.
    /// Needs   keeps()
    std::string open(const std::string& part);
    /// That the certificate in that place was accepted.
    void keep(const std::string& part, const std::string& digest);
    /// Takes away what was written there.
    void discard(const std::string& part);

    /// Puts what was kept into its place: of a collection these parts, in this order, and a manifest over them. To be called
    /// once, at the end.
    ///
    /// Gives   false if nothing was kept: then nothing appears
    bool finish(const std::vector<std::string>& parts = {""});

  private:
    std::string place(const std::string& part) const;

    std::optional<base::DirectoryInProgress> directory_;
    std::mutex mutex_;
    std::map<std::string, std::string> digests_;
};

}  // namespace attest::certify
