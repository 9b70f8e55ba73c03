#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "attest/base/file.hpp"
#include "refused.hpp"

using namespace attest::base;
using attest::tests::refused;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

std::size_t entries(const std::string& directory) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

/// Limits the size of files that this process may write: it stands in for a full disk.
class SmallFiles {
  public:
    explicit SmallFiles(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~SmallFiles() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    SmallFiles(const SmallFiles&) = delete;
    SmallFiles& operator=(const SmallFiles&) = delete;

  private:
    void (*handler_)(int);
    rlimit before_{};
};

std::string reading(const std::string& path) {
    return refused([&] { (void)read_file(path); });
}
std::string writing(const std::string& path, const std::string& bytes = "x") {
    return refused([&] { write_file(path, bytes); });
}

}  // namespace

TEST_CASE("what was written is read, byte for byte", "[file]") {
    const DirectoryInProgress directory;
    const std::string path = directory.path() + "/f";
    for (const std::string& bytes : {std::string(), std::string("a\0b\r\n\xff", 6), std::string(300000, 'x')}) {
        write_file(path, bytes);
        CHECK(read_file(path) == bytes);
        CHECK(entries(directory.path()) == 1);
    }
}

TEST_CASE("a path that cannot be read is refused with the system's reason", "[file]") {
    const DirectoryInProgress directory;
    CHECK(reading(directory.path() + "/none") == directory.path() + "/none: cannot read: No such file or directory");
    CHECK(reading(directory.path()) == directory.path() + ": expected a file, found a directory");
    CHECK_THAT(reading(std::string(5000, 'x')), Contains("cannot read: File name too long"));
    CHECK_THAT(reading(""), Contains("cannot read"));
    write_file(directory.path() + "/secret", "x");
    ::chmod((directory.path() + "/secret").c_str(), 0);
    if (::geteuid() != 0) CHECK_THAT(reading(directory.path() + "/secret"), Contains("cannot read: Permission denied"));
}

TEST_CASE("a file that is too long is refused", "[file]") {
    const DirectoryInProgress directory;
    const std::string path = directory.path() + "/f";
    write_file(path, "12345");
    CHECK(read_file(path, 5) == "12345");
    CHECK(refused([&] { (void)read_file(path, 4); }) == path + ": expected at most 4 bytes, found 5");
    CHECK(refused([&] { (void)read_file("/dev/zero", 100000); }) ==
          "/dev/zero: expected at most 100000 bytes, found more");
    fs::resize_file(path, std::uintmax_t{1} << 40);
    CHECK(refused([&] { (void)read_file(path); }) == path + ": expected at most 536870912 bytes, found 1099511627776");
    CHECK(read_beginning(path, 3) == "123");
}

TEST_CASE("a failed write replaces nothing and leaves nothing behind", "[file]") {
    const DirectoryInProgress directory;
    const std::string kept = directory.path() + "/kept";
    write_file(kept, "old");
    CHECK_THAT(writing(directory.path() + "/none/f"), Contains("/none/f: cannot write: No such file or directory"));
    CHECK(writing(directory.path()) == directory.path() + ": expected a file to write, found a directory");
    CHECK_THAT(writing(directory.path() + "/" + std::string(300, 'x')), Contains("cannot write: File name too long"));
    {
        const SmallFiles limit(1000);
        CHECK(writing(kept, std::string(5000, 'x')) == kept + ": cannot write: File too large");
    }
    CHECK(read_file(kept) == "old");
    CHECK(entries(directory.path()) == 1);
}

TEST_CASE("a file left behind by a process that died is no obstacle", "[file]") {
    const DirectoryInProgress directory;
    const std::string path = directory.path() + "/f";
    const std::string left = path + ".part-" + std::to_string(::getpid()) + "-0";
    std::ofstream(left) << "left";
    write_file(path, "new");
    CHECK(read_file(path) == "new");
    CHECK(read_file(left) == "left");
}

TEST_CASE("a full device is told", "[file]") {
    CHECK(writing("/dev/full") == "/dev/full: cannot write: No space left on device");
    CHECK(writing("/dev/null") == "accepted");
    CHECK(fs::is_character_file("/dev/null"));
}
