#include "base/records.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "attest/base/file.hpp"
#include "attest/base/share.hpp"
#include "base/parallel.hpp"
#include "refused.hpp"

using namespace attest::base;
using attest::tests::refused;
using Catch::Matchers::Contains;
using Lines = std::vector<std::string>;
using Units = std::vector<std::size_t>;

namespace {

const Journal::Head question{"the question", "records of the question"};

}  // namespace

TEST_CASE("Records in a folder are those of all who add, each unit's once") {
    const DirectoryInProgress scratch;
    Records one(scratch.path(), question), other(scratch.path(), question);
    CHECK(one.earlier().empty());
    one.add(10, "ten");
    other.add(2, "two");
    other.add(10, "ten");
    CHECK(recorded_units(scratch.path()) == Units{2, 10});
    CHECK(Records(scratch.path(), question).earlier() == Lines{"two", "ten"});
    CHECK(Records(scratch.path(), question, [](std::size_t unit) { return unit == 2; }).earlier() == Lines{"two"});
}

TEST_CASE("Records of a file are a journal's lines") {
    const DirectoryInProgress scratch;
    const std::string path = scratch.path() + "/journal";
    Records(path, question).add(7, "seven");
    CHECK(read_file(path) == "the question\nseven\n");
    CHECK(Records(path, question).earlier() == Lines{"seven"});
    Records nowhere;
    nowhere.add(1, "one");
    CHECK(nowhere.earlier().empty());
}

TEST_CASE("A record that a disk lost in part is no record, and neither is what is being written") {
    const DirectoryInProgress scratch;
    Records(scratch.path(), question).add(1, "one");
    write_file(scratch.path() + "/units/2", "");
    write_file(scratch.path() + "/units/3", "thr");
    write_file(scratch.path() + "/units/4.attest-abc", "four\n");
    CHECK(Records(scratch.path(), question).earlier() == Lines{"one"});
    CHECK(recorded_units(scratch.path()) == Units{1, 2, 3});
    CHECK(recorded_units(scratch.path() + "/none").empty());
}

TEST_CASE("A folder is of one question") {
    const DirectoryInProgress scratch;
    Records(scratch.path(), question).add(1, "one");
    CHECK_THAT(refused([&] {
                   Records(scratch.path(), {"another", "records of another"});
               }),
               Contains("expected records of another"));
}

TEST_CASE("Many who add at the same time leave all of it") {
    const DirectoryInProgress scratch;
    constexpr std::size_t units = 64;
    in_parallel(4, units, [&](std::size_t k) { Records(scratch.path(), question).add(k / 2, std::to_string(k / 2)); });
    CHECK(Records(scratch.path(), question).earlier().size() == units / 2);
}

TEST_CASE("Shares of units are all units, each once, and the share of who joins is none") {
    for (const std::size_t parts : {1, 2, 3, 7})
        for (std::size_t unit = 0; unit < 20; ++unit) {
            std::size_t who = 0;
            for (std::size_t part = 1; part <= parts; ++part) who += Share{part, parts}.has(unit) ? 1 : 0;
            CHECK(who == 1);
            CHECK_FALSE(Share{0, parts}.has(unit));
        }
    CHECK(Share{}.is_whole());
    CHECK_FALSE(Share{1, 2}.is_whole());
}
