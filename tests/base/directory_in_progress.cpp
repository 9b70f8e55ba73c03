#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
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

std::string starting(const std::string& path) {
    return refused([&] { const DirectoryInProgress attempt(path, "mark", "ours"); });
}

void make(const std::string& path, const std::string& content) {
    DirectoryInProgress directory(path, "mark", "ours");
    write_file(directory.path() + "/mark", "ours: " + content);
    directory.commit();
}

}  // namespace

TEST_CASE("a committed directory appears whole, with its parents", "[file]") {
    const DirectoryInProgress place;
    const std::string path = place.path() + "/a/b/result";
    {
        DirectoryInProgress directory(path + "///", "mark", "ours");
        write_file(directory.path() + "/mark", "1");
        CHECK(!fs::exists(path));
        directory.commit();
    }
    CHECK(read_file(path + "/mark") == "1");
    CHECK(entries(place.path() + "/a/b") == 1);
}

TEST_CASE("an abandoned directory leaves nothing", "[file]") {
    const DirectoryInProgress place;
    {
        const DirectoryInProgress directory(place.path() + "/result", "mark", "ours");
        write_file(directory.path() + "/mark", "1");
        CHECK(entries(place.path()) == 1);
    }
    CHECK(entries(place.path()) == 0);
}

TEST_CASE("an older result is replaced on commit, and only then", "[file]") {
    const DirectoryInProgress place;
    const std::string path = place.path() + "/result";
    make(path, "old");
    {
        const DirectoryInProgress abandoned(path, "mark", "ours");
        CHECK(read_file(path + "/mark") == "ours: old");
    }
    CHECK(read_file(path + "/mark") == "ours: old");
    make(path, "new");
    CHECK(read_file(path + "/mark") == "ours: new");
    CHECK(entries(place.path()) == 1);
}

TEST_CASE("an empty directory may be replaced", "[file]") {
    const DirectoryInProgress place;
    fs::create_directory(place.path() + "/result");
    make(place.path() + "/result", "1");
    CHECK(read_file(place.path() + "/result/mark") == "ours: 1");
}

TEST_CASE("a place that holds something else is refused", "[file]") {
    const DirectoryInProgress place;
    const std::string path = place.path() + "/result";
    fs::create_directory(path);
    write_file(path + "/thesis.tex", "1");
    CHECK(starting(path) == path +
                                ": expected an empty directory, or one whose mark is of ours to replace, found a "
                                "directory with other files");
    write_file(path + "/mark", "a file that only has the name");
    CHECK_THAT(starting(path), Contains("found a directory with other files"));
    CHECK(starting(path + "/thesis.tex") == path + "/thesis.tex: expected a directory to write, found a file");
    CHECK_THAT(starting(path + "/thesis.tex/result"), Contains("cannot write"));
    CHECK_THAT(starting("/proc/none/result"), Contains("/proc/none/result: cannot write"));
    CHECK_THAT(starting(""), Contains("expected the name of a directory to write"));
    CHECK(entries(place.path()) == 1);
}

TEST_CASE("a commit that fails keeps the older result", "[file]") {
    const DirectoryInProgress place;
    const std::string path = place.path() + "/result";
    make(path, "old");
    {
        DirectoryInProgress directory(path, "mark", "ours");
        fs::remove_all(directory.path());
        CHECK_THAT(refused([&] { directory.commit(); }), Contains("cannot write: No such file or directory"));
    }
    CHECK(read_file(path + "/mark") == "ours: old");
    CHECK(entries(place.path()) == 1);
}

TEST_CASE("a directory left behind by a process that died is no obstacle", "[file]") {
    const DirectoryInProgress place;
    fs::create_directory(place.path() + "/result.part-" + std::to_string(::getpid()) + "-0");
    make(place.path() + "/result", "1");
    CHECK(read_file(place.path() + "/result/mark") == "ours: 1");
}

TEST_CASE("a temporary directory goes with its object and cannot be committed", "[file]") {
    std::string path;
    {
        DirectoryInProgress directory;
        path = directory.path();
        CHECK(fs::is_directory(path));
        CHECK_THROWS_AS(directory.commit(), InternalError);
    }
    CHECK(!fs::exists(path));
}
