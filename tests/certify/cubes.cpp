#include "decide/threshold/cubes.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "certify/threshold_certificate.hpp"
#include "checker/checker.hpp"

using namespace attest;
using namespace attest::threshold;

namespace {

Specification question(std::int64_t heads, std::int64_t length) {
    Specification s{{}, language::Language::parse("parity", std::nullopt), length};
    s.network.heads = heads;
    return s;
}

Existence by_cubes(const Specification& s, std::size_t cubes, const std::string& journal = {}, unsigned threads = 1) {
    SynthesisOptions options;
    options.cubes = cubes;
    options.journal = journal;
    options.threads = threads;
    return search_by_cubes(s, {}, options, {});
}

checker::Report checked(const Specification& s, const Existence& existence) {
    const base::DirectoryInProgress place;
    certify::write_threshold(place.path(), s, existence, {});
    return checker::check(place.path());
}

}  // namespace

TEST_CASE("The proofs of cubes are joined into one that the checker takes", "[search]") {
    const Specification s = question(3, 4);
    const Existence one = by_cubes(s, 2), many = by_cubes(s, 16), threads = by_cubes(s, 16, {}, 2);
    for (const Existence* e : {&one, &many, &threads}) {
        REQUIRE(e->answer == verdict::Answer::fails);
        const checker::Report report = checked(s, *e);
        INFO(report.reason);
        CHECK(report.accepted);
    }
    CHECK(many.refutation->proof == threads.refutation->proof);
}

TEST_CASE("A network is found in a cube", "[search]") {
    const Specification s = question(3, 3);
    const Existence found = by_cubes(s, 8);
    REQUIRE(found.answer == verdict::Answer::holds);
    CHECK(checked(s, found).accepted);
}

TEST_CASE("A search that was cut off goes on from its journal to the same proof", "[search]") {
    const base::DirectoryInProgress place;
    const std::string path = place.path() + "/journal";
    const Specification s = question(3, 4);
    const std::string whole = by_cubes(s, 8, path).refutation->proof;
    const std::string journal = base::read_file(path);
    REQUIRE(std::count(journal.begin(), journal.end(), '\n') == 9);
    base::write_file(path, journal.substr(0, journal.size() / 2));  // in the middle of a line
    CHECK(by_cubes(s, 8, path).refutation->proof == whole);
    const std::string again = base::read_file(path);
    CHECK(std::count(again.begin(), again.end(), '\n') == 9);
    CHECK_THROWS_AS(by_cubes(question(2, 4), 8, path), base::InputError);
    CHECK_THROWS_AS(by_cubes(s, 4, path), base::InputError);
}

TEST_CASE("A missing cube is missed", "[search]") {
    const base::DirectoryInProgress place;
    const Specification s = question(2, 3);
    const std::string path = place.path() + "/journal";
    REQUIRE(by_cubes(s, 4, path).answer == verdict::Answer::fails);
    std::string journal = base::read_file(path);
    const std::size_t first = journal.find('\n') + 1, second = journal.find('\n', first) + 1;
    // The second cube under the name of the first as well.
    const std::size_t end = journal.find('\n', second) + 1;
    std::string copy = journal.substr(second, end - second);
    const std::size_t number = copy.find("\"number\":1");
    REQUIRE(number != std::string::npos);
    copy.replace(number, 10, "\"number\":0");
    base::write_file(path, journal.substr(0, first) + copy + journal.substr(second));
    CHECK_THROWS_AS(by_cubes(s, 4, path), base::InputError);
}
