#include "base/tar.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/process.hpp"

// Archives, as the program `tar` reads them.

using namespace attest;

namespace {

/// What `tar` says of an archive.
std::string told(const std::string& archive, const std::string& option) {
    const std::string path = (std::filesystem::temp_directory_path() / "attest-test.tar").string();
    base::write_file(path, archive);
    const base::ProcessResult ran = base::run_process({"tar", option, path}, {});
    std::filesystem::remove(path);
    CHECK(ran.err.empty());
    REQUIRE(ran.status == 0);
    return ran.out;
}

}  // namespace

TEST_CASE("an archive holds its files, in order, whatever their sizes and however long their paths") {
    const std::string folder = "paper/" + std::string(120, 'x') + "/";
    const std::string archive = base::write_tar(
        {{"paper/b", std::string(512, 'b')}, {"paper/a", "one\n"}, {folder + "c", ""}, {"paper/run", "#!\n", true}});
    CHECK(archive.size() % 512 == 0);
    CHECK(told(archive, "-tf") == "paper/a\npaper/b\npaper/run\n" + folder + "c\n");
    CHECK(told(archive, "-xOf") == "one\n" + std::string(512, 'b') + "#!\n");
    const std::string listed = told(archive, "-tvf");
    CHECK(listed.find("-rwxr-xr-x") != std::string::npos);
    CHECK(listed.find("-rw-r--r--") != std::string::npos);
}

TEST_CASE("the same files give the same archive, in whatever order they come") {
    CHECK(base::write_tar({{"a", "1"}, {"b", "2"}}) == base::write_tar({{"b", "2"}, {"a", "1"}}));
}

TEST_CASE("paths that lead out of an archive, come twice or are too long are refused") {
    for (const std::string path : {"", "/etc/passwd", "../a", "a/../b", "a/.."})
        CHECK_THROWS_AS(base::write_tar({{path, ""}}), base::UsageError);
    CHECK_THROWS_AS(base::write_tar({{"a", "1"}, {"a", "2"}}), base::UsageError);
    CHECK_THROWS_AS(base::write_tar({{std::string(101, 'x'), ""}}), base::UsageError);
    CHECK_NOTHROW(base::write_tar({{std::string(100, 'x'), ""}}));
    CHECK_THROWS_AS(base::write_tar({{std::string(156, 'x') + "/a" + std::string(100, 'y'), ""}}), base::UsageError);
}
