#include <algorithm>
#include <catch2/catch.hpp>

#include "attest/network/evaluate.hpp"
#include "zoo_words.hpp"

namespace attest::programs {

using namespace network;
using namespace zoo_test;

namespace {

struct Size {
    int layers;
    int heads;
    std::int64_t leaves;
};

std::vector<Size> sizes(std::int64_t most_leaves) {
    std::vector<Size> all;
    for (int layers = 1; layers <= 4; ++layers)
        for (int heads = 1; heads <= 8; ++heads) {
            std::int64_t leaves = 1;
            for (int l = 0; l < layers; ++l) leaves *= heads + 1;
            if (leaves <= most_leaves) all.push_back({layers, heads, leaves});
        }
    return all;
}

std::string name_of(const char* family, const Size& size) {
    return std::string(family) + "-" + std::to_string(size.layers) + "-" + std::to_string(size.heads);
}

}  // namespace

TEST_CASE("zoo: parity trees of every shape on random words", "[zoo]") {
    base::Random random(22);
    for (const char* family : {"parity-tree", "parity-tree-shuffled"})
        for (const Size& size : sizes(65)) {
            const std::string name = name_of(family, size);
            const Transformer t = zoo_model(name);
            const ZooEntry entry = zoo_entry(name);
            CHECK(entry.lengths == "N = " + std::to_string(size.leaves - 1));
            CHECK(entry.language == "parity");
            const Evaluator evaluator(t, size.leaves - 1);
            for (int round = 0; round < 4; ++round) {
                const language::Word word = random_word(2, static_cast<std::size_t>(size.leaves - 1), random);
                INFO(name << " on " << t.alphabet.spell(word));
                CHECK(evaluator.evaluate(word).accepts == (std::count(word.begin(), word.end(), 1U) % 2 == 1));
            }
        }
}

TEST_CASE("zoo: parity trees have one bit a position", "[zoo]") {
    for (const Size& size : sizes(1025)) {
        const Transformer t = zoo_model(name_of("parity-tree", size));
        CHECK(t.dimension == 1);
        CHECK(t.layers.size() == static_cast<std::size_t>(size.layers));
        for (const Layer& layer : t.layers)
            CHECK(layer.attention->heads.size() == static_cast<std::size_t>(size.heads));
    }
}

TEST_CASE("zoo: the shuffled leaves are all leaves, the markers first and last", "[zoo]") {
    for (const Size& size : sizes(1025)) {
        const Transformer t = zoo_model(name_of("parity-tree-shuffled", size));
        std::vector<exact::Rational> leaf;
        for (std::int64_t i = 1; i <= size.leaves + 1; ++i)
            leaf.push_back(t.position[1].evaluate({.i = i, .n = size.leaves + 1}));
        CHECK(leaf.front() == 0);
        CHECK(leaf.back() == size.leaves);
        CHECK((size.leaves < 4 || !std::is_sorted(leaf.begin(), leaf.end())));
        std::sort(leaf.begin(), leaf.end());
        bool all = true;
        for (std::int64_t i = 0; i <= size.leaves; ++i) all = all && leaf[static_cast<std::size_t>(i)] == i;
        CHECK(all);
        CHECK_NOTHROW(t.position[2].evaluate({.i = 100000, .n = 100000}));
    }
}

// Where no node of the tree lives, all heads look at the begin marker: such positions cost a circuit nothing.
TEST_CASE("zoo: only nodes of a parity tree look at symbols", "[zoo]") {
    for (const char* name : {"parity-tree-2-2", "parity-tree-shuffled-2-2"}) {
        Trace trace;
        const Transformer t = zoo_model(name);
        (void)evaluate(t, language::Word(8, 1), &trace);
        int nodes = 0;
        for (std::size_t h = 0; h < 2; ++h)
            for (const Attended& attended : trace.attended[0][h]) nodes += attended.positions.front() != 1 ? 1 : 0;
        CHECK(nodes == 2 * 3);
        CHECK(trace.attended[1][0].back().positions.front() != 1);
    }
}

}  // namespace attest::programs
