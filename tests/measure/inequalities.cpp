#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "attest/circuit/builder.hpp"
#include "attest/compile/compile.hpp"
#include "attest/measure/function/measure.hpp"
#include "attest/programs/zoo.hpp"
#include "base/random.hpp"
#include "measure/function/bounds.hpp"
#include "seed.hpp"

// What theorems say of all functions, on many; what does not depend on how positions and values are named; and theorems
// that ask for a circuit.

using namespace attest;
using measure::Bound;
using measure::Input;
using measure::TruthTable;

namespace {

TruthTable random_table(base::Random& random, unsigned most) {
    const auto n = static_cast<unsigned>(random.below(most + 1));
    const std::uint64_t odds = 1 + random.below(15);
    return measure::tabulate(n, [&](Input) { return random.chance(odds, 16); });
}

measure::Measures measured(TruthTable table) {
    measure::Function f;
    f.variables = table.variables();
    f.table = std::move(table);
    return measure::measure(f, {}, {});
}

std::vector<exact::Rational> numbers(const measure::Measures& m) {
    std::vector<exact::Rational> all;
    for (const measure::Witnessed* w :
         {&m.sensitivity, &m.block_sensitivity, &m.certificate_complexity, &m.certificate_minimum})
        all.push_back(w->number.lower());
    for (const verdict::Measurement* number :
         {&m.average_sensitivity, &m.decision_tree_depth, &m.degree, &m.threshold_degree})
        all.push_back(number->lower());
    for (const auto& weight : m.level_weights) all.push_back(weight);
    return all;
}

/// A circuit of an AND for each set, and of an OR over these: a DNF without complements.
measure::Function dnf(unsigned n, const std::vector<std::vector<unsigned>>& terms) {
    circuit::Builder b(1 << 24);
    std::vector<circuit::Literal> x, ands;
    for (unsigned i = 0; i < n; ++i) x.push_back(b.add_input("x"));
    for (const auto& term : terms) {
        std::vector<circuit::Literal> in;
        for (const unsigned i : term) in.push_back(x[i]);
        ands.push_back(b.conjunction(in));
    }
    measure::Function f;
    f.variables = n;
    f.root = b.disjunction(ands);
    f.circuit = b.circuit();
    return f;
}

const Bound& row(const std::vector<Bound>& bounds, const std::string& source) {
    const auto found = std::find_if(bounds.rbegin(), bounds.rend(), [&](const Bound& b) { return b.source == source; });
    REQUIRE(found != bounds.rend());
    return *found;
}

}  // namespace

TEST_CASE("all inequalities hold and are seen to hold on thousands of random functions", "[query]") {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 3000; ++round) {
        INFO("round " << round);
        const measure::Measures m = measured(random_table(random, round % 50 == 0 ? 6 : 5));
        for (const Bound& b : measure::bounds(m, {})) {
            INFO(b.statement << ": " << b.here);
            REQUIRE(b.status == Bound::Status::holds);
        }
    }
}

