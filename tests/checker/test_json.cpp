#include <catch2/catch.hpp>

#include "checker/core/json.hpp"
#include "checker_support.hpp"

using namespace checker_test;

TEST_CASE("What is asked of a JSON value of another kind is refused", "[checker]") {
    Budget budget = ample();
    const Json json = parse_json(R"({"list": [1], "text": "t", "null": null})", "f", budget);
    CHECK_THROWS_AS(json.text(), Defect);
    CHECK_THROWS_AS(json.find("text")->items(), Defect);
    CHECK_THROWS_AS(json.find("text")->members(), Defect);
    CHECK_THROWS_AS(json.find("text")->find("list"), Defect);
    CHECK_THROWS_AS(json.find("null")->text(), Defect);
    CHECK_THROWS_AS(json.find("list")->items()[0].items(), Defect);
    CHECK(json.find("list")->items().size() == 1);
}
