#include "attest/base/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "attest/base/error.hpp"
#include "base/unfinished.hpp"

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
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
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

/// Calls `make` with names beside `path` until one is free; `make` says whether it was, or throws. What it made is on the
/// list of what is unfinished.
template <typename Make>
std::string begin_beside(const std::string& path, Make make) {
    for (int k = 0;; ++k) {
        std::string name = fmt::format("{}.part-{}-{}", path, ::getpid(), k);
        const auto lock = Unfinished::list().lock();
        if (!make(name)) continue;
        Unfinished::list().add(name);
        return name;
    }
}

}  // namespace

namespace {

/// A file to be read, and how long it is if that can be known before.
std::pair<Descriptor, std::optional<std::size_t>> open_to_read(const std::string& path) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) fail(path, "read");
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) fail(path, "read");
    if (S_ISDIR(status.st_mode)) throw InputError(path, "a file", "a directory");
    if (!S_ISREG(status.st_mode)) return {std::move(file), std::nullopt};
    return {std::move(file), static_cast<std::size_t>(status.st_size)};
}

/// Appends what comes next, at most one buffer of it; false at the end.
bool read_more(const Descriptor& file, const std::string& path, std::string& bytes) {
    char buffer[1 << 16];
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(path, "read");
        bytes.append(buffer, static_cast<std::size_t>(got));
        return got > 0;
    }
}

}  // namespace

std::string read_file(const std::string& path, std::size_t at_most) {
    const auto [file, size] = open_to_read(path);
    const std::string expected = fmt::format("at most {} bytes", at_most);
    if (size && *size > at_most) throw InputError(path, expected, fmt::format("{}", *size));
    std::string bytes;
    if (size) bytes.reserve(*size + 1);
    while (read_more(file, path, bytes))
        if (bytes.size() > at_most) throw InputError(path, expected, "more");
    return bytes;
}

std::string read_beginning(const std::string& path, std::size_t bytes) {
    const auto [file, size] = open_to_read(path);
    std::string beginning;
    while (beginning.size() < bytes && read_more(file, path, beginning)) {
    }
    beginning.resize(std::min(beginning.size(), bytes));
    return beginning;
}

namespace {

/// Whether it is to be there after a power failure: what is in a directory that is never kept is not.
bool is_to_last(const std::string& path) {
    const auto lock = Unfinished::list().lock();
    return !Unfinished::list().is_scratch(fs::path(path).parent_path().string());
}

}  // namespace

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
    int created = -1;
    const std::string temporary = begin_beside(path, [&](const std::string& name) {
        created = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (created < 0 && errno != EEXIST) fail(path, "write");
        return created >= 0;
    });
    Descriptor file(created);
    try {
        write_all(file.get(), bytes, path);
        if ((is_to_last(path) && ::fsync(file.get()) != 0) || !file.close()) fail(path, "write");
        const auto lock = Unfinished::list().lock();
        if (::rename(temporary.c_str(), path.c_str()) != 0) fail(path, "write");
        Unfinished::list().finished(temporary);
    } catch (...) {
        ::unlink(temporary.c_str());
        const auto lock = Unfinished::list().lock();
        Unfinished::list().finished(temporary);
        throw;
    }
}

DirectoryInProgress::DirectoryInProgress(std::string final_path, const std::string& marker,
                                         const std::string& signature)
    : final_(std::move(final_path)) {
    while (final_.size() > 1 && final_.back() == '/') final_.pop_back();
    if (final_.empty()) throw InputError("\"\"", "the name of a directory to write", "none");
    std::error_code error;
    if (fs::exists(final_, error)) {
        if (!fs::is_directory(final_, error)) throw InputError(final_, "a directory to write", "a file");
        const std::string marked = (fs::path(final_) / marker).string();
        const auto ours = [&] {
            return fs::is_regular_file(marked, error) && read_file(marked).find(signature) != std::string::npos;
        };
        if (!fs::is_empty(final_, error) && !ours())
            throw InputError(final_,
                             fmt::format("an empty directory, or one whose {} is of {} to replace", marker, signature),
                             "a directory with other files");
    }
    const fs::path parent = fs::path(final_).parent_path();
    if (!parent.empty()) fs::create_directories(parent, error);
    if (error) throw InputError(final_, "cannot write: " + error.message());
    temporary_ = begin_beside(final_, [&](const std::string& name) {
        const bool created = fs::create_directory(name, error);
        if (error && error != std::errc::file_exists) throw InputError(final_, "cannot write: " + error.message());
        return created;
    });
}

DirectoryInProgress::DirectoryInProgress() {
    std::error_code error;
    const fs::path place = fs::temp_directory_path(error);
    std::string pattern = ((error ? fs::path("/tmp") : place) / "attest-XXXXXX").string();
    const auto lock = Unfinished::list().lock();
    if (::mkdtemp(pattern.data()) == nullptr) fail(pattern, "write");
    Unfinished::list().add_scratch(pattern);
    temporary_ = pattern;
}

DirectoryInProgress::~DirectoryInProgress() {
    if (temporary_.empty()) return;
    std::error_code ignored;
    fs::remove_all(temporary_, ignored);
    const auto lock = Unfinished::list().lock();
    Unfinished::list().finished(temporary_);
}

void DirectoryInProgress::commit() {
    if (final_.empty()) throw InternalError("a temporary directory has no final place");
    std::error_code error;
    auto lock = Unfinished::list().lock();
    // An older result steps aside, and comes back if the new one cannot take its place.
    const std::string old = temporary_ + "-replaced";
    const bool replaces = fs::exists(final_, error);
    if (replaces) fs::rename(final_, old, error);
    if (!error) {
        fs::rename(temporary_, final_, error);
        std::error_code ignored;
        if (error && replaces) fs::rename(old, final_, ignored);
    }
    if (error) throw InputError(final_, "cannot write: " + error.message());
    Unfinished::list().finished(std::exchange(temporary_, {}));
    if (!replaces) return;
    Unfinished::list().add(old);
    lock.unlock();
    fs::remove_all(old, error);
    lock.lock();
    Unfinished::list().finished(old);
}

}  // namespace attest::base
