#include "report/svg.hpp"

#include <catch2/catch.hpp>

#include "xml.hpp"

using namespace attest::report;
using attest::tests::parsed;

TEST_CASE("a drawing is XML that says what it shows", "[report]") {
    Svg svg(200, 100, "a < b & \"c\"", "it's > 0");
    svg.rectangle({1, 2}, 30, 40, "a", "tip <1>");
    svg.circle({5, 5}, 2.5, "b-soft");
    svg.line({0, 0}, {10, -0.001}, "grid");
    svg.polyline({{0, 0}, {1, 1}, {2, 0.333}}, "c");
    svg.polygon({{0, 0}, {1, 1}, {2, 0}}, "d-soft");
    svg.text({3, 4}, "x₁ = <1>", "ink", Anchor::middle);
    const auto tree = parsed(svg.document());
    const auto& root = tree.get_child("svg");
    CHECK(root.get<std::string>("title") == "a < b & \"c\"");
    CHECK(root.get<std::string>("desc") == "it's > 0");
    CHECK(root.get<std::string>("<xmlattr>.viewBox") == "0 0 200 100");
    CHECK(root.get<std::string>("text") == "x₁ = <1>");
    CHECK(root.get<std::string>("line.<xmlattr>.y2") == "0");
    CHECK(root.get<std::string>("polyline.<xmlattr>.points") == "0,0 1,1 2,0.33");
    CHECK(root.get<std::string>("circle.<xmlattr>.class") == "b-soft fill");
    CHECK(root.count("rect") == 2);  // the paper, and ours
}

TEST_CASE("every role of a drawing has a colour for light, dark and paper", "[report]") {
    const std::string document = Svg(1, 1, "t", "d").document();
    for (const std::string role : {"ink", "muted", "grid", "a", "b", "c", "d", "e", "f", "a-soft", "f-soft"}) {
        CAPTURE(role);
        std::size_t found = 0;
        for (std::size_t at = 0; (at = document.find("--" + role + ":#", at)) != std::string::npos; ++at) ++found;
        CHECK(found == 3);
        CHECK(document.find("." + role + ".fill") != std::string::npos);
    }
}
