#include <catch2/catch.hpp>

#include "attest/measure/function/sensitivity.hpp"
#include "attest/measure/function/shape.hpp"
#include "attest/measure/function/transform.hpp"
#include "definitions.hpp"
#include "measure/function/block_sensitivity.hpp"
#include "measure/function/subcubes.hpp"
#include "seed.hpp"

// Every algorithm against brute force by definition, on random functions.

using namespace attest;
using namespace attest::tests;

namespace {

constexpr std::uint64_t plenty = 1'000'000'000;

template <typename T>
T done(std::variant<T, verdict::Undecided> result) {
    REQUIRE(std::holds_alternative<T>(result));
    return std::get<T>(std::move(result));
}

template <typename Action>
void on_random_functions(unsigned most, int rounds, const Action& action) {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < rounds; ++round) {
        const auto n = static_cast<unsigned>(random.below(most + 1));
        const TruthTable f = random_function(random, n);
        INFO("round " << round << ", n " << n);
        action(f);
    }
}

void check_extremum(const std::optional<measure::Extremum>& found, const TruthTable& f, bool value,
                    unsigned (*at_input)(const TruthTable&, Input)) {
    std::optional<unsigned> most;
    for (Input x = 0; x < f.size(); ++x)
        if (f[x] == value) most = std::max(most.value_or(0), at_input(f, x));
    REQUIRE(found.has_value() == most.has_value());
    if (!most) return;
    REQUIRE(found->value == *most);
    REQUIRE(f[found->input] == value);
    REQUIRE(at_input(f, found->input) == *most);
}

}  // namespace

TEST_CASE("sensitivity and boundaries are what the definition says, in one thread and in two", "[analysis]") {
    on_random_functions(11, 150, [](const TruthTable& f) {
        const measure::Sensitivity s = measure::sensitivity(f, {1, true});
        REQUIRE(measure::sensitivity(f, {2, true}) == s);
        check_extremum(s.most[0], f, false, sensitivity_at);
        check_extremum(s.most[1], f, true, sensitivity_at);
        std::vector<std::uint64_t> boundary(f.variables(), 0), profile(f.variables() + 1, 0);
        for (Input x = 0; x < f.size(); ++x) {
            ++profile[sensitivity_at(f, x)];
            for (unsigned i = 1; i <= f.variables(); ++i)
                boundary[i - 1] += f[x ^ Input{1} << measure::bit_of(i, f.variables())] != f[x] ? 1 : 0;
        }
        REQUIRE(s.boundary == boundary);
        REQUIRE(s.profile == profile);
    });
}

TEST_CASE("the input of an extremum is the first that reaches it", "[analysis]") {
    on_random_functions(10, 60, [](const TruthTable& f) {
        const measure::Extremum most = measure::sensitivity(f).greatest();
        for (Input x = 0; x < most.input; ++x) REQUIRE(sensitivity_at(f, x) < most.value);
        REQUIRE(sensitivity_at(f, most.input) == most.value);
    });
}

TEST_CASE("certificates are the least subcubes by definition", "[analysis]") {
    on_random_functions(6, 120, [](const TruthTable& f) {
        const auto c = done(measure::certificates(f, {}));
        for (Input x = 0; x < f.size(); ++x) REQUIRE(c.by_input[x] == certificate_at(f, x));
        check_extremum(c.most[0], f, false, certificate_at);
        check_extremum(c.most[1], f, true, certificate_at);
        REQUIRE(c.least.value == *std::min_element(c.by_input.begin(), c.by_input.end()));
        REQUIRE(certificate_at(f, c.least.input) == c.least.value);
    });
}

TEST_CASE("block sensitivity is the best packing by definition, and its blocks show it", "[analysis]") {
    on_random_functions(6, 300, [](const TruthTable& f) {
        const auto c = done(measure::certificates(f, {}));
        const auto b = measure::block_sensitivity(f, c.by_input, plenty, {});
        REQUIRE(!b.unfinished);
        for (std::size_t v = 0; v < 2; ++v) {
            std::optional<unsigned> most;
            for (Input x = 0; x < f.size(); ++x)
                if (f[x] == (v == 1)) most = std::max(most.value_or(0), block_sensitivity_at(f, x));
            REQUIRE(b.sides[v].has_value() == most.has_value());
            if (!most) continue;
            const auto& side = *b.sides[v];
            REQUIRE(side.lower == *most);
            REQUIRE(side.upper == *most);
            REQUIRE(side.blocks.size() == *most);
            Input used = 0;
            for (const Input block : side.blocks) {
                REQUIRE((block & used) == 0);
                REQUIRE(f[side.at ^ block] != f[side.at]);
                used |= block;
            }
        }
    });
}

TEST_CASE("with too few steps block sensitivity still lies between its bounds", "[analysis]") {
    on_random_functions(6, 60, [](const TruthTable& f) {
        const auto c = done(measure::certificates(f, {}));
        const auto exact = measure::block_sensitivity(f, c.by_input, plenty, {});
        for (const std::uint64_t steps : {0, 1, 7}) {
            const auto b = measure::block_sensitivity(f, c.by_input, steps, {});
            REQUIRE(b.lower() <= exact.lower());
            REQUIRE(b.upper() >= exact.upper());
        }
    });
}

