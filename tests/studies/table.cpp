// The table of reported thresholds, counted.

#include <catch2/catch.hpp>

#include "shared_data.hpp"
#include "studies/emergence_table.hpp"

using namespace attest;
using exact::Rational;

TEST_CASE("Reported thresholds are counted: 5 of 22 rows between 1e21 and 1e23, 2 of 9 that are few-shot") {
    const auto file = tests::shared_data("wei/table1.json");
    if (!file) return;
    const studies::EmergenceTable table = studies::read_emergence_table(file->string());
    CHECK(table.rows.size() == 22);
    CHECK(table.median().get_d() == Approx(2.9e23));
    CHECK(table.least().get_d() == Approx(8.9e19));
    CHECK(table.greatest().get_d() == Approx(2.5e24));
    const auto shares = table.shares();
    const auto check = [&](std::size_t k, const std::string& among, std::size_t rows, std::size_t of) {
        CHECK(shares.at(k).among == among);
        CHECK(shares.at(k).rows == rows);
        CHECK(shares.at(k).of == of);
    };
    check(0, "all", 5, 22);
    check(1, "all", 15, 22);
    check(2, "all", 20, 22);
    check(3, "few-shot", 2, 9);
}
