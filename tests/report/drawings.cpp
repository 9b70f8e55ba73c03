// What is drawn of automata, cascades, layers, emergence and training, against what it was drawn from.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <regex>
#include <set>

#include "base/random.hpp"
#include "language/classify/classes.hpp"
#include "record/automaton.hpp"
#include "report/automaton_drawing.hpp"
#include "report/cascade_drawing.hpp"
#include "report/class_lattice.hpp"
#include "report/emergence_plot.hpp"
#include "report/layers_drawing.hpp"
#include "report/progress_plot.hpp"
#include "seed.hpp"
#include "studies/emergence.hpp"
#include "studies/sample.hpp"
#include "xml.hpp"

using namespace attest;
using report::Point;

namespace {

/// A drawing as its shapes.
struct Shapes {
    std::vector<Point> states;               ///< centres of filled circles
    std::vector<std::vector<Point>> arrows;  ///< points along each path
    std::size_t rings = 0;
    std::vector<std::string> texts;
};

double value(const boost::property_tree::ptree& element, const std::string& name) {
    return element.get<double>("<xmlattr>." + name);
}

/// Points along the cubics of a path.
std::vector<Point> along(const std::string& path) {
    std::vector<double> numbers;
    const std::regex number("-?[0-9.]+");
    for (std::sregex_iterator at(path.begin(), path.end(), number); at != std::sregex_iterator(); ++at)
        numbers.push_back(std::stod(at->str()));
    std::vector<Point> points;
    for (std::size_t k = 2; k + 5 < numbers.size(); k += 6)
        for (int step = 0; step <= 20; ++step) {
            const double t = step / 20.0, s = 1 - t;
            const auto at = [&](std::size_t c) {
                return s * s * s * numbers[k - 2 + c] + 3 * s * s * t * numbers[k + c] +
                       3 * s * t * t * numbers[k + 2 + c] + t * t * t * numbers[k + 4 + c];
            };
            points.push_back({at(0), at(1)});
        }
    return points;
}

Shapes shapes_of(const report::Svg& svg) {
    Shapes shapes;
    const auto tree = tests::parsed(svg.document());
    for (const auto& [name, element] : tree.get_child("svg")) {
        if (name == "circle" && element.get<std::string>("<xmlattr>.class").ends_with("fill"))
            shapes.states.push_back({value(element, "cx"), value(element, "cy")});
        else if (name == "circle") ++shapes.rings;
        else if (name == "path") shapes.arrows.push_back(along(element.get<std::string>("<xmlattr>.d")));
        else if (name == "text") shapes.texts.push_back(element.get_value<std::string>());
    }
    return shapes;
}

double distance(const Point& a, const Point& b) { return std::hypot(a.x - b.x, a.y - b.y); }

language::Dfa random_automaton(base::Random& random, std::size_t states, std::size_t letters) {
    const std::vector<std::string> symbols{"a", "b", "c"};
    const auto end = symbols.begin() + static_cast<std::ptrdiff_t>(letters);
    language::Dfa dfa{language::Alphabet({symbols.begin(), end}), 0, {}, {}};
    for (std::size_t q = 0; q < states; ++q) {
        dfa.accepting.push_back(random.chance(1, 2));
        auto& row = dfa.transition.emplace_back();
        for (std::size_t a = 0; a < letters; ++a)
            row.push_back(static_cast<language::Dfa::State>(random.below(states)));
    }
    return minimize(dfa);
}

void require_readable(const language::Dfa& dfa) {
    const auto svg = report::draw_automaton(record::automaton(dfa), dfa.alphabet.symbols(), "title");
    REQUIRE(svg);
    const Shapes shapes = shapes_of(*svg);
    std::size_t accepting = 0;
    std::set<std::pair<std::size_t, std::size_t>> arrows;
    for (std::size_t q = 0; q < dfa.size(); ++q) {
        accepting += dfa.accepting[q] ? 1 : 0;
        for (const auto to : dfa.transition[q]) arrows.emplace(q, to);
    }
    REQUIRE(shapes.states.size() == dfa.size());
    CHECK(shapes.rings == dfa.size() + accepting);
    REQUIRE(shapes.arrows.size() == arrows.size() + 1);  // one into the start
    for (std::size_t p = 0; p < dfa.size(); ++p)
        for (std::size_t q = 0; q < p; ++q) CHECK(distance(shapes.states[p], shapes.states[q]) > 50);
    std::size_t drawn = 0;
    for (const auto& [from, to] : arrows) {
        const std::vector<Point>& way = shapes.arrows[drawn++];
        CHECK(distance(way.front(), shapes.states[from]) < 22);
        CHECK(distance(way.back(), shapes.states[to]) < 22);
        for (const Point& point : way)
            for (std::size_t q = 0; q < dfa.size(); ++q)
                if (q != from && q != to) CHECK(distance(point, shapes.states[q]) > 19);
    }
    CHECK(distance(shapes.arrows.back().back(), shapes.states[dfa.start]) < 22);
}

}  // namespace

