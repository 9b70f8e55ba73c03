#include "attest/base/interner.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/random.hpp"
#include "seed.hpp"

using namespace attest::base;

TEMPLATE_TEST_CASE("Numbers are those of the first appearance, counted in a list", "", (Interner<std::string>),
                   (Interner<std::string, std::unordered_map<std::string, std::size_t>>)) {
    const std::uint64_t seed = attest::tests::seed();
    INFO("seed " << seed);
    Random random(seed);
    TestType interner;
    std::vector<std::string> seen;
    for (int k = 0; k < 2000; ++k) {
        std::string thing = std::to_string(random.below(300));
        auto at = std::find(seen.begin(), seen.end(), thing);
        if (at == seen.end()) at = seen.insert(seen.end(), thing);
        const auto expected = static_cast<std::size_t>(at - seen.begin());
        REQUIRE(interner.number(k % 2 == 0 ? thing : std::string(thing)) == expected);
        REQUIRE(interner.size() == seen.size());
    }
    for (std::size_t k = 0; k < seen.size(); ++k) CHECK(interner[static_cast<typename TestType::Number>(k)] == seen[k]);
}

TEST_CASE("A copy has the same numbers and lives on its own; what is moved keeps its things where they are") {
    Interner<std::string> first;
    first.number("b");
    first.number("a");
    CHECK(first.find("a") == 1u);
    CHECK_FALSE(first.find("c"));
    const std::string* place = &first[1];
    Interner<std::string> copy(first);
    CHECK(copy.number("a") == 1);
    CHECK(&copy[1] != place);
    CHECK(copy.number("c") == 2);
    CHECK(first.size() == 2);
    const Interner<std::string> moved(std::move(first));
    CHECK(&moved[1] == place);
    Interner<std::string> assigned;
    assigned.number("x");
    assigned = copy;
    CHECK(assigned.size() == 3);
    CHECK(assigned[0] == "b");
}
