#include "attest/base/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "attest/base/error.hpp"

namespace attest::base {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const std::string& path, const char* verb) {
    throw InputError(path, fmt::format("cannot {}: {}", verb, std::strerror(errno)));
}

/// A file descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }
    /// Close now, since a late write error may only be told here.
    bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

  private:
    int fd_;
};

void write_all(int fd, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) fail(path, "write");
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string unique_beside(const std::string& path) { return fmt::format("{}.part-{}", path, ::getpid()); }

}  // namespace

std::string read_file(const std::string& path, std::size_t at_most) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) fail(path, "read");
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) fail(path, "read");
    if (S_ISDIR(status.st_mode)) throw InputError(path, "a file", "a directory");
    std::string bytes;
    if (S_ISREG(status.st_mode)) bytes.reserve(std::min<std::size_t>(static_cast<std::size_t>(status.st_size), at_most) + 1);
    for (char buffer[1 << 16];;) {
        const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(path, "read");
        if (got == 0) return bytes;
        bytes.append(buffer, static_cast<std::size_t>(got));
        if (bytes.size() > at_most)
            throw InputError(path, fmt::format("at most {} bytes", at_most), "more");
    }
}

void write_file(const std::string& path, std::string_view bytes) {
    struct stat status {};
    const bool exists = ::stat(path.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) throw InputError(path, "a file to write", "a directory");
    if (exists && !S_ISREG(status.st_mode)) {
        Descriptor device(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
        if (device.get() < 0) fail(path, "write");
        write_all(device.get(), bytes, path);
        if (!device.close()) fail(path, "write");
        return;
    }
    const std::string temporary = unique_beside(path);
    Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (file.get() < 0) fail(path, "write");
    try {
        write_all(file.get(), bytes, path);
        if (::fsync(file.get()) != 0 || !file.close()) fail(path, "write");
        if (::rename(temporary.c_str(), path.c_str()) != 0) fail(path, "write");
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
}

DirectoryInProgress::DirectoryInProgress(std::string final_path, const std::string& marker)
    : final_(std::move(final_path)) {
    while (final_.size() > 1 && final_.back() == '/') final_.pop_back();
    std::error_code error;
    if (fs::exists(final_, error)) {
        if (!fs::is_directory(final_, error)) throw InputError(final_, "a directory to write", "a file");
        if (!fs::is_empty(final_, error) && !fs::exists(fs::path(final_) / marker, error))
            throw InputError(final_, fmt::format("an empty directory, or one with {} to replace", marker),
                             "a directory with other files");
    }
    const fs::path parent = fs::path(final_).parent_path();
    if (!parent.empty()) fs::create_directories(parent, error);
    if (error) throw InputError(final_, "cannot write: " + error.message());
    temporary_ = unique_beside(final_);
    if (!fs::create_directory(temporary_, error)) throw InputError(final_, "cannot write: " + error.message());
}

DirectoryInProgress::DirectoryInProgress() {
    std::error_code error;
    const fs::path place = fs::temp_directory_path(error);
    std::string pattern = ((error ? fs::path("/tmp") : place) / "attest-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) fail(pattern, "write");
    temporary_ = pattern;
}

DirectoryInProgress::~DirectoryInProgress() {
    std::error_code ignored;
    if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

void DirectoryInProgress::commit() {
    if (final_.empty()) throw InternalError("a temporary directory has no final place");
    std::error_code error;
    fs::remove_all(final_, error);
    if (!error) fs::rename(temporary_, final_, error);
    if (error) throw InputError(final_, "cannot write: " + error.message());
    temporary_.clear();
}

}  // namespace attest::base
