#include <catch2/catch.hpp>

#include "attest/measure/function/shape.hpp"
#include "attest/measure/function/transform.hpp"
#include "functions.hpp"
#include "measure/function/block_sensitivity.hpp"
#include "measure/function/subcubes.hpp"

// The table of the theory: functions whose measures are known.

using namespace attest;
using namespace attest::tests;

namespace {

struct Row {
    const char* name;
    unsigned s, scaled_average, bs, c, c_minimum, depth, degree;  // average sensitivity times 16
};

constexpr Row table[] = {{"PARITY_4", 4, 64, 4, 4, 4, 4, 4},
                         {"PARITY_6", 6, 96, 6, 6, 6, 6, 6},
                         {"AND_4", 4, 8, 4, 4, 1, 4, 4},
                         {"MAJ_3", 2, 24, 2, 2, 2, 3, 3},
                         {"MAJ_5", 3, 30, 3, 3, 3, 5, 5},
                         {"NAE_3", 3, 24, 3, 3, 2, 3, 2},
                         {"SORT_4", 2, 32, 3, 3, 3, 3, 2},
                         {"ADDR 2+4", 3, 32, 3, 3, 3, 3, 3},
                         {"AND_2 of OR_2", 2, 24, 2, 2, 2, 4, 4},
                         {"AND_3 of OR_2", 3, 27, 3, 3, 2, 6, 6},
                         {"OR_2 of AND_3", 3, 21, 3, 3, 2, 6, 6},
                         {"Kushilevitz_6", 6, 36, 6, 6, 4, 6, 3},
                         {"DYCK-1 on 6 brackets", 6, 15, 6, 6, 1, 6, 6},
                         {"EXACT_4,2", 4, 48, 4, 4, 3, 4, 4},
                         {"ORDERED_5", 4, 20, 4, 4, 2, 4, 4}};

}  // namespace

TEST_CASE("the golden table of measures comes out exactly", "[analysis]") {
    const std::vector<Named> functions = golden_functions();
    REQUIRE(functions.size() == std::size(table));
    for (std::size_t k = 0; k < functions.size(); ++k) {
        const Row& row = table[k];
        const TruthTable& f = functions[k].table;
        INFO(row.name);
        REQUIRE(functions[k].name == row.name);
        const measure::Sensitivity s = measure::sensitivity(f);
        std::uint64_t sum = 0;
        for (const std::uint64_t b : s.boundary) sum += b;
        CHECK(s.greatest().value == row.s);
        CHECK(sum * 16 == row.scaled_average * f.size());
        const auto c = std::get<measure::Certificates>(measure::certificates(f, {}));
        CHECK(c.greatest().value == row.c);
        CHECK(c.least.value == row.c_minimum);
        const auto b = measure::block_sensitivity(f, c.by_input, 1'000'000, {});
        CHECK(!b.unfinished);
        CHECK(b.lower() == row.bs);
        CHECK(std::get<unsigned>(measure::decision_tree_depth(f, {})) == row.depth);
        CHECK(std::get<unsigned>(measure::real_degree(f, 1, {})) == row.degree);
        CHECK(measure::levels(std::get<std::vector<std::int32_t>>(measure::spectrum(f, 1, {})), 1).degree() ==
              row.degree);
    }
}
