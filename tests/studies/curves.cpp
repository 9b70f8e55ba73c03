// The curves of the toy model: by formula, by going through all digraphs, by another recursion, and against published figures.

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "digraphs.hpp"
#include "seed.hpp"
#include "studies/distances.hpp"
#include "studies/reach.hpp"
#include "studies/sample.hpp"
#include "studies/toy_model.hpp"
#include "trials.hpp"

using namespace attest;
using exact::Ball;
using exact::Rational;

namespace {

/// f_t(d) = P(alive after t vertices were processed, d were found): O(n³), and positive, too.
Rational reach_by_search(std::size_t nodes, const Rational& p) {
    std::vector<Rational> alive(nodes + 1, 0);
    alive[1] = 1;
    Rational mean = 0;
    for (std::size_t t = 1; t <= nodes; ++t) {
        std::vector<Rational> next(nodes + 1, 0);
        for (std::size_t d = t; d <= nodes; ++d)
            for (std::size_t more = 0; more <= nodes - d; ++more) {
                mpz_class ways;
                mpz_bin_uiui(ways.get_mpz_t(), nodes - d, more);
                Rational chance = alive[d] * ways;
                for (std::size_t k = 0; k < nodes - d; ++k) chance *= k < more ? p : Rational(1 - p);
                next[d + more] += chance;
            }
        mean += static_cast<unsigned long>(t) * next[t];  // nobody is left to be processed: t were found in all
        next[t] = 0;
        alive = std::move(next);
    }
    return (mean - 1) / static_cast<unsigned long>(nodes - 1);
}

std::vector<tests::PairState> edge_or_none(const Rational& p) {
    return {{true, true, p}, {false, false, Rational(1 - p)}};
}

Rational random_chance(base::Random& random) {
    Rational chance(static_cast<unsigned long>(random.below(50)), 49);
    chance.canonicalize();
    return chance;
}

Rational total(const std::vector<Rational>& sizes, const Rational& r) {
    Rational sum = 0, power = 1;
    for (const Rational& size : sizes) sum += (power *= r) * size;
    return sum / static_cast<unsigned long>(sizes.size());
}

}  // namespace

TEST_CASE("What a vertex reaches, and in which layers, is what all digraphs say") {
    for (const std::size_t nodes : {2U, 3U, 4U})
        for (const Rational& p : {Rational(0), Rational(1, 4), Rational(1, 2), Rational(5, 7), Rational(1)}) {
            INFO(nodes << " vertices, " << p.get_str());
            std::vector<Rational> sizes(nodes, 0), layers(nodes - 1, 0);
            Rational reached = 0;
            tests::for_all_digraphs(nodes, edge_or_none(p), [&](const tests::Digraph& graph, const Rational& chance) {
                const std::vector<std::size_t> distance = graph.distances(false);
                std::size_t found = 0;
                for (const std::size_t d : distance)
                    if (d > 0) ++found, layers[d - 1] += chance;
                sizes[found] += chance;
                if (distance[1] > 0) reached += chance;
            });
            CHECK(studies::reach_sizes(nodes, p) == sizes);
            CHECK(studies::reach(nodes, p) == reached);
            CHECK(studies::layer_sizes(nodes, p) == layers);
        }
}

TEST_CASE("Legal answers are what all truths with all models say, whatever rule breaks ties") {
    // Three vertices: each pair is true and known, true and unknown, false and believed, or nothing.
    const studies::ToyModel model{3, Rational(6, 5), Rational(3, 4)};
    for (const Rational& recall : {Rational(0), Rational(2, 5), Rational(1)}) {
        INFO("recall " << recall.get_str());
        const Rational p = model.edge(), false_edge = model.hallucination / 3;
        const std::vector<tests::PairState> states = {{true, true, Rational(p * recall)},
                                                      {false, false, Rational(p * (1 - recall))},
                                                      {true, false, Rational((1 - p) * false_edge)},
                                                      {false, false, Rational((1 - p) * (1 - false_edge))}};
        Rational reach_true = 0, emit = 0, legal = 0;
        tests::for_all_digraphs(3, states, [&](const tests::Digraph& graph, const Rational& chance) {
            if (graph.distances(true)[1] > 0) reach_true += chance;
            if (graph.distances(false)[1] > 0) emit += chance;
            if (graph.answers_well()) legal += chance;
        });
        const auto point = studies::at_recall(model, recall, {});
        REQUIRE(point);
        CHECK(point->fractions == std::vector<Rational>{reach_true, emit, legal});
        CHECK(point->reach_true.contains(reach_true));
        CHECK(point->emit.contains(emit));
        CHECK(point->legal.contains(legal));
    }
    // Four vertices: each pair is a good edge of the model, a bad one, or none.
    const Rational edge(2, 5), good(3, 4);
    Rational legal = 0;
    tests::for_all_digraphs(4,
                            {{true, true, Rational(edge * good)},
                             {true, false, Rational(edge * (1 - good))},
                             {false, false, Rational(1 - edge)}},
                            [&](const tests::Digraph& graph, const Rational& chance) {
                                legal += graph.answers_well() ? chance : Rational(0);
                            });
    CHECK(total(studies::layer_sizes(4, edge), good) == legal);
}

