#include "measure/function/disjoint.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "attest/circuit/builder.hpp"
#include "attest/measure/function/shape.hpp"
#include "attest/measure/function/transform.hpp"
#include "base/random.hpp"
#include "measure/function/block_sensitivity.hpp"
#include "measure/function/subcubes.hpp"
#include "seed.hpp"

// Measures put together from disjoint parts, against those of the whole truth table.

namespace {

using namespace attest;
using circuit::Literal;
using measure::Input;

/// A random function of some inputs as a disjunction of their words.
Literal random_function(circuit::Builder& b, const std::vector<Literal>& inputs, base::Random& random) {
    std::vector<Literal> ways;
    for (std::uint64_t x = 0; x < std::uint64_t{1} << inputs.size(); ++x) {
        if (random.chance(1, 2)) continue;
        std::vector<Literal> all;
        for (std::size_t i = 0; i < inputs.size(); ++i) all.push_back(inputs[i] ^ ((x >> i & 1U) == 0));
        ways.push_back(b.conjunction(all));
    }
    return b.disjunction(ways);
}

/// Parts of one to three inputs, joined by AND, OR and XOR.
Literal random_tree(circuit::Builder& b, std::vector<Literal> inputs, base::Random& random) {
    if (inputs.size() <= 3 && random.chance(2, 3)) return random_function(b, inputs, random);
    if (inputs.size() == 1) return inputs[0] ^ random.chance(1, 2);
    const auto cut = static_cast<std::ptrdiff_t>(1 + random.below(inputs.size() - 1));
    const Literal left = random_tree(b, {inputs.begin(), inputs.begin() + cut}, random),
                  right = random_tree(b, {inputs.begin() + cut, inputs.end()}, random);
    const std::uint64_t kind = random.below(3);
    const Literal both = kind == 0   ? b.conjunction({left, right})
                         : kind == 1 ? b.disjunction({left, right})
                                     : b.exclusive_or(left, right);
    return both ^ random.chance(1, 2);
}

Input as_input(const std::vector<bool>& bits) {
    Input x = 0;
    for (const bool bit : bits) x = 2 * x + (bit ? 1 : 0);
    return x;
}

unsigned sensitive(const measure::TruthTable& f, Input x) {
    unsigned count = 0;
    for (unsigned j = 0; j < f.variables(); ++j) count += f[x] != f[x ^ Input{1} << j] ? 1 : 0;
    return count;
}

void check_blocks(const measure::TruthTable& f, const measure::Reached& r) {
    const Input x = as_input(r.input);
    Input used = 0;
    REQUIRE(r.blocks.size() == r.value);
    for (const auto& block : r.blocks) {
        Input flips = 0;
        for (const unsigned p : block) flips |= Input{1} << measure::bit_of(p, f.variables());
        CHECK((flips & used) == 0);
        used |= flips;
        CHECK(f[x ^ flips] != f[x]);
    }
}

void check_side(const measure::TruthTable& f, const measure::DisjointMeasures::Side& side, std::size_t v,
                const measure::Certificates& c, const measure::BlockSensitivity& b) {
    const auto at = [&](const measure::Reached& r) {
        const Input x = as_input(r.input);
        CHECK(f[x] == (v == 1));
        return x;
    };
    CHECK(side.sensitivity.value == measure::sensitivity(f).most[v]->value);
    CHECK(sensitive(f, at(side.sensitivity)) == side.sensitivity.value);
    CHECK(side.certificate.value == c.most[v]->value);
    CHECK(c.by_input[at(side.certificate)] == side.certificate.value);
    CHECK(side.block_sensitivity.value == b.sides[v]->lower);
    (void)at(side.block_sensitivity);
    check_blocks(f, side.block_sensitivity);
    unsigned least = 99;
    for (std::uint64_t x = 0; x < f.size(); ++x)
        if (f[static_cast<Input>(x)] == (v == 1)) least = std::min<unsigned>(least, c.by_input[x]);
    CHECK(side.least_certificate.value == least);
    CHECK(c.by_input[at(side.least_certificate)] == least);
}

}  // namespace

