#include "attest/base/limits.hpp"

#include <catch2/catch.hpp>

using namespace attest::base;
using Clock = std::chrono::steady_clock;

TEST_CASE("no limit is exceeded where none is set", "[limits]") { CHECK(!Limits{}.exceeded()); }

TEST_CASE("a deadline is exceeded once it has passed", "[limits]") {
    Limits limits;
    limits.deadline = Clock::now() + std::chrono::hours(1);
    CHECK(!limits.exceeded());
    limits.deadline = Clock::now() - std::chrono::seconds(1);
    CHECK(limits.exceeded() == Limit::deadline);
}

TEST_CASE("an interruption goes before a deadline", "[limits]") {
    std::atomic<bool> interrupted = false;
    Limits limits;
    limits.interrupted = &interrupted;
    CHECK(!limits.exceeded());
    interrupted = true;
    limits.deadline = Clock::now() - std::chrono::seconds(1);
    CHECK(limits.exceeded() == Limit::interrupted);
}

TEST_CASE("the machine has some memory", "[limits]") { CHECK(available_memory() > (std::size_t{1} << 20)); }
