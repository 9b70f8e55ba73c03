#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "attest/base/error.hpp"
#include "zoo_words.hpp"

// The table itself: names, sources, errors.

namespace attest::programs {

using namespace network;
using namespace zoo_test;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;

namespace {

/// The message of the UsageError, or "" if there is none.
std::string complaint(const std::string& name) {
    try {
        (void)zoo_model(name);
    } catch (const base::UsageError& error) {
        return error.what();
    }
    return "";
}

std::string bibliography() {
    std::ifstream in(ATTEST_BIBLIOGRAPHY);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("zoo: entries are in order, complete and cited", "[zoo]") {
    const std::string sources = bibliography();
    REQUIRE(!sources.empty());
    std::string before;
    for (const ZooEntry& entry : zoo()) {
        INFO(entry.name);
        CHECK(before < entry.name);
        before = entry.name;
        CHECK(!entry.summary.empty());
        CHECK(entry.summary.find('\n') == std::string::npos);
        CHECK(!entry.examples.empty());
        CHECK_THAT(sources, Contains("{" + entry.source + ","));
        for (const std::string& example : entry.examples) {
            const Transformer t = zoo_model(example);
            CHECK(t.name == example);
            CHECK(t.cite == std::vector<std::string>{entry.source});
            CHECK(t.kind() == entry.kind);
            CHECK(t.kind() == zoo_entry(example).kind);
            CHECK(zoo_entry(example).source == entry.source);
            CHECK(zoo_entry(example).examples == std::vector<std::string>{example});
        }
    }
}

TEST_CASE("zoo: every source in the bibliography is well-formed and there once", "[zoo]") {
    std::istringstream lines(bibliography());
    std::set<std::string> keys;
    int depth = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("@", 0) == 0) {
            CHECK(depth == 0);
            const std::size_t open = line.find('{');
            REQUIRE(open != std::string::npos);
            CHECK(keys.insert(line.substr(open + 1)).second);
        }
        for (const char c : line) depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    CHECK(depth == 0);
}

TEST_CASE("zoo: names that are promised", "[zoo]") {
    for (const char* name : {"first",
                             "last",
                             "all-ones",
                             "contains-1",
                             "contains-11",
                             "zeros-then-ones",
                             "alternating",
                             "tomita-1",
                             "tomita-2",
                             "tomita-4",
                             "tomita-7",
                             "anbn",
                             "palindrome",
                             "dyck-1-depth-3",
                             "dyck-2-depth-3",
                             "parity-tree-2-1",
                             "parity-tree-2-2",
                             "parity-tree-shuffled-2-2",
                             "previous-token",
                             "induction-head",
                             "chiang-cholak-parity-hard",
                             "majority-attempt",
                             "average-majority",
                             "average-dyck-1",
                             "average-parity",
                             "chiang-cholak-parity",
                             "chiang-cholak-parity-norm",
                             "chiang-cholak-first",
                             "chiang-cholak-first-norm",
                             "chiang-cholak-first-log",
                             "uniform-parity-2",
                             "uniform-parity-3",
                             "head-parity-3",
                             "uniform-majority",
                             "random-bounded-2-4-32-seed-7"})
        CHECK(complaint(name) == "");
}

TEST_CASE("zoo: a family fills in its numbers", "[zoo]") {
    const ZooEntry dyck = zoo_entry("dyck-2-depth-3");
    CHECK(dyck.name == "dyck-2-depth-3");
    CHECK(dyck.language == "dyck:2,3");
    CHECK(dyck.lengths == "all");
    CHECK(zoo_entry("parity-tree-2-2").lengths == "N = 8");
    CHECK(zoo_entry("parity-tree-4-4").lengths == "N = 624");
    CHECK(zoo_entry("parity-tree-shuffled-3-8").lengths == "N = 728");
}

TEST_CASE("zoo: unknown names, with the nearest known one", "[zoo]") {
    CHECK_THAT(complaint("palindrom"), Contains("zoo:palindrom") && EndsWith("perhaps palindrome"));
    CHECK_THAT(complaint("dyk-2-depth-3"), Contains("perhaps dyck-2-depth-3"));
    CHECK_THAT(complaint("parity-tree-2-x"), Contains("perhaps parity-tree-"));
    for (const char* name :
         {"", "-", "x", "first-", "first-1", "dyck-02-depth-3", "dyck--1-depth-3", "dyck-2-depth", "dyck-K-depth-D",
          "dyck-99999999999-depth-1", "parity-tree-2", "parity-tree-shuffled", "FIRST"})
        CHECK_THAT(complaint(name), Contains("expected the name of a construction"));
    CHECK_THAT(complaint("a\nb"), !Contains("\n"));
    CHECK_THROWS_AS(zoo_entry("palindrom"), base::UsageError);
}

TEST_CASE("zoo: numbers out of range", "[zoo]") {
    CHECK_THAT(complaint("dyck-5-depth-1"), Contains("K from 1 to 4") && Contains("found 5"));
    CHECK_THAT(complaint("dyck-0-depth-1"), Contains("K from 1 to 4") && Contains("found 0"));
    CHECK_THAT(complaint("dyck-1-depth-9"), Contains("D from 1 to 8") && Contains("found 9"));
    CHECK_THAT(complaint("parity-tree-5-1"), Contains("L from 1 to 4") && Contains("found 5"));
    CHECK_THAT(complaint("parity-tree-1-9"), Contains("H from 1 to 8"));
    CHECK_THAT(complaint("parity-tree-4-8"), Contains("(H+1)^L <= 1025"));
    CHECK_THAT(complaint("parity-tree-shuffled-4-5"), Contains("(H+1)^L <= 1025"));
    CHECK(complaint("parity-tree-4-4") == "");
    CHECK(complaint("parity-tree-1-1") == "");
}

}  // namespace attest::programs
