#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "attest/base/error.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "seed.hpp"
#include "sequential.hpp"
#include "trials.hpp"

// Two models at every length, against their automata, which are made one by one.

using namespace attest;
using namespace attest::tests;

namespace {

std::vector<language::Symbol> each_itself(const network::Transformer& t) {
    std::vector<language::Symbol> letters(t.alphabet.size());
    std::iota(letters.begin(), letters.end(), language::Symbol{0});
    return letters;
}

induction::EqualOutcome compare(const network::Transformer& a, const network::Transformer& b,
                                const std::vector<language::Symbol>& letters, const base::Limits& limits = {}) {
    return induction::equal({a, b, letters, std::max(induction::least_length(a), induction::least_length(b))}, limits);
}

std::string shortest(const char* one, const char* other) {
    const network::Transformer a = programs::zoo_model(one), b = programs::zoo_model(other);
    const induction::EqualOutcome outcome = compare(a, b, each_itself(a));
    if (outcome.difference() == nullptr) return "none";
    return a.alphabet.spell(outcome.difference()->word) + (outcome.difference()->model ? " accepted" : " rejected");
}

}  // namespace

TEST_CASE("Two models at every length: of the zoo", "[induction]") {
    CHECK(shortest("first", "first") == "none");
    CHECK(shortest("tomita-4", "tomita-4") == "none");
    CHECK(shortest("all-ones", "tomita-1") == "none");
    CHECK(shortest("first", "last") == "01 rejected");
    CHECK(shortest("tomita-4", "tomita-7") == "000 rejected");
    CHECK(shortest("contains-11", "contains-1") == "1 rejected");
    CHECK(shortest("dyck-1-depth-3", "dyck-1-depth-2") == "((())) accepted");
}

TEST_CASE("Two models at every length: one reads other symbols", "[induction]") {
    const network::Transformer first = programs::zoo_model("first");
    const induction::EqualOutcome outcome = compare(first, first, {1, 0});
    REQUIRE(outcome.difference() != nullptr);
    CHECK(first.alphabet.spell(outcome.difference()->word) == "0");
    CHECK_FALSE(outcome.difference()->model);
}

TEST_CASE("Two models at every length: what is not supported is said of the one that it is about", "[induction]") {
    const network::Transformer first = programs::zoo_model("first"), anbn = programs::zoo_model("anbn");
    CHECK_THROWS_WITH(compare(first, anbn, {0, 1}, within(20)), Catch::StartsWith("the second model: "));
    CHECK_THROWS_WITH(compare(anbn, first, {0, 1}, within(20)), Catch::StartsWith("the first model: "));
    CHECK_THROWS_AS(compare(anbn, first, {0, 1}, within(20)), base::Unsupported);
    network::Transformer bare = programs::zoo_model("last");
    bare.begin.reset();
    bare.end.reset();
    CHECK_THROWS_AS(induction::equal({first, bare, {0, 1}, 0}, {}), base::UsageError);
}

TEST_CASE("Two models at every length: random ones, against the product of their automata", "[induction]") {
    base::Random random(seed() + 2);
    INFO("seed " << seed() + 2);
    std::size_t decided = 0;
    for (std::uint64_t k = 0; k < trials(60); ++k) {
        INFO("pair " << k);
        const network::Transformer a = random_sequential(random);
        network::Transformer b = random_sequential(random);
        if (random.chance(1, 4)) {  // the same but for its readout
            b = a;
            if (random.chance(1, 2)) b.readout.bias += 1;
        }
        if (a.alphabet.size() != b.alphabet.size()) continue;
        std::vector<language::Symbol> letters = each_itself(a);
        if (random.chance(1, 3)) std::reverse(letters.begin(), letters.end());
        try {
            const auto one = language_within(a, 1), other = language_within(b, 1);
            if (!one || !other) continue;
            const induction::EqualOutcome outcome = compare(a, b, letters, within(5));
            if (outcome.undecided() != nullptr) continue;
            ++decided;
            const auto from = std::max(induction::least_length(a), induction::least_length(b));
            const auto apart = distance(one->automaton, other->automaton, letters, static_cast<std::size_t>(from));
            CHECK((outcome.difference() != nullptr) == apart.has_value());
            if (outcome.difference() == nullptr || !apart) continue;
            CHECK(outcome.difference()->word.size() == *apart);
        } catch (const base::Unsupported&) {
            continue;
        }
    }
    WARN(decided << " pairs were decided");
    CHECK(decided >= trials(60) / 12);
}