TEST_CASE("measures of disjoint parts together are those of the whole table", "[analysis]") {
    const std::uint64_t seed = tests::seed();
    std::size_t apart = 0;
    for (std::uint64_t k = 0; k < 250; ++k) {
        base::Random random(seed + 4000 + k);
        const std::size_t n = 2 + random.below(8);
        circuit::Builder b(std::size_t{1} << 28);
        std::vector<Literal> inputs;
        for (std::size_t i = 0; i < n; ++i) inputs.push_back(b.add_input("x" + std::to_string(i + 1)));
        for (std::size_t i = n; i-- > 1;) std::swap(inputs[i], inputs[random.below(i + 1)]);
        const Literal root = random_tree(b, inputs, random);
        CAPTURE(seed, k, n);
        const auto found = measure::disjoint_measures(b.circuit(), root, {}, {});
        if (!found) continue;
        ++apart;
        CHECK(found->parts > 1);
        const auto f = std::get<measure::TruthTable>(measure::tabulate(b.circuit(), root, 1, {}));
        const auto c = std::get<measure::Certificates>(measure::certificates(f, {}));
        const auto blocks = measure::block_sensitivity(f, c.by_input, 100'000'000, {});
        REQUIRE_FALSE(blocks.unfinished);
        CHECK(found->decision_tree_depth == std::get<unsigned>(measure::decision_tree_depth(f, {})));
        CHECK(found->degree == std::get<unsigned>(measure::real_degree(f, 1, {})));
        for (std::size_t v = 0; v < 2; ++v) {
            REQUIRE(found->sides[v]);
            check_side(f, *found->sides[v], v, c, blocks);
        }
    }
    CHECK(apart > 80);
}

TEST_CASE("what cannot be taken apart is not told of, and too large a part neither", "[analysis]") {
    circuit::Builder b(std::size_t{1} << 28);
    std::vector<Literal> x;
    for (std::size_t i = 0; i < 40; ++i) x.push_back(b.add_input("x" + std::to_string(i + 1)));
    const Literal mux = b.disjunction({b.conjunction({x[0], x[1]}), b.conjunction({!x[0], x[2]})});
    CHECK_FALSE(measure::disjoint_measures(b.circuit(), mux, {}, {}));
    CHECK(measure::disjoint_measures(b.circuit(), b.conjunction({mux, x[3]}), {}, {}));
    Literal chain = x[4];
    for (std::size_t i = 5; i < 30; ++i)
        chain = i % 2 == 0 ? b.conjunction({chain, x[i]}) : b.disjunction({chain, x[i], x[i - 1]});
    CHECK_FALSE(measure::disjoint_measures(b.circuit(), b.conjunction({mux, chain}), {16, 1000}, {}));
    CHECK_FALSE(measure::disjoint_measures(b.circuit(), x[0], {}, {}));
}

// M. Virza, Sensitivity versus block sensitivity of Boolean functions (2011): 2k+1 sections of 2k+1 positions each, here for k = 2; a section holds if its first 2k positions have exactly one pair of neighbours
// (x_{2j-1}, x_{2j}) at 1 and nothing else, or only its last position is 1.
TEST_CASE("the function of Virza of 25 bits has sensitivity 5 and block sensitivity 15", "[analysis]") {
    circuit::Builder b(std::size_t{1} << 28);
    std::vector<Literal> sections, inputs;
    for (int i = 1; i <= 25; ++i) inputs.push_back(b.add_input("x" + std::to_string(i)));
    for (int s = 0; s < 5; ++s) {
        const std::vector<Literal> x(inputs.begin() + 5 * s, inputs.begin() + 5 * s + 5);
        std::vector<Literal> ways;
        ways.push_back(b.conjunction({x[0], x[1], !x[2], !x[3], !x[4]}));
        ways.push_back(b.conjunction({!x[0], !x[1], x[2], x[3], !x[4]}));
        ways.push_back(b.conjunction({!x[0], !x[1], !x[2], !x[3], x[4]}));
        sections.push_back(b.disjunction(ways));
    }
    const Literal root = b.disjunction(sections);
    const auto found = measure::disjoint_measures(b.circuit(), root, {}, {});
    REQUIRE(found);
    CHECK(found->parts == 5);
    CHECK(found->sides[0]->sensitivity.value == 5);
    CHECK(found->sides[0]->block_sensitivity.value == 15);
    CHECK(found->sides[0]->block_sensitivity.blocks.size() == 15);
    CHECK(found->sides[1]->sensitivity.value == 5);
}