TEST_CASE("Published values of reach come out") {
    CHECK(studies::reach(3, Rational(1, 2)) == Rational(5, 8));
    CHECK(studies::reach(4, Rational(1, 2)) == Rational(3, 4));
    CHECK(studies::reach(5, Rational(1, 2)) == Rational(437, 512));
    CHECK(studies::reach(4, Rational(1, 4)) == Rational(725, 2048));
    CHECK(studies::reach(6, Rational(1, 3)) == Rational(3296441, 4782969));
    CHECK(studies::layer_sizes(4, Rational(1, 2)) ==
          std::vector<Rational>{Rational(3, 2), Rational(21, 32), Rational(3, 32)});
    const auto near = [](std::size_t nodes, const Rational& p) { return studies::reach(nodes, p, 128, {})->middle(); };
    CHECK(near(10, Rational(1, 5)) == Approx(.642717593924).epsilon(1e-11));
    CHECK(near(100, Rational(1, 100)) == Approx(.064495659602).epsilon(1e-10));
    CHECK(near(100, Rational(2, 100)) == Approx(.626644654617).epsilon(1e-11));
    // Gilbert's recursion, which subtracts, gives -7e11 here at 60 digits.
    CHECK(near(400, Rational(1, 400)) * std::pow(400, 2.0 / 3) == Approx(1.535).epsilon(1e-3));
}

TEST_CASE("Two recursions agree, and balls and doubles hold what fractions say") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    for (std::uint64_t k = 0; k < tests::trials(40); ++k) {
        const std::size_t nodes = 2 + random.below(8);
        const Rational p = random_chance(random), r = random_chance(random);
        INFO(nodes << " vertices, p = " << p.get_str() << ", r = " << r.get_str());
        const Rational exact = studies::reach(nodes, p);
        CHECK(exact == reach_by_search(nodes, p));
        CHECK(studies::reach(nodes, p, 128, {})->contains(exact));
        const std::vector<Rational> layers = studies::layer_sizes(nodes, p);
        CHECK(total(layers, 1) == exact);
        const auto found = studies::distances(nodes, p, r, {});
        REQUIRE(found);
        CHECK(found->reached.contains(exact));
        CHECK(found->intact.contains(total(layers, r)));
        if (exact == 0) continue;
        Rational length = 0;
        for (std::size_t l = 1; l <= layers.size(); ++l) length += static_cast<unsigned long>(l) * layers[l - 1];
        CHECK(found->length.contains(Rational(length / (exact * static_cast<unsigned long>(nodes - 1)))));
        CHECK(found->intact.upper() - found->intact.lower() < Rational(1, 1000000000));
    }
}

TEST_CASE("The table of five models comes out to six digits") {
    struct Row {
        std::size_t nodes;
        Rational degree, recall, hallucination;
        double reach_true, emit, legal, length;
    };
    const Row rows[] = {{20, 3, Rational(1, 2), Rational(1, 2), .374685, .582352, .289444, 3.094464},
                        {40, 3, Rational(1, 3), Rational(1, 10), .108270, .139233, .103763, 3.525168},
                        {40, 3, Rational(4, 5), Rational(1, 10), .765511, .790875, .688706, 3.710469},
                        {40, 3, Rational(4, 5), Rational(1, 2), .765511, .866653, .490978, 3.399182},
                        {60, 2, Rational(9, 10), Rational(3, 10), .515079, .660447, .344481, 4.691709}};
    for (const Row& row : rows) {
        INFO(row.nodes << " vertices, recall " << row.recall.get_str());
        const auto point = studies::at_recall({row.nodes, row.degree, row.hallucination}, row.recall, {});
        REQUIRE(point);
        CHECK(point->reach_true.middle() == Approx(row.reach_true).margin(6e-7));
        CHECK(point->emit.middle() == Approx(row.emit).margin(6e-7));
        CHECK(point->legal.middle() == Approx(row.legal).margin(6e-7));
        CHECK(point->length.middle() == Approx(row.length).margin(6e-7));
    }
}

TEST_CASE("Samples, which know no formula, agree with the curves") {
    INFO("seed " << tests::seed());
    for (const studies::ToyModel& model : {studies::ToyModel{20, 3, Rational(1, 2)}, studies::ToyModel{40, 3, 0},
                                           studies::ToyModel{5, 5, 0}, studies::ToyModel{6, 2, 6}})
        for (const Rational& recall : {Rational(1, 3), Rational(4, 5), Rational(1)}) {
            INFO(model.nodes << " vertices, recall " << recall.get_str());
            const auto point = studies::at_recall(model, recall, {});
            const auto drawn = studies::sample(model, recall, 20000, tests::seed(), {});
            REQUIRE((point && drawn));
            const auto holds = [](const studies::Frequency& f, const Ball& exact) {
                // Once in a million would be bad luck.
                const measure::Interval wide = measure::clopper_pearson(f.successes, f.trials, mpq_class(1, 1000000));
                return wide.lower <= exact.lower() && exact.upper() <= wide.upper;
            };
            CHECK(holds(drawn->reach_true, point->reach_true));
            CHECK(holds(drawn->emit, point->emit));
            CHECK(holds(drawn->legal, point->legal));
            const auto again = studies::sample(model, recall, 20000, tests::seed(), {});
            CHECK(again->legal.successes == drawn->legal.successes);
        }
}
