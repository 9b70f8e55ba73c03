#include "language/classify/layers.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "checker/classes/universal_letters.hpp"
#include "language/classify/census.hpp"
#include "subjects.hpp"

using namespace attest;
using namespace attest::classify;

namespace {

bool checker_sees_no_difference(const LayerClass& network, std::size_t layers, const language::Word& u,
                                const language::Word& v) {
    checker::LayersClaim claim;
    claim.tie = to_string(network.ties);
    claim.modulus = network.modulus;
    claim.layers = layers;
    claim.reads_end = network.reads_end;
    checker::Budget budget(std::uint64_t{1} << 30, std::uint64_t{1} << 30);
    return checker::look_the_same(claim, {u.begin(), u.end()}, {v.begin(), v.end()}, budget);
}

/// The least number of layers up to `most`; what more it needs is `most` + 1. Pairs are shown to the checker.
std::size_t depth(const language::Dfa& automaton, const LayerClass& network, std::size_t most) {
    for (std::size_t k = 0; k <= most; ++k) {
        const LayerSearch found = search_layers(automaton, network, k);
        if (found.is_closed) return k;
        REQUIRE(found.pair);
        const auto& [u, v] = *found.pair;
        CHECK(automaton.accepts(u));
        CHECK_FALSE(automaton.accepts(v));
        CHECK(checker_sees_no_difference(network, k, u, v));
    }
    return most + 1;
}

using Depths = std::map<std::size_t, std::size_t>;

/// How many languages of the class need how many layers.
Depths depths(std::size_t states, Class in, const LayerClass& network, std::size_t most) {
    Depths result;
    for_each_table(states, 2, [&](const Table& table) {
        const auto minimal = minimal_acceptance(table);
        if (minimal.empty() || !classify::classify(table).in[in]) return true;
        for (const std::uint32_t accepting : minimal) ++result[depth(automaton_of(table, accepting), network, most)];
        return true;
    });
    return result;
}

}  // namespace

TEST_CASE("Layers: languages of up to three states, exactly") {
    CHECK(depths(1, Class::star_free, {}, 2) == Depths{{0, 2}});
    CHECK(depths(2, Class::star_free, {}, 2) == Depths{{0, 6}, {1, 4}});
    CHECK(depths(3, Class::star_free, {}, 2) == Depths{{1, 72}, {2, 90}});
    CHECK(depths(3, Class::star_free, {Ties::both}, 2) == Depths{{1, 76}, {2, 86}});
    CHECK(depths(2, Class::r_trivial, {Ties::left}, 2) == Depths{{0, 2}, {1, 4}});
    CHECK(depths(3, Class::r_trivial, {Ties::left}, 2) == Depths{{1, 28}, {2, 32}});
    CHECK(depths(2, Class::star_free, {.reads_end = true}, 2) == Depths{{1, 10}});
    CHECK(depths(3, Class::star_free, {.reads_end = true}, 2) == Depths{{1, 8}, {2, 154}});
}

TEST_CASE("Layers: languages of four states, those that need more than two") {
    CHECK(depths(4, Class::star_free, {}, 2) == Depths{{1, 136}, {2, 1862}, {3, 1926}});
}

TEST_CASE("Layers: brackets of depth k need more than k layers") {
    for (std::size_t k = 1; k <= 8; ++k) {
        const language::Dfa automaton = tests::minimal_automaton("nested:" + std::to_string(k));
        const LayerSearch found = search_layers(automaton, {}, k, {}, 20'000);
        INFO(k);
        REQUIRE(found.pair);
        CHECK(automaton.accepts(found.pair->first));
        CHECK_FALSE(automaton.accepts(found.pair->second));
        CHECK(checker_sees_no_difference({}, k, found.pair->first, found.pair->second));
    }
}

TEST_CASE("Layers: lower bounds of the golden rows") {
    struct Bound {
        const char* language;
        LayerClass network;
        std::size_t layers;  ///< that are too few
    };
    const Bound bounds[] = {{"tomita:4", {}, 2},
                            {"tomita:7", {}, 2},
                            {"tomita:7", {Ties::left}, 3},
                            {"regex:(ab|bba)*", {}, 3},
                            {"regex:(ab|bbaa)*", {}, 3},
                            {"regex:(ab|aabb)*", {}, 2},
                            {"regex:(ab|ba)*", {}, 2},
                            {"tomita:3", {Ties::right, 2}, 2},
                            {"regex:(aa|bb)*", {Ties::right, 2}, 1},
                            {"regex:(a(ab)*b)*", {Ties::two_sided}, 2}};
    for (const Bound& bound : bounds) {
        INFO(bound.language);
        const language::Dfa automaton =
            tests::minimal_automaton(bound.language, std::string(bound.language).starts_with("tomita") ? "01" : "ab");
        const LayerSearch found = search_layers(automaton, bound.network, bound.layers);
        REQUIRE(found.pair);
        CHECK(checker_sees_no_difference(bound.network, bound.layers, found.pair->first, found.pair->second));
    }
}
