#include "checker/core/directory.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "checker/kernel/defect.hpp"

// The one place where the checker touches a file system that is a stranger's. Links are not followed and only regular
// files are opened, without waiting, so that neither a pipe nor a link to elsewhere is read; sizes are looked at first,
// so that a huge file costs nothing.

namespace attest::checker {
namespace {

constexpr std::uint64_t most_bytes_of_manifest = std::uint64_t{1} << 28;

[[noreturn]] void unreadable(const std::string& path, int error) {
    throw Unreadable(path + ": " + std::generic_category().message(error));
}

class Descriptor {
  public:
    // Non-blocking, so that a named pipe cannot make the checker wait for ever.
    explicit Descriptor(const std::string& path)
        : number_(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }

  private:
    int number_;
};

}  // namespace

std::vector<DirectoryEntry> list_directory(const std::string& directory) {
    std::vector<DirectoryEntry> entries;
    std::error_code error;
    std::filesystem::directory_iterator at(directory, error);
    for (; !error && at != std::filesystem::directory_iterator(); at.increment(error)) {
        const bool is_link =
            at->is_symlink(error);  // mostly the listing tells, and nothing more is asked of the system
        const bool is_file = !error && !is_link && at->is_regular_file(error);
        const bool is_directory = !error && !is_link && !is_file && at->is_directory(error);
        if (error) break;
        entries.push_back({at->path().filename().string(), is_file, is_directory});
    }
    if (error) throw Unreadable(directory + ": " + error.message());
    std::sort(entries.begin(), entries.end(),
              [](const DirectoryEntry& a, const DirectoryEntry& b) { return a.name < b.name; });
    return entries;
}

void expect_size(const std::string& name, std::uint64_t found, std::optional<std::uint64_t> size) {
    if (size && found != *size)
        throw Defect(name,
                     "the file has " + std::to_string(found) + " bytes, the manifest says " + std::to_string(*size));
    if (!size && found > most_bytes_of_manifest) throw Defect(name, "a manifest of more than 2^28 bytes");
}

std::string read_file(const std::string& directory, const std::string& name, std::optional<std::uint64_t> size,
                      Budget& budget) {
    const std::string path = directory + "/" + name;
    const Descriptor file(path);
    if (file.number() < 0 && errno == ELOOP) throw Defect(name, "not a regular file");
    if (file.number() < 0) unreadable(path, errno);
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) unreadable(path, errno);
    if (!S_ISREG(status.st_mode)) throw Defect(name, "not a regular file");
    const auto found = static_cast<std::uint64_t>(status.st_size);
    expect_size(name, found, size);
    budget.memory(found);

    // One byte more than the size, so that a file that grows meanwhile is noticed.
    std::string bytes(static_cast<std::size_t>(status.st_size) + 1, '\0');
    std::size_t length = 0;
    constexpr std::size_t chunk = std::size_t{1} << 20;
    while (length < bytes.size()) {
        const ssize_t count = ::read(file.number(), bytes.data() + length, std::min(chunk, bytes.size() - length));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) unreadable(path, errno);
        if (count == 0) break;
        length += static_cast<std::size_t>(count);
        budget.step(static_cast<std::uint64_t>(count));
    }
    if (length != static_cast<std::size_t>(status.st_size)) throw Defect(name, "the file changes while it is read");
    bytes.resize(length);
    return bytes;
}

}  // namespace attest::checker