TEST_CASE("decision trees are as deep as the definition says", "[analysis]") {
    on_random_functions(
        5, 60, [](const TruthTable& f) { REQUIRE(done(measure::decision_tree_depth(f, {})) == decision_tree(f)); });
}

TEST_CASE("the Fourier spectrum is the sum by definition", "[analysis]") {
    on_random_functions(8, 60, [](const TruthTable& f) {
        const auto spectrum = done(measure::spectrum(f, 1, {}));
        measure::Levels expected;
        expected.weight.assign(f.variables() + 1, 0);
        for (Input s = 0; s < f.size(); ++s) {
            const std::int64_t c = fourier_coefficient(f, s);
            REQUIRE(spectrum[s] == c);
            expected.weight[static_cast<std::size_t>(std::popcount(s))] += static_cast<std::uint64_t>(c * c);
            expected.nonzero += c != 0 ? 1 : 0;
            if (const auto size = static_cast<std::uint32_t>(std::abs(c)); size > expected.greatest) {
                expected.greatest = size;
                expected.greatest_at = s;
            }
        }
        const measure::Levels levels = measure::levels(spectrum, 2);
        REQUIRE(levels.weight == expected.weight);
        REQUIRE(levels.nonzero == expected.nonzero);
        REQUIRE(levels.greatest == expected.greatest);
        REQUIRE(levels.greatest_at == expected.greatest_at);
    });
}

TEST_CASE("the degree by Moebius is that of the multilinear polynomial, and that of the spectrum", "[analysis]") {
    on_random_functions(8, 80, [](const TruthTable& f) {
        unsigned degree = 0;
        for (Input s = 0; s < f.size(); ++s)
            if (multilinear_coefficient(f, s) != 0) degree = std::max(degree, static_cast<unsigned>(std::popcount(s)));
        REQUIRE(done(measure::real_degree(f, 1, {})) == degree);
        REQUIRE(measure::levels(done(measure::spectrum(f, 1, {})), 1).degree() == degree);
    });
}

TEST_CASE("relevance, direction and symmetry are what the definition says", "[analysis]") {
    const auto check = [](const TruthTable& f) {
        const unsigned n = f.variables();
        const measure::Shape shape = measure::shape(f);
        for (unsigned i = 1; i <= n; ++i) {
            measure::Direction expected;
            for (Input x = 0; x < f.size(); ++x) {
                const Input bit = Input{1} << measure::bit_of(i, n);
                expected.rises |= !f[x & ~bit] && f[x | bit];
                expected.falls |= f[x & ~bit] && !f[x | bit];
            }
            REQUIRE(shape.directions[i - 1] == expected);
        }
        bool symmetric = true;
        for (Input x = 0; x < f.size(); ++x)
            symmetric = symmetric && f[x] == f[static_cast<Input>((std::uint64_t{1} << std::popcount(x)) - 1)];
        REQUIRE(shape.by_weight.has_value() == symmetric);
    };
    on_random_functions(9, 80, check);
    const std::uint64_t seed = tests::seed();
    base::Random random(seed);
    for (unsigned n = 0; n <= 10; ++n) {
        const std::uint64_t values = random.bits();
        TruthTable symmetric = measure::tabulate(n, [&](Input x) { return (values >> std::popcount(x) & 1U) != 0; });
        check(symmetric);
        REQUIRE(measure::shape(symmetric).by_weight.has_value());
        const auto x = static_cast<Input>(random.below(symmetric.size()));
        symmetric.set(x, !symmetric[x]);
        check(symmetric);
    }
}

TEST_CASE("noise stability is the correlation with a noisy copy, and concentration the least level", "[analysis]") {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 40; ++round) {
        const TruthTable f = random_function(random, static_cast<unsigned>(random.below(6)));
        const unsigned n = f.variables();
        const auto levels = measure::levels(done(measure::spectrum(f, 1, {})), 1);
        std::vector<mpq_class> weights;
        for (const std::uint64_t w : levels.weight) {
            weights.emplace_back(mpz_class(static_cast<unsigned long>(w)), mpz_class(1) << (2 * n));
            weights.back().canonicalize();
        }
        mpq_class rho(static_cast<int>(random.below(21)) - 10, 10);
        rho.canonicalize();
        mpq_class expected = 0;
        for (Input x = 0; x < f.size(); ++x)
            for (Input flips = 0; flips < f.size(); ++flips) {
                mpq_class probability(1, static_cast<unsigned long>(f.size()));
                for (unsigned j = 0; j < n; ++j)
                    probability *= mpq_class((flips >> j & 1U) != 0 ? mpq_class(1 - rho) : mpq_class(1 + rho)) / 2;
                if (f[x] == f[x ^ flips]) expected += probability;
                else expected -= probability;
            }
        REQUIRE(measure::noise_stability(weights, rho) == expected);
        mpq_class outside(static_cast<int>(random.below(11)), 10);
        outside.canonicalize();
        const unsigned t = measure::concentration(weights, outside);
        const auto above = [&](unsigned level) {
            mpq_class sum = 0;
            for (std::size_t k = level + 1; k < weights.size(); ++k) sum += weights[k];
            return sum;
        };
        REQUIRE(above(t) <= outside);
        if (t > 0) REQUIRE(above(t - 1) > outside);
    }
}
