#include "language/classify/depth.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "base/random.hpp"
#include "language/classify/census.hpp"
#include "seed.hpp"

using namespace attest;
using namespace attest::classify;

namespace {

/// How many star-free languages need how many layers; SIZE_MAX: it is open.
std::map<std::size_t, std::size_t> by_depth(std::size_t states, std::size_t letters) {
    std::map<std::size_t, std::size_t> count;
    for_each_table(states, letters, [&](const Table& table) {
        const std::vector<std::uint32_t> minimal = minimal_acceptance(table);
        if (minimal.empty() || !classify::classify(table).in[Class::star_free]) return true;
        const Depths depths(table, 1);
        for (const std::uint32_t accepting : minimal) {
            const Depths::Bounds bounds = depths.of(accepting);
            CHECK(bounds.least <= bounds.most);
            ++count[bounds.is_exact() ? bounds.least : SIZE_MAX];
        }
        return true;
    });
    return count;
}

using Counts = std::map<std::size_t, std::size_t>;

}  // namespace

TEST_CASE("Depth: layers of all star-free languages of a size, exactly") {
    CHECK(by_depth(1, 2) == Counts{{0, 2}});
    CHECK(by_depth(2, 2) == Counts{{0, 6}, {1, 4}});
    CHECK(by_depth(3, 2) == Counts{{1, 72}, {2, 90}});
    CHECK(by_depth(4, 2) == Counts{{1, 136}, {2, 1862}, {3, 1926}});
}

TEST_CASE("Depth: the bounds of a table against the search for one language") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    for_each_table(3, 2, [&](const Table& table) {
        const std::vector<std::uint32_t> minimal = minimal_acceptance(table);
        const Classification found = classify::classify(table);
        if (minimal.empty() || !found.modulus || *found.modulus > 2 || !random.chance(1, 3)) return true;
        const std::uint32_t accepting = minimal[random.below(minimal.size())];
        const Depths::Bounds bounds = Depths(table, *found.modulus).of(accepting);
        for (std::size_t k = 0; k <= 1; ++k) {
            const LayerSearch search =
                search_layers(automaton_of(table, accepting), {Ties::right, *found.modulus, false}, k);
            if (search.pair) CHECK(bounds.least > k);
            else CHECK(bounds.most <= k);
        }
        return true;
    });
}
