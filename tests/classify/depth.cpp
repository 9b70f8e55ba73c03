#include "language/classify/depth.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "base/random.hpp"
#include "language/classify/census.hpp"
#include "language/classify/layers.hpp"
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

/// The same for any heads, of the languages of a class, by the search for one language after the other.
Counts by_search(std::size_t states, Class among, const LayerClass& network, std::size_t most_layers) {
    Counts count;
    for_each_table(states, 2, [&](const Table& table) {
        const std::vector<std::uint32_t> minimal = minimal_acceptance(table);
        if (minimal.empty() || !classify::classify(table).in[among]) return true;
        for (const std::uint32_t accepting : minimal) {
            std::size_t layers = 0;
            while (layers <= most_layers && !search_layers(automaton_of(table, accepting), network, layers).is_closed)
                ++layers;
            ++count[layers <= most_layers ? layers : SIZE_MAX];
        }
        return true;
    });
    return count;
}

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

TEST_CASE("Depth: heads of other kinds, and answers at an end symbol, as they were counted elsewhere") {
    const LayerClass left{Ties::left, 1, false}, both{Ties::both, 1, false};
    const LayerClass right_to_end{Ties::right, 1, true}, left_to_end{Ties::left, 1, true};
    CHECK(by_search(2, Class::r_trivial, left, 2) == Counts{{0, 2}, {1, 4}});
    CHECK(by_search(3, Class::r_trivial, left, 3) == Counts{{1, 28}, {2, 32}});
    CHECK(by_search(3, Class::star_free, both, 2) == Counts{{1, 76}, {2, 86}});
    CHECK(by_search(2, Class::star_free, right_to_end, 2) == Counts{{1, 10}});
    CHECK(by_search(3, Class::star_free, right_to_end, 2) == Counts{{1, 8}, {2, 154}});
    CHECK(by_search(4, Class::star_free, right_to_end, 2) == Counts{{1, 8}, {2, 1270}, {SIZE_MAX, 2646}});
    CHECK(by_search(3, Class::r_trivial, left_to_end, 3) == Counts{{1, 8}, {2, 52}});
    CHECK(by_search(4, Class::r_trivial, left_to_end, 3) == Counts{{1, 12}, {2, 316}, {3, 536}});
}
