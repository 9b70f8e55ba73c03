#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

#include "../benchmarks/atlas/lines.hpp"
#include "../benchmarks/atlas/shares.hpp"
#include "attest/base/error.hpp"
#include "attest/base/file.hpp"

// The atlas as it is kept: the counts of all of it, and a part of its lines made again.

using namespace attest;

namespace {

std::map<std::size_t, std::vector<atlas::Line>> by_states(const std::string& name) {
    std::map<std::size_t, std::vector<atlas::Line>> all;
    for (atlas::Line& line : atlas::read_lines(std::string(ATTEST_ATLAS) + "/" + name))
        all[1 + static_cast<std::size_t>(std::count(line.automaton.begin(), line.automaton.end(), '.'))].push_back(
            std::move(line));
    return all;
}

void check_part(const std::string& name, std::size_t letters, std::size_t made_again) {
    const auto all = by_states(name);
    for (const auto& [states, lines] : all) {
        const std::vector<std::string> wrong = atlas::against_oracles(lines, states, letters);
        CHECK(wrong == std::vector<std::string>{});
        if (states <= made_again) CHECK(lines == atlas::lines_of(states, letters));
    }
}

}  // namespace

TEST_CASE("The atlas of two letters") { check_part("2-letters.tsv", 2, 3); }

TEST_CASE("The atlas of three letters") { check_part("3-letters.tsv", 3, 2); }

TEST_CASE("Shares of the atlas are the atlas, and those that a stranger wrote are made again") {
    const base::DirectoryInProgress scratch;
    const std::string folder = scratch.path() + "/shares";
    std::filesystem::create_directory(folder);
    const std::vector<atlas::Size> sizes{{2, 1}, {2, 2}, {3, 2}};
    const auto opened = [&] { return atlas::Shares(folder, sizes, 5); };
    for (const std::size_t part : {2, 1}) opened().make({part, 2});
    REQUIRE(opened().missing() == 0);
    for (const atlas::Size& size : sizes) CHECK(opened().lines_of(size) == atlas::lines_of(size.states, size.letters));
    std::string text = base::read_file(folder + "/units/1");
    const std::size_t digit = text.find("\\t3b");
    REQUIRE(digit != std::string::npos);
    text[digit + 2] = '2';
    base::write_file(folder + "/units/1", text);
    atlas::Shares again = opened();
    CHECK(again.missing() == 1);
    again.replace_foreign();
    CHECK(again.lines_of({3, 2}) == atlas::lines_of(2, 3));
    std::filesystem::remove(folder + "/units/4");
    atlas::Shares open = opened();
    open.replace_foreign();
    CHECK(open.missing() == 1);
    CHECK_THROWS_AS(atlas::Shares(folder, sizes, 6), base::InputError);
}

TEST_CASE("Lines of the atlas are read as they are written") {
    for (const atlas::Line& line : atlas::lines_of(2, 2)) CHECK(atlas::parse(atlas::spell(line), "x") == line);
    CHECK_THROWS_WITH(atlas::parse("01\t-\t0\t1\t1-2", "x"), "x: expected 8 fields, found 5");
    CHECK_THROWS_WITH(atlas::parse("01\t-\tzz\t-\t-\t-\t-\t-", "x"), "x: expected a number, found zz");
}