TEST_CASE("measures do not depend on the order of positions nor on what 0 and 1 are called", "[query]") {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    for (int round = 0; round < 150; ++round) {
        INFO("round " << round);
        const TruthTable f = random_table(random, 5);
        const unsigned n = f.variables();
        std::vector<unsigned> order(n);
        std::iota(order.begin(), order.end(), 0);
        for (unsigned i = n; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
        const auto flips = static_cast<Input>(random.below(std::uint64_t{1} << n));
        const bool complement = random.chance(1, 2);
        const TruthTable g = measure::tabulate(n, [&](Input x) {
            Input y = 0;
            for (unsigned i = 0; i < n; ++i) y |= (x >> i & 1U) << order[i];
            return f[y ^ flips] != complement;
        });
        const measure::Measures a = measured(f), b = measured(g);
        REQUIRE(numbers(a) == numbers(b));
        std::vector<exact::Rational> left, right;
        for (unsigned i = 0; i < n; ++i) {
            left.push_back(a.influences[i].lower());
            right.push_back(b.influences[i].lower());
        }
        std::sort(left.begin(), left.end());
        std::sort(right.begin(), right.end());
        REQUIRE(left == right);
    }
}

TEST_CASE("models of the zoo have the same measures with a truth table and without, and hold the theorems", "[query]") {
    std::size_t measured_models = 0, read_at_markers = 0;
    for (const programs::ZooEntry& entry : programs::zoo()) {
        if (entry.kind != network::AttentionKind::hard) continue;
        for (const std::string& name : entry.examples) {
            const network::Transformer t = programs::zoo_model(name);
            if (t.alphabet.size() != 2) continue;
            for (const std::int64_t length : {2, 3, 5, 8}) {
                INFO(name << " at " << length);
                circuit::Builder builder(std::size_t{1} << 30);
                const compile::Inputs inputs(builder, t.alphabet, length);
                const auto compiled = compile::compile_model(builder, inputs, t, {}, {});
                REQUIRE(std::holds_alternative<compile::CompiledModel>(compiled));
                measure::Function f;
                f.variables = static_cast<unsigned>(length);
                f.circuit = builder.circuit();
                f.root = std::get<compile::CompiledModel>(compiled).accept;
                const measure::Measures with = measure::measure(f, {}, {});
                measure::MeasureOptions options;
                options.most_table_variables = 0;
                const measure::Measures without = measure::measure(f, options, {});
                REQUIRE(with.accepted_words.lower() == without.accepted_words.lower());
                REQUIRE(with.sensitivity.number.lower() == without.sensitivity.number.lower());
                REQUIRE(with.certificate_complexity.number.lower() == without.certificate_complexity.number.lower());
                REQUIRE(with.level_weights == without.level_weights);
                const auto bounds = measure::bounds(with, measure::origins(f, &t));
                for (const Bound& b : bounds) REQUIRE((b.status != Bound::Status::open));
                read_at_markers += static_cast<std::size_t>(std::count_if(
                    bounds.begin(), bounds.end(), [](const Bound& b) { return b.source == "hahn2020theoretical"; }));
                ++measured_models;
            }
        }
    }
    CHECK(measured_models >= 40);
    CHECK(read_at_markers >= 4);
}

TEST_CASE("without memory for a spectrum a decision diagram gives its weights", "[query]") {
    std::vector<std::vector<unsigned>> terms;
    for (unsigned i = 0; i < 18; i += 3) terms.push_back({i, i + 1, i + 2});
    const measure::Function f = dnf(18, terms);
    base::Limits little;
    little.memory_bytes = 1 << 19;
    const measure::Measures all = measure::measure(f, {}, {}), some = measure::measure(f, {}, little);
    REQUIRE(some.table);
    CHECK(!some.stopped);
    CHECK(some.level_weights == all.level_weights);
    CHECK(some.degree.is_exact());
}

TEST_CASE("the width of a circuit that is a DNF is held against the average sensitivity", "[query]") {
    const measure::Function f = dnf(6, {{0, 1, 2}, {2, 3}, {5}});
    const measure::Origins origins = measure::origins(f, nullptr);
    CHECK(origins.depth == 2);
    CHECK(origins.width == 3);
    const Bound& b = row(measure::bounds(measure::measure(f, {}, {}), origins), "amano2011tight");
    CHECK(b.status == Bound::Status::holds);
    CHECK(b.here.ends_with("<= 3"));
}

TEST_CASE("the bound on Fourier tails is vacuous on most circuits and holds on a long AND", "[query]") {
    const measure::Function small = dnf(6, {{0, 1, 2}, {2, 3}, {5}});
    CHECK(row(measure::bounds(measure::measure(small, {}, {}), measure::origins(small, nullptr)), "linial1993constant")
              .status == Bound::Status::vacuous);
    std::vector<unsigned> all(48);
    std::iota(all.begin(), all.end(), 0);
    const measure::Function conjunction = dnf(48, {all});
    const measure::Measures m = measure::measure(conjunction, {}, {});
    CHECK(row(measure::bounds(m, measure::origins(conjunction, nullptr)), "linial1993constant").status ==
          Bound::Status::holds);
    measure::Measures wrong = m;
    wrong.level_weights.assign(49, 0);
    wrong.level_weights.back() = 1;
    measure::Origins origins = measure::origins(conjunction, nullptr);
    CHECK_THROWS(measure::bounds(wrong, origins));
}

TEST_CASE("too many positions for subcubes: certificates and signs by a decision diagram", "[query]") {
    std::vector<std::vector<unsigned>> terms;
    for (unsigned i = 0; i < 18; i += 3) terms.push_back({i, i + 1, i + 2});
    const measure::Measures m = measure::measure(dnf(18, terms), {}, {});
    REQUIRE(m.table);
    const auto is = [](const std::optional<measure::Witnessed>& w, unsigned value) {
        return w && w->number.is_exact() && w->number.lower() == value;
    };
    CHECK(is(m.certificate_complexity_of[0], 6));
    CHECK(is(m.certificate_complexity_of[1], 3));
    CHECK(is(m.certificate_minimum, 3));
    CHECK(is(m.block_sensitivity, 6));
    CHECK(m.threshold_degree.upper() <= 3);
}
