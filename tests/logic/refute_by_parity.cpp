#include <catch2/catch.hpp>
#include <chrono>

#include "formulas.hpp"
#include "logic/proof.hpp"
#include "strict_checker.hpp"

using namespace attest;
using namespace attest::logic;
using namespace attest::logic::test;

namespace {

void require_refuted(const Cnf& formula, std::size_t at_most_bytes = std::size_t{1} << 22) {
    const auto proof = refute_by_parity(formula, {});
    REQUIRE(proof.has_value());
    CHECK(check_xlrup(formula, *proof) == "");
    CHECK(proof->size() <= at_most_bytes);
}

Cnf chain_against_blocks(std::int32_t n, std::size_t block, base::Random& random, bool equal = true) {
    CircuitCnf circuit(n);
    const std::int32_t chain = parity_chain(circuit, shuffled(n, random));
    const std::int32_t tree = block_parity_tree(circuit, shuffled(n, random), block, random);
    return circuit.finish({circuit.parity(equal ? chain : -chain, tree)});
}

}  // namespace

TEST_CASE("two chains of XOR gates in unlike orders are refuted by parity", "[solve]") {
    const auto n = GENERATE(2, 3, 8, 30, 63, 200, 1000);
    base::Random random(static_cast<std::uint64_t>(n));
    const Cnf formula = parity_pair(n, random);
    require_refuted(formula, 200'000);
}

TEST_CASE("a chain against blocks of minterms is refuted by parity", "[solve]") {
    const auto n = GENERATE(2, 5, 16, 36, 63, 130);
    const auto block = GENERATE(2U, 3U, 4U, 5U);
    CAPTURE(n, block);
    base::Random random(static_cast<std::uint64_t>(n) * 10 + block);
    require_refuted(chain_against_blocks(n, block, random), 600'000);
}

TEST_CASE("blocks of eight bits are refuted by parity", "[solve]") {
    base::Random random(8);
    require_refuted(chain_against_blocks(32, 8, random), 300'000);
}

TEST_CASE("two trees of blocks are refuted by parity", "[solve]") {
    base::Random random(7);
    const std::int32_t n = 49;
    CircuitCnf circuit(n);
    const std::int32_t one = block_parity_tree(circuit, shuffled(n, random), 4, random);
    const std::int32_t two = block_parity_tree(circuit, shuffled(n, random), 3, random);
    require_refuted(circuit.finish({circuit.parity(one, two)}));
}

TEST_CASE("a one-hot code between two sums is seen through", "[solve]") {
    // Two bits as one of four values, the last being none of the others; then their parity.
    const std::int32_t n = 40;
    base::Random random(5);
    CircuitCnf circuit(n);
    std::vector<std::int32_t> pairs;
    const auto order = shuffled(n, random);
    for (std::size_t i = 0; i < order.size(); i += 2) {
        const std::int32_t a = order[i], b = order[i + 1];
        const std::int32_t none = circuit.conjunction({-a, -b}), first = circuit.conjunction({a, -b});
        const std::int32_t second = circuit.conjunction({-a, b});
        const std::int32_t both = circuit.conjunction({-none, -first, -second});
        const std::int32_t even = circuit.disjunction({none, both});
        pairs.push_back(circuit.conjunction({-even}));
    }
    const std::int32_t tree = block_parity_tree(circuit, pairs, 3, random);
    require_refuted(circuit.finish({circuit.parity(tree, parity_chain(circuit, shuffled(n, random)))}));
}

TEST_CASE("a sum that does not depend on a wire of its cut", "[solve]") {
    CircuitCnf circuit(12);
    base::Random random(3);
    std::vector<std::int32_t> wires;
    for (std::int32_t i = 1; i <= 12; ++i) {  // x = (x and y) or (x and not y), y a sum
        const std::int32_t y = circuit.parity(i % 12 + 1, (i + 4) % 12 + 1);
        wires.push_back(circuit.disjunction({circuit.conjunction({i, y}), circuit.conjunction({i, -y})}));
    }
    const std::int32_t one = parity_chain(circuit, wires);
    require_refuted(circuit.finish({circuit.parity(one, parity_chain(circuit, shuffled(12, random)))}));
}

TEST_CASE("operands of XOR that are no sums are atoms", "[solve]") {
    const std::int32_t n = 30;
    CircuitCnf circuit(n);
    base::Random random(4);
    std::vector<std::int32_t> products;
    for (std::int32_t i = 1; i < n; ++i) products.push_back(circuit.conjunction({i, i + 1}));
    auto mixed = products;
    std::reverse(mixed.begin(), mixed.end());
    const std::int32_t chain = parity_chain(circuit, products);
    const std::int32_t tree = block_parity_tree(circuit, mixed, 3, random);
    require_refuted(circuit.finish({circuit.parity(chain, tree)}));
}

TEST_CASE("several roots, each a sum that vanishes", "[solve]") {
    const std::int32_t n = 20;
    CircuitCnf circuit(n);
    base::Random random(6);
    std::vector<std::int32_t> roots;
    for (int i = 0; i < 3; ++i)
        roots.push_back(circuit.parity(parity_chain(circuit, shuffled(n, random)),
                                       block_parity_tree(circuit, shuffled(n, random), 3, random)));
    require_refuted(circuit.finish(roots));
}

TEST_CASE("satisfiable or unlike formulas are left alone", "[solve]") {
    base::Random random(9);
    const auto nothing = [](const Cnf& formula) { return !refute_by_parity(formula, {}).has_value(); };
    SECTION("complementary sides") {
        CHECK(nothing(chain_against_blocks(20, 4, random, false)));
        CHECK(nothing(chain_against_blocks(2, 2, random, false)));
    }
    SECTION("an input is missing on one side") {
        CircuitCnf circuit(20);
        const std::int32_t tree = block_parity_tree(circuit, shuffled(20, random), 3, random);
        auto order = shuffled(20, random);
        order.pop_back();
        CHECK(nothing(circuit.finish({circuit.parity(tree, parity_chain(circuit, order))})));
    }
    SECTION("a difference on one input of 2^20, which no random input shows") {
        CircuitCnf circuit(20);
        const std::int32_t one = parity_chain(circuit, shuffled(20, random));
        const std::int32_t two = block_parity_tree(circuit, shuffled(20, random), 3, random);
        const std::int32_t spot = circuit.conjunction(shuffled(20, random));
        CHECK(nothing(circuit.finish({circuit.parity(circuit.disjunction({one, spot}), two)})));
        CircuitCnf other(20);
        const std::int32_t x = parity_chain(other, shuffled(20, random));
        const std::int32_t y = other.parity(x, other.conjunction(shuffled(20, random)));
        CHECK(nothing(other.finish({other.parity(y, parity_chain(other, shuffled(20, random)))})));
    }
    SECTION("no circuit at all") {
        CHECK(nothing(pigeon_hole(5)));
        CHECK(nothing(random_3sat(30, 200, random)));
        CHECK(nothing(Cnf{}));
        Cnf empty;
        empty.add(std::initializer_list<std::int32_t>{});
        CHECK(nothing(empty));
    }
}

TEST_CASE("random small miters: a proof only where there is no model", "[solve]") {
    const std::uint64_t seed = 2024;
    INFO("seed " << seed);
    base::Random random(seed);
    int refuted = 0;
    for (int round = 0; round < 300; ++round) {
        CircuitCnf circuit(4);
        std::vector<std::int32_t> wires{1, 2, 3, 4};
        const auto pick = [&] { return wires[random.below(wires.size())] * (random.chance(1, 2) ? 1 : -1); };
        for (int g = 0; g < 8; ++g) {
            const std::int32_t a = pick(), b = pick();
            if (std::abs(a) == std::abs(b)) continue;
            wires.push_back(random.chance(1, 2) ? circuit.parity(a, b) : circuit.conjunction({a, b}));
        }
        const Cnf formula = circuit.finish({wires.back()});
        if (formula.variables > 16) continue;
        const auto proof = refute_by_parity(formula, {});
        if (!proof) continue;
        ++refuted;
        CHECK_FALSE(satisfiable_by_brute_force(formula));
        CHECK(check_xlrup(formula, *proof) == "");
    }
    CHECK(refuted > 0);
}

TEST_CASE("refute_by_parity stops at its limits", "[solve]") {
    base::Random random(1);
    base::Limits limits;
    limits.deadline = std::chrono::steady_clock::now();
    CHECK_FALSE(refute_by_parity(parity_pair(30, random), limits).has_value());
}

TEST_CASE("the strict checker refuses damaged XLRUP", "[solve]") {
    base::Random random(2);
    const Cnf formula = chain_against_blocks(9, 3, random);
    const std::string proof = refute_by_parity(formula, {}).value();
    REQUIRE(check_xlrup(formula, proof) == "");
    CHECK(check_xlrup(formula, proof.substr(0, proof.size() / 2)) != "");
    CHECK(check_xlrup(formula, proof.substr(proof.find('\n') + 1)) != "");
    CHECK(check_xlrup(formula, proof + "x\n") != "");
}
