#include "base/seal.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/parallel.hpp"
#include "base/records.hpp"
#include "refused.hpp"

using namespace attest::base;
using attest::tests::refused;
using Catch::Matchers::Contains;
using Units = std::vector<std::size_t>;

namespace {

namespace fs = std::filesystem;

const Journal::Head question{"the question", "records of the question"};

/// A key of its own, for as long as it lives.
class KeyIn {
  public:
    explicit KeyIn(const std::string& path) {
        if (const char* const before = std::getenv("ATTEST_KEY")) before_ = before;
        setenv("ATTEST_KEY", path.c_str(), 1);
    }
    ~KeyIn() {
        if (before_.empty()) unsetenv("ATTEST_KEY");
        else setenv("ATTEST_KEY", before_.c_str(), 1);
    }
    KeyIn(const KeyIn&) = delete;
    KeyIn& operator=(const KeyIn&) = delete;

  private:
    std::string before_;
};

void make_private(const std::string& path, const std::string& text) {
    write_file(path, text);
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace

TEST_CASE("A seal is HMAC-SHA256, by a key that is made once and that nobody else can read") {
    const DirectoryInProgress scratch;
    const std::string path = scratch.path() + "/states/key";
    const KeyIn key(path);
    const std::string seal = Seal().of("text");
    CHECK(Seal().of("text") == seal);
    CHECK(Seal().fits(seal, "text"));
    CHECK_FALSE(Seal().fits(seal, "texts"));
    CHECK_FALSE(Seal().fits(seal.substr(1), "text"));
    CHECK((fs::status(path).permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none);
    // openssl dgst -sha256 -hmac 00…0 (64 digits) of "text"
    make_private(path, std::string(64, '0') + "\n");
    CHECK(Seal().of("text") == "1faf06a7ba3818d7f63704dfbff7961ca847e211af9ea96f10e0f75c0356dc7b");
}

TEST_CASE("A key that others can read, or that is none, is refused") {
    const DirectoryInProgress scratch;
    const std::string path = scratch.path() + "/key";
    const KeyIn key(path);
    make_private(path, "short\n");
    CHECK_THAT(refused([] { Seal seal; }), Contains("expected 64 hexadecimal digits"));
    make_private(path, std::string(64, 'a') + "\n");
    fs::permissions(path, fs::perms::others_read, fs::perm_options::add);
    CHECK_THAT(refused([] { Seal seal; }), Contains("a file that only its owner"));
    fs::remove(path);
    fs::create_symlink("/dev/zero", path);
    CHECK_THAT(refused([] { Seal seal; }), Contains("a file that only its owner"));
}

TEST_CASE("Processes that make the key at the same time have one key") {
    const DirectoryInProgress scratch;
    const KeyIn key(scratch.path() + "/key");
    constexpr std::size_t many = 32;
    std::vector<std::string> seals(many);
    in_parallel(8, many, [&](std::size_t k) { seals[k] = Seal().of("text"); });
    for (const std::string& seal : seals) CHECK(seal == seals.front());
    CHECK(std::distance(fs::directory_iterator(scratch.path()), {}) == 1);
}

TEST_CASE("Sealed records that were changed, moved or written by others are not read") {
    const DirectoryInProgress scratch, keys;
    const std::string folder = scratch.path();
    const auto unit = [&](const char* number) { return folder + "/units/" + number; };
    const auto lines = [&] { return Records(folder, question, Seal()).earlier(); };
    const KeyIn key(keys.path() + "/key");
    {
        Records records(folder, question, Seal());
        for (std::size_t k = 0; k < 6; ++k) records.add(k, "what " + std::to_string(k) + " came to");
        CHECK(records.foreign().empty());
    }
    CHECK(lines().size() == 6);
    std::string changed = read_file(unit("1"));
    changed[changed.size() - 2] = 'O';
    write_file(unit("1"), changed);
    fs::copy_file(unit("0"), unit("2"), fs::copy_options::overwrite_existing);
    write_file(unit("3"), "what 3 came to\n");
    write_file(unit("4"), read_file(unit("4")).substr(0, 70));
    const Records again(folder, question, Seal());
    CHECK(again.earlier() == std::vector<std::string>{"what 0 came to", "what 5 came to"});
    CHECK(again.foreign() == Units{1, 2, 3, 4});
    // The record of another question, and one of somebody else's.
    const DirectoryInProgress other;
    Records(other.path(), {"another", "others"}, Seal()).add(5, "what 5 came to");
    fs::copy_file(other.path() + "/units/5", unit("5"), fs::copy_options::overwrite_existing);
    const KeyIn of_somebody(keys.path() + "/theirs");
    Records(folder, question, Seal()).add(0, "what 0 came to");
    const KeyIn mine(keys.path() + "/key");
    CHECK(lines().empty());
}
