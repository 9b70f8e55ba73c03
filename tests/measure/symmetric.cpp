#include "measure/function/symmetric.hpp"

#include <catch2/catch.hpp>

#include "attest/measure/function/shape.hpp"
#include "attest/measure/function/transform.hpp"
#include "functions.hpp"
#include "measure/function/block_sensitivity.hpp"
#include "measure/function/subcubes.hpp"

// Closed forms against the algorithms on truth tables, for every symmetric function of up to seven variables.

using namespace attest;
using namespace attest::tests;

namespace {

template <typename Sides>
void check_sides(const measure::SymmetricMeasures::Sides& found, const Sides& expected) {
    for (std::size_t v = 0; v < 2; ++v) {
        REQUIRE(found[v].has_value() == expected[v].has_value());
        if (found[v]) REQUIRE(found[v]->value == expected[v]->value);
    }
}

}  // namespace

TEST_CASE("closed forms of symmetric functions are what the truth table gives", "[analysis]") {
    for (unsigned n = 0; n <= 7; ++n)
        for (unsigned code = 0; code < 1U << (n + 1); ++code) {
            INFO("n " << n << ", values " << code);
            std::vector<bool> values;
            for (unsigned k = 0; k <= n; ++k) values.push_back((code >> k & 1U) != 0);
            const TruthTable f =
                measure::tabulate(n, [&](Input x) { return values[static_cast<std::size_t>(std::popcount(x))]; });
            const auto m = measure::symmetric_measures(values);
            const auto s = measure::sensitivity(f);
            check_sides(m.sensitivity, s.most);
            for (const std::uint64_t b : s.boundary) REQUIRE(m.boundary == b);
            REQUIRE(m.ones == f.count_ones());
            const auto c = std::get<measure::Certificates>(measure::certificates(f, {}));
            check_sides(m.certificates, c.most);
            REQUIRE(m.least_certificate.value == c.least.value);
            const auto b = measure::block_sensitivity(f, c.by_input, 1'000'000, {});
            for (std::size_t v = 0; v < 2; ++v) {
                REQUIRE(m.block_sensitivity[v].has_value() == b.sides[v].has_value());
                if (b.sides[v]) REQUIRE(m.block_sensitivity[v]->value == b.sides[v]->lower);
            }
            REQUIRE(m.decision_tree_depth == std::get<unsigned>(measure::decision_tree_depth(f, {})));
            REQUIRE(m.degree == std::get<unsigned>(measure::real_degree(f, 1, {})));
            REQUIRE(m.threshold_degree == measure::shape(f).sign_changes());
        }
}
