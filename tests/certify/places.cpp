#include <catch2/catch.hpp>
#include <filesystem>

#include "attest/base/file.hpp"
#include "attest/certify/place.hpp"

// Where certificates are written that nobody keeps.

namespace attest::certify {

namespace {

namespace fs = std::filesystem;

std::size_t files_in(const std::string& directory) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("a small certificate that is not kept stays in memory", "[certify]") {
    const Place place;
    const Place& same = Place(place);
    place.write("a", "1");
    same.write("b", "22");
    REQUIRE(place.files() != nullptr);
    CHECK(*place.files() == std::map<std::string, std::string>{{"a", "1"}, {"b", "22"}});
}

TEST_CASE("a large one, or whose directory is asked for, is in a directory that goes with it", "[certify]") {
    std::string directory;
    {
        const Place place;
        place.write("a", "1");
        SECTION("large") { place.write("b", std::string(1 << 20, 'x')); }
        SECTION("small, but many") {
            for (int k = 0; k < 40; ++k) place.write("b" + std::to_string(k), std::string(10000, 'x'));
        }
        SECTION("asked for") {
            directory = place;
            place.write("b", "22");
        }
        CHECK(place.files() == nullptr);
        const std::string& path = place;
        CHECK((directory.empty() || directory == path));
        directory = path;
        CHECK(base::read_file(directory + "/a") == "1");
        CHECK(files_in(directory) > 1);
        const Place copy = place;
    }
    CHECK_FALSE(fs::exists(directory));
}

TEST_CASE("a directory is a place, and stays", "[certify]") {
    const base::DirectoryInProgress scratch;
    {
        const Place place = scratch.path();
        CHECK(place.files() == nullptr);
        place.write("a", "1");
    }
    CHECK(base::read_file(scratch.path() + "/a") == "1");
}

}  // namespace attest::certify
