#pragma once

#include <string>
#include <vector>

namespace attest::base {

/// A file of an archive.
struct TarFile {
    std::string path;  ///< relative, with / between folders
    std::string bytes;
    bool executable = false;
};

/// The files as a tape archive (POSIX ustar), in order of paths, without owner or time: the same bytes for the same files.
/// Throws  UsageError for a path that the format does not hold (more than 255 bytes), is not relative, or comes twice
std::string write_tar(std::vector<TarFile> files);

}  // namespace attest::base
