#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace attest::base {

/// What a document or a circuit may have, in bytes: beyond, a file is refused before it is read.
constexpr std::size_t largest_document = std::size_t{1} << 29;

/// All bytes of a regular file or pipe.
///
/// Throws  InputError if it cannot be read, is a directory, or has more than `at_most` bytes: of a regular file before
///         anything of it is read.
std::string read_file(const std::string& path, std::size_t at_most = largest_document);

/// The first bytes of a regular file or pipe, fewer where it ends before.
///
/// Throws  InputError as above
std::string read_beginning(const std::string& path, std::size_t bytes);

/// Replaces `path` by a file with these bytes, whole or not at all: temporary file beside it, fsync, rename. In a directory
/// that is never committed there is no fsync, which may take as long as all else: nothing is to last there.
/// A path that is no regular file (a device, a pipe) is written to directly.
///
/// Throws  InputError naming the path and the system's reason; then nothing was replaced.
void write_file(const std::string& path, std::string_view bytes);

/// A directory that is built under a temporary name beside its final place and appears there whole, or
/// not at all: the temporary is removed unless `commit` was called.
class DirectoryInProgress {
  public:
    /// `marker`, `signature`: a file that an older result holds, and a text in it by which it is known as one of ours.
    /// Throws  InputError if `final_path` exists and is neither an empty directory nor an older result, or if the
    ///         temporary cannot be made.
    DirectoryInProgress(std::string final_path, const std::string& marker, const std::string& signature);
    /// A directory under the system's place for temporary files; never committed.
    DirectoryInProgress();
    ~DirectoryInProgress();
    DirectoryInProgress(const DirectoryInProgress&) = delete;
    DirectoryInProgress& operator=(const DirectoryInProgress&) = delete;

    /// Where to write meanwhile.
    const std::string& path() const { return temporary_; }
    /// Moves the directory to its final place, replacing an older result.
    void commit();

  private:
    std::string final_;
    std::string temporary_;
};

}  // namespace attest::base
