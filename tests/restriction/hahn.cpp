#include "attest/decide/restriction/hahn.hpp"

#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/programs/zoo.hpp"
#include "base/random.hpp"
#include "definitions.hpp"
#include "random_model.hpp"
#include "seed.hpp"

using namespace attest;
using namespace attest::restriction;

TEST_CASE("Hahn's algorithm leaves the dependence that it says, on random models", "[restriction]") {
    const std::uint64_t seed = tests::seed();
    std::size_t fixed = 0, random_inputs = 0, reached = 0, depends = 0;
    for (std::uint64_t k = 0; k < 200; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 3000 + k);
        tests::RandomModelOptions shape;
        shape.symbols = 1 + random.below(3);
        shape.layers = random.below(4);
        shape.heads = 1 + random.below(2);
        const network::Transformer t = tests::random_model(random, shape);
        const auto length = static_cast<std::int64_t>(random.below(6));
        if (t.sequence_length(length) == 0) continue;
        HahnOptions options;
        options.k = 1 + random.below(3);
        options.eta = exact::Rational(1, 1 + random.below(4));
        options.seed = k;
        const HahnRun run = hahn_restriction(t, length, options, {});
        REQUIRE(run.stopped.empty());
        const TruthTable table = *restriction::tabulate(t, length, 1 << 12, {});
        CHECK(*run.depends_on == tests::matters(table, run.restriction, t.alphabet.size()));
        std::size_t spent = 0;
        for (const HahnLayer& l : run.layers) {
            CHECK(l.free_before - l.free_after == l.busy_inputs + l.forced_inputs + l.random_inputs);
            CHECK(l.satisfied_at_first <= l.satisfied_greedily);
            CHECK(l.satisfied_greedily <= l.satisfied);
            CHECK(l.satisfied <= l.heads);
            CHECK((l.attempts == 0) == (l.satisfied_greedily == l.heads));
            spent += l.free_before - l.free_after;
            random_inputs += l.random_inputs;
        }
        CHECK(spent == run.restriction.fixed_count());
        CHECK(hahn_restriction(t, length, options, {}).restriction == run.restriction);
        fixed += spent;
        depends += run.depends_on->size();
        reached += 1;
    }
    CHECK(reached > 150);
    CHECK(fixed > 0);
    CHECK(random_inputs > 0);
    CHECK(depends > 0);
}

TEST_CASE("Hahn's algorithm forces what many heads want", "[restriction]") {
    // In the second layer of tomita-7 most positions want the same neighbour's value: one round satisfies them all.
    HahnOptions options;
    options.k = 1;
    const HahnLayer layer = hahn_restriction(programs::zoo_model("tomita-7"), 10, options, {}).layers.at(1);
    CHECK(layer.satisfied_at_first < layer.heads);
    CHECK(layer.rounds == 1);
    CHECK(layer.forced_inputs == 2);
    CHECK(layer.satisfied_greedily == layer.heads);
    // On brackets stage 2 comes to positions that have no inputs left.
    for (std::size_t k = 1; k <= 3; ++k) {
        CAPTURE(k);
        options.k = k;
        const HahnRun run = hahn_restriction(programs::zoo_model("dyck-1-depth-3"), 14, options, {});
        CHECK(run.layers.at(1).rounds <= run.layers.at(1).forced_inputs);
    }
}

TEST_CASE("Hahn's algorithm on a model that all forgets fixes the one input that feeds every activation",
          "[restriction]") {
    const HahnRun run = hahn_restriction(programs::zoo_model("chiang-cholak-parity-hard"), 16, {}, {});
    REQUIRE(run.depends_on);
    CHECK(run.depends_on->empty());
    // Layer 1 copies the first symbol everywhere; nothing reads the copies.
    CHECK(run.layers.at(0).satisfied_at_first == run.layers.at(0).heads);
    CHECK(run.layers.at(1).busy_inputs == 1);
    CHECK(run.restriction.fixed_count() == 1);
    CHECK(run.restriction.fixed[0].has_value());
}

TEST_CASE("Hahn's algorithm stops where an activation has too many inputs", "[restriction]") {
    HahnOptions options;
    options.most_assignments = 16;
    const HahnRun run = hahn_restriction(programs::zoo_model("parity-tree-2-2"), 8, options, {});
    CHECK_FALSE(run.depends_on);
    CHECK(run.stopped.find("more inputs than are tabulated") != std::string::npos);
    CHECK_THROWS_AS(hahn_restriction(programs::zoo_model("average-parity"), 4, {}, {}), base::Unsupported);
}

TEST_CASE("the lemma's constants are those of the notes", "[restriction]") {
    struct Row {
        std::size_t heads;
        double eta, q, k, share, inputs, length;
    };
    // theory: 1.5, with delta = 0.1
    for (const Row& row : {Row{1, 0.05, 0.1, 39722, 0.801, 79445, 2311}, Row{1, 0.10, 0.2, 5498, 0.624, 10997, 1300},
                           Row{1, 0.20, 0.4, 761, 0.336, 1523, 871}, Row{1, 0.25, 0.5, 399, 0.225, 799, 845},
                           Row{2, 0.25, 0.5, 634, 0.225, 2537, 842}}) {
        CAPTURE(row.heads, row.eta);
        const HahnPromise promise = hahn_promise(row.heads, row.eta, row.q, 0.1);
        CHECK(promise.k == row.k);
        CHECK(promise.free_share == Approx(row.share).margin(0.0006));
        CHECK(promise.inputs == row.inputs);
        CHECK(promise.length == row.length);
        CHECK_FALSE(promise.says_something_at(64));
    }
    CHECK(hahn_promise(1, 0.25, 0.5, 0.1).says_something_at(3600));
    CHECK_FALSE(hahn_promise(1, 0.25, 0.5, 0.1).says_something_at(3500));
}