TEST_CASE("an automaton is drawn with every state and arrow, and no arrow goes through another state", "[report]") {
    base::Random random(tests::seed());
    for (std::size_t round = 0; round < 60; ++round)
        require_readable(random_automaton(random, 1 + random.below(9), 2 + round % 2));
}

TEST_CASE("what is no automaton, or has states that are not reached, is not drawn", "[report]") {
    const record::Automaton whole{2, 0, {1}, {{1}, {0}}};
    CHECK(report::draw_automaton(whole, {"a"}, "t"));
    CHECK(!report::draw_automaton(whole, {"a", "b"}, "t"));
    for (const record::Automaton& broken :
         {record::Automaton{2, 2, {1}, {{1}, {0}}}, record::Automaton{2, 0, {2}, {{1}, {0}}},
          record::Automaton{2, 0, {1}, {{1}, {2}}}, record::Automaton{2, 0, {1}, {{1}}},
          record::Automaton{2, 0, {1}, {{0}, {1}}}, record::Automaton{0, 0, {}, {}}})
        CHECK(!report::draw_automaton(broken, {"a"}, "t"));
}

TEST_CASE("a cascade is drawn with a box a set and a line a tile", "[report]") {
    const auto dfa = language::parse_regex("(a(ab)*b)*", language::Alphabet({"a", "b"}), "test");
    const auto cascade = record::cascade(dfa, 1);
    REQUIRE(cascade);
    std::size_t tiles = 0;
    for (const record::Cascade::Set& set : cascade->sets) {
        tiles += set.tiles.size();
        // What a register chooses from covers its set, and nothing else: the tiles together are the set.
        std::set<std::uint64_t> covered;
        for (const std::uint64_t tile : set.tiles)
            covered.insert(cascade->sets[tile].states.begin(), cascade->sets[tile].states.end());
        if (set.height > 0) CHECK(covered == std::set<std::uint64_t>(set.states.begin(), set.states.end()));
    }
    const auto svg = report::draw_cascade(*cascade, "t");
    REQUIRE(svg);
    const auto tree = tests::parsed(svg->document());
    CHECK(tree.get_child("svg").count("rect") == 1 + cascade->sets.size());  // the paper
    CHECK(tree.get_child("svg").count("polyline") == tiles);
    record::Cascade broken = *cascade;
    broken.sets.front().tiles.push_back(0);  // a set inside itself
    CHECK(!report::draw_cascade(broken, "t"));
}

TEST_CASE("a language has its place among the classes", "[report]") {
    classify::ClassVector in;
    in[classify::Class::star_free] = in[classify::Class::ac0] = in[classify::Class::solvable] = true;
    const Shapes shapes = shapes_of(report::class_place("L", in));
    CHECK(std::ranges::count(shapes.texts, "✓ in") == 4);  // regular too
    CHECK(std::ranges::count(shapes.texts, "✗ not in") == static_cast<long>(classify::class_count) - 3);
}

