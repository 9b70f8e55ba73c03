#include "base/journal.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "attest/base/file.hpp"
#include "refused.hpp"

using namespace attest::base;
using attest::tests::refused;
using Catch::Matchers::Contains;
using Lines = std::vector<std::string>;

TEST_CASE("A journal holds what was appended, also when it is opened again") {
    const DirectoryInProgress scratch;
    const std::string path = scratch.path() + "/log";
    {
        Journal log(path);
        CHECK(log.earlier().empty());
        log.append("one");
        log.append("two");
    }
    Journal again(path);
    CHECK(again.earlier() == Lines{"one", "two"});
    again.append("three");
    CHECK(read_file(path) == "one\ntwo\nthree\n");
}

TEST_CASE("A line that a kill tore is not read, and is cut off only when the next is added") {
    const DirectoryInProgress scratch;
    const std::string path = scratch.path() + "/log";
    write_file(path, "one\ntwo\nthr");
    Journal log(path);
    CHECK(log.earlier() == Lines{"one", "two"});
    CHECK(read_file(path) == "one\ntwo\nthr");
    log.append("four");
    log.append("five");
    CHECK(read_file(path) == "one\ntwo\nfour\nfive\n");
}

TEST_CASE("A journal whose only line was torn begins again") {
    const DirectoryInProgress scratch;
    const std::string path = scratch.path() + "/log";
    write_file(path, "on");
    Journal log(path);
    CHECK(log.earlier().empty());
    log.append("one");
    CHECK(read_file(path) == "one\n");
}

TEST_CASE("A journal that cannot be written is refused in one line with its path") {
    const DirectoryInProgress scratch;
    const std::string path = scratch.path() + "/missing/log";
    CHECK_THAT(refused([&] { Journal log(path); }), Contains(path) && Contains("cannot write"));
}

TEST_CASE("A journal with a head begins with it, and one with another head is refused and left as it is") {
    const DirectoryInProgress scratch;
    const std::string path = scratch.path() + "/log";
    {
        Journal log(path, {"head", "a journal of heads"});
        CHECK(log.earlier().empty());
        log.append("one");
    }
    CHECK(Journal(path, {"head", "a journal of heads"}).earlier() == Lines{"one"});
    const std::string refusal = refused([&] { Journal log(path, {"tail", "a journal of tails"}); });
    CHECK_THAT(refusal, Contains(path) && Contains("expected a journal of tails"));
    CHECK(read_file(path) == "head\none\n");
    write_file(path, "hea");  // torn
    CHECK_THAT(refused([&] {
                   Journal log(path, {"head", "a journal of heads"});
               }),
               Contains("expected a journal of heads"));
}
