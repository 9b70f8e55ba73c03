#include "report/class_lattice.hpp"

#include <catch2/catch.hpp>

#include "xml.hpp"

using namespace attest;

TEST_CASE("the lattice of classes is XML with a box a class and a column a set of classes", "[report]") {
    const classify::Census census = classify::take_census(3, 2);
    const auto tree = tests::parsed(report::class_lattice(census).document());
    const auto& root = tree.get_child("svg");
    CHECK(root.get<std::string>("title") ==
          "1028 languages whose minimal automaton has 3 states over 2 letters, by classes");
    // The paper, the legend, the boxes and one more for all languages, the bars.
    CHECK(root.count("rect") == 2 + classify::class_count + 1 + census.by_classes.size());
    std::size_t members = 0;
    for (const auto& [in, languages] : census.by_classes)
        for (const bool is : in.in) members += is ? 1 : 0;
    CHECK(root.count("circle") == members);
}