TEST_CASE("layers are drawn as so many plates as were asked about", "[report]") {
    record::Layers layers;
    layers.language = "L", layers.least = 2, layers.built = 2;
    for (const std::uint64_t k : {0, 1}) {
        auto& answer = layers.answers.emplace_back();
        answer.layers = k, answer.answer = "impossible", answer.words = {"a", "b"};
    }
    const auto svg = report::draw_layers(layers, "t");
    REQUIRE(svg);
    CHECK(tests::parsed(svg->document()).get_child("svg").count("rect") == 1 + 0 + 1 + 2);
    const Shapes shapes = shapes_of(*svg);
    CHECK(std::ranges::count(shapes.texts, "✗ too few") == 2);
    CHECK(std::ranges::count(shapes.texts, "✓ built") == 1);
    record::Build built;
    CHECK(!report::draw_stack(built, "t"));
    built.stack = {{1, 5}, {0, 3}};
    const auto stack = report::draw_stack(built, "t");
    REQUIRE(stack);
    CHECK(tests::parsed(stack->document()).get_child("svg").count("rect") == 1 + 2 * 2 + 2);
}

TEST_CASE("emergence is drawn where its exact values are, with an interval each sample", "[report]") {
    studies::Emergence found;
    found.model = {10, 3, 0};
    found.seed = 7, found.trials = 200, found.is_whole = true;
    for (const int tenths : {0, 4, 10}) {
        const exact::Rational recall(tenths, 10);
        auto& point = found.points.emplace_back();
        point.exact = *studies::at_recall(found.model, recall, {});
        point.sample = studies::sample(found.model, recall, found.trials, found.seed, {});
    }
    found.transition = transition(found.model, {});
    const record::Emergence record = record::emergence(found, 0);
    const report::EmergencePlot plot = report::emergence_plot(record);
    REQUIRE(plot.points.size() == 3);
    for (std::size_t k = 0; k < 3; ++k) {
        CHECK(std::abs(plot.points[k].legal - found.points[k].exact.legal.middle()) < 1e-9);
        REQUIRE(plot.points[k].reach_true_ends);
        CHECK(plot.points[k].reach_true_ends->first <= plot.points[k].reach_true_ends->second);
    }
    REQUIRE(plot.threshold);
    CHECK(std::abs(*plot.threshold - 1.0 / 3) < 1e-12);
    CHECK(shapes_of(report::draw_emergence(plot)).states.size() == 9);  // three curves
    CHECK(report::emergence_kind(record).starts_with("a continuous transition"));
    record::Emergence broken = record;
    broken.points[0].emit.ends = {record::Number{"7", false}};
    broken.degree = "1e400";
    CHECK(report::emergence_plot(broken).points.size() == 2);
    CHECK(report::emergence_plot(broken).limit.empty());
}

TEST_CASE("a training run is drawn with its phases, by epoch where all have one", "[report]") {
    record::Progress progress;
    progress.test_pairs = 100;
    for (const std::uint64_t epoch : {0, 500, 1000}) {
        auto& checkpoint = progress.checkpoints.emplace_back();
        checkpoint.file = "f", checkpoint.epoch = epoch;
        checkpoint.train_loss = checkpoint.test_loss = checkpoint.restricted_test_loss = 1e-3;
        checkpoint.excluded_loss = epoch == 0 ? 0 : 2;  // which has no logarithm
        checkpoint.test_right = epoch / 10;
    }
    progress.phases = {{"memorisation", "0", "500"}, {"cleanup", "500", "1000"}, {"of nothing", "7", "8"}};
    const auto plot = report::progress_plot(progress);
    REQUIRE(plot);
    CHECK(plot->at == std::vector<double>{0, 500, 1000});
    REQUIRE(plot->phases.size() == 2);
    CHECK(plot->phases[1].second == std::pair(500.0, 1000.0));
    CHECK(plot->shares[0].values == std::vector<double>{0, 0.5, 1});
    CHECK(shapes_of(report::draw_progress(*plot)).states.size() == 3 * 8 - 1);
    progress.checkpoints[1].epoch.reset();
    CHECK(report::progress_plot(progress)->at == std::vector<double>{1, 2, 3});
    progress.checkpoints.resize(1);
    CHECK(!report::progress_plot(progress));
}
