#include "measure/function/adders.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <deque>

#include "attest/circuit/builder.hpp"
#include "attest/measure/function/transform.hpp"
#include "attest/measure/function/truth_table.hpp"
#include "base/random.hpp"
#include "measure/function/symmetric.hpp"
#include "seed.hpp"

// Circuits that add up their inputs, of several makes; and what looks like them but is no symmetric function.

namespace {

using namespace attest;
using circuit::Builder;
using circuit::Literal;

/// How adders are made: what a synthesis tool may choose.
struct Make {
    base::Random& random;
    bool queue = true;           ///< wires are taken from the front, else from the back
    bool exclusive_ors = false;  ///< gates for them, else ANDs
    bool majority = false;       ///< a carry as or(ab, ac, bc), else by the sum of two
    bool top_carry = true;       ///< carries that never hold are there as well
    bool late_carry =
        false;  ///< the parts of a gate are made in the other order, so that a carry may come after what reads the sum

    Literal sum(Builder& b, Literal x, Literal y) const {
        if (exclusive_ors) return b.exclusive_or(x, y);
        const Literal first = b.conjunction({x ^ late_carry, y ^ late_carry}),
                      second = b.conjunction({x ^ !late_carry, y ^ !late_carry});
        return b.conjunction({!first, !second});
    }
    Literal carry(Builder& b, Literal x, Literal y, Literal z) const {
        if (majority) return b.disjunction({b.conjunction({x, y}), b.conjunction({x, z}), b.conjunction({y, z})});
        return !b.conjunction({!b.conjunction({x, y}), !b.conjunction({sum(b, x, y), z})});
    }
};

/// The bits of the number of ones, from the lowest.
std::vector<Literal> count_ones(Builder& b, std::vector<Literal> inputs, const Make& make) {
    const std::size_t n = inputs.size();
    std::vector<std::deque<Literal>> columns{{inputs.begin(), inputs.end()}};
    std::vector<Literal> bits;
    for (std::size_t w = 0; w < columns.size(); ++w) {
        auto take = [&] {
            Literal l = make.queue ? columns[w].front() : columns[w].back();
            make.queue ? columns[w].pop_front() : columns[w].pop_back();
            return l;
        };
        const bool top = (std::size_t{2} << w) > n;
        const auto put = [&](Literal carry) {
            if (top && !make.top_carry) return;
            if (w + 1 == columns.size()) columns.emplace_back();
            columns[w + 1].push_back(carry);
        };
        while (columns[w].size() > 2) {
            const Literal x = take(), y = take(), z = take();
            if (!make.late_carry) put(make.carry(b, x, y, z));
            columns[w].push_back(make.sum(b, make.sum(b, x, y), z));
            if (make.late_carry) put(make.carry(b, x, y, z));
        }
        if (columns[w].size() == 2) {
            const Literal x = take(), y = take();
            columns[w].push_back(make.sum(b, x, y));
            put(b.conjunction({x, y}));
        }
        bits.push_back(columns[w].empty() ? circuit::bottom : columns[w].front());
    }
    return bits;
}

/// A function of the bits: true for the numbers of a list.
Literal one_of(Builder& b, const std::vector<Literal>& bits, const std::vector<bool>& values) {
    std::vector<Literal> ways;
    for (std::size_t k = 0; k < values.size(); ++k) {
        if (!values[k]) continue;
        std::vector<Literal> all;
        for (std::size_t j = 0; j < bits.size(); ++j) all.push_back(bits[j] ^ ((k >> j & 1U) == 0));
        ways.push_back(b.conjunction(all));
    }
    return b.disjunction(ways);
}

Make random_make(base::Random& random) {
    return {random,
            random.chance(1, 2),
            random.chance(1, 2),
            random.chance(1, 2),
            random.chance(1, 2),
            random.chance(1, 2)};
}

struct Built {
    Builder builder{std::size_t{1} << 30};
    std::vector<Literal> inputs;
    explicit Built(std::size_t n) {
        for (std::size_t k = 0; k < n; ++k) inputs.push_back(builder.add_input("x" + std::to_string(k + 1)));
    }
};

}  // namespace

TEST_CASE("circuits that add up their inputs are known by the sum alone", "[analysis]") {
    const std::uint64_t seed = tests::seed();
    std::size_t asked = 0, told = 0;
    for (std::uint64_t k = 0; k < 120; ++k) {
        base::Random random(seed + 900 + k);
        const std::size_t n = 2 + random.below(k % 10 == 0 ? 200 : 40);
        const Make make = random_make(random);
        Built c(n);
        std::vector<bool> values;
        for (std::size_t w = 0; w <= n; ++w) values.push_back(random.chance(1, 2));
        const Literal root = one_of(c.builder, count_ones(c.builder, c.inputs, make), values);
        CAPTURE(seed, k, n, make.queue, make.exclusive_ors, make.majority, make.top_carry, make.late_carry);
        if (root.node() == 0) continue;
        const auto found = measure::values_of_sum(c.builder.circuit(), root, {});
        ++asked;
        told += found ? 1 : 0;
        if (found) REQUIRE(*found == values);
    }
    CHECK(told == asked);
}

TEST_CASE("sums and carries that no gate tells are no obstacle", "[analysis]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < 60; ++k) {
        base::Random random(seed + 5000 + k);
        const std::size_t n = 4 + random.below(k % 10 == 0 ? 500 : 60);
        const Make make = random_make(random);
        Built c(n);
        const std::vector<Literal> bits = count_ones(c.builder, c.inputs, make);
        const std::size_t j = random.below(bits.size());
        CAPTURE(seed, k, n, j, make.queue, make.exclusive_ors, make.majority, make.top_carry, make.late_carry);
        std::vector<bool> bit,
            from;  // bit j alone, for which higher columns are not there; and 2^j or more, for which lower sums are not
        Literal high = circuit::bottom;
        for (std::size_t i = j; i < bits.size(); ++i) high = c.builder.disjunction({high, bits[i]});
        for (std::size_t w = 0; w <= n; ++w) bit.push_back((w >> j & 1U) != 0), from.push_back(w >> j != 0);
        for (const auto& [root, values] : {std::pair{bits[j], bit}, {high, from}}) {
            if (root.node() == 0) continue;
            const auto found = measure::values_of_sum(c.builder.circuit(), root, {});
            REQUIRE(found);
            CHECK(*found == values);
        }
    }
}

TEST_CASE("a majority of 1001 inputs is told at once", "[analysis]") {
    base::Random random(1);
    for (const std::size_t n : {501, 1001}) {
        Built c(n);
        std::vector<bool> values(n + 1, false);
        std::fill(values.begin() + static_cast<std::ptrdiff_t>(n / 2 + 1), values.end(), true);
        const std::vector<Literal> bits = count_ones(c.builder, c.inputs, {random});
        Literal more = circuit::top;  // the number is at least n / 2 + 1, from the low bit
        for (std::size_t j = 0; j < bits.size(); ++j)
            more = ((n / 2 + 1) >> j & 1U) != 0 ? c.builder.conjunction({bits[j], more})
                                                : c.builder.disjunction({bits[j], more});
        const auto found = measure::values_of_sum(c.builder.circuit(), more, {});
        REQUIRE(found);
        CHECK(*found == values);
    }
}

TEST_CASE("what is told of a circuit with a slip is true, and slips are found out", "[analysis]") {
    const std::uint64_t seed = tests::seed();
    std::size_t told = 0, not_symmetric = 0;
    for (std::uint64_t k = 0; k < 400; ++k) {
        base::Random random(seed + 2000 + k);
        const unsigned n = 2 + static_cast<unsigned>(random.below(9));
        const Make make = random_make(random);
        Built c(n);
        std::vector<Literal> inputs = c.inputs;
        const std::uint64_t slip = random.below(5);
        const std::size_t i = random.below(n), j = random.below(n);
        if (slip == 0) inputs[i] = inputs[j];                                          // one twice
        if (slip == 1) inputs[i] = !inputs[i];                                         // one complemented
        if (slip == 2) inputs[i] = c.builder.conjunction({c.inputs[i], c.inputs[j]});  // a gate in between
        if (slip == 3) inputs.push_back(c.inputs[j]);                                  // one counts double
        std::vector<Literal> bits = count_ones(c.builder, inputs, make);
        if (random.chance(1, 8)) std::swap(bits.front(), bits.back());
        std::vector<bool> values;
        for (std::size_t w = 0; w < std::size_t{1} << bits.size(); ++w) values.push_back(random.chance(1, 2));
        Literal root = one_of(c.builder, bits, values);
        if (slip == 4 && random.chance(1, 2)) root = c.builder.exclusive_or(root, c.inputs[i]);
        CAPTURE(seed, k, n, slip);
        const auto found = measure::values_of_sum(c.builder.circuit(), root, {});
        const auto table = std::get<measure::TruthTable>(measure::tabulate(c.builder.circuit(), root, 1, {}));
        bool symmetric = true;
        std::vector<int> by_weight(n + 1, -1);
        for (std::uint64_t x = 0; x < table.size(); ++x) {
            int& known = by_weight[static_cast<std::size_t>(std::popcount(x))];
            const int value = table[static_cast<measure::Input>(x)] ? 1 : 0;
            symmetric = symmetric && (known == -1 || known == value);
            known = value;
        }
        not_symmetric += symmetric ? 0 : 1;
        if (!found) continue;
        ++told;
        REQUIRE(symmetric);
        for (unsigned w = 0; w <= n; ++w) REQUIRE((*found)[w] == (by_weight[w] == 1));
    }
    CHECK(told > 20);
    CHECK(not_symmetric > 100);
}

TEST_CASE("Fourier weights of symmetric functions in closed form are those of the spectrum", "[analysis]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < 60; ++k) {
        base::Random random(seed + 3000 + k);
        const unsigned n = static_cast<unsigned>(random.below(11));
        std::vector<bool> values;
        for (unsigned w = 0; w <= n; ++w) values.push_back(random.chance(1, 2));
        const measure::TruthTable f =
            measure::tabulate(n, [&](measure::Input x) { return values[static_cast<std::size_t>(std::popcount(x))]; });
        const auto spectrum = std::get<std::vector<std::int32_t>>(measure::spectrum(f, 1, {}));
        const measure::Levels levels = measure::levels(spectrum, 1);
        const std::vector<mpz_class> found = measure::symmetric_level_weights(values);
        CAPTURE(seed, k, n);
        REQUIRE(found.size() == n + 1);
        for (unsigned level = 0; level <= n; ++level)
            REQUIRE(found[level] == mpz_class(static_cast<unsigned long>(levels.weight[level])));
    }
}
