#include "language/classify/census.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "language/classify/inclusions.hpp"
#include "subjects.hpp"

using namespace attest;
using namespace attest::classify;

namespace {

using Row = std::vector<std::uint64_t>;

/// languages, J1, J, R, L, DA, C-RASP, R-omega, star-free, FOC, AC0, solvable, stutter, non-strict, star-free and FOC
Row row_of(const Census& c) {
    Row row{c.languages};
    for (const Class id :
         {Class::j1, Class::j_trivial, Class::r_trivial, Class::l_trivial, Class::da, Class::c_rasp, Class::r_omega,
          Class::star_free, Class::foc, Class::ac0, Class::solvable, Class::stutter, Class::non_strict})
        row.push_back(c.in(id));
    std::uint64_t both = 0;
    for (const auto& [in, languages] : c.by_classes)
        if (in[Class::star_free] && in[Class::foc]) both += languages;
    row.push_back(both);
    return row;
}

}  // namespace

TEST_CASE("Census: languages by class, two letters") {
    CHECK(row_of(take_census(1, 2)) == Row{2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2});
    CHECK(row_of(take_census(2, 2)) == Row{24, 6, 6, 6, 10, 10, 6, 6, 10, 12, 20, 24, 10, 10, 6});
    CHECK(row_of(take_census(3, 2)) == Row{1028, 4, 56, 60, 104, 108, 72, 72, 162, 120, 560, 1028, 20, 20, 36});
    const Census four = take_census(4, 2);
    CHECK(row_of(four) == Row{56014, 4, 784, 864, 1580, 1692, 1282, 1366, 3924, 1114, 19162, 56014, 104, 80, 356});
    CHECK(four.tables == 5248);
    CHECK(four.greatest_monoid == 176);
    CHECK(four.by_modulus ==
          std::map<std::uint64_t, std::uint64_t>{{1, 3924}, {2, 10392}, {3, 1802}, {4, 2612}, {6, 432}});
}

TEST_CASE("Census: languages by class, three letters") {
    CHECK(row_of(take_census(1, 3)) == Row{2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2});
    CHECK(row_of(take_census(2, 3)) == Row{112, 14, 14, 14, 38, 38, 14, 14, 38, 28, 76, 112, 38, 38, 14});
}

TEST_CASE("Census: languages by class, one letter") {
    const std::size_t languages[] = {2, 4, 12, 30, 78, 180, 432}, star_free[] = {2, 2, 4, 8, 16, 32, 64};
    for (std::size_t n = 1; n <= 7; ++n) {
        const Census c = take_census(n, 1);
        INFO(n);
        CHECK(c.languages == languages[n - 1]);
        CHECK(c.in(Class::star_free) == star_free[n - 1]);
        CHECK(c.in(Class::ac0) == c.languages);
        CHECK(c.in(Class::foc) == c.languages);
    }
}

TEST_CASE("Census: inclusions between classes") {
    for (std::size_t states = 1; states <= 4; ++states)
        for_each_table(states, 2, [&](const Table& table) {
            const ClassVector in = classify::classify(table).in;
            for (const auto& [small, large] : inclusions()) CHECK((!in[small] || in[large]));
            return true;
        });
}

TEST_CASE("Census: tables are all, once, and numbered by first visit") {
    const std::size_t tables[] = {1, 12, 216, 5248};
    for (std::size_t n = 1; n <= 4; ++n) {
        std::set<std::vector<State>> seen;
        for_each_table(n, 2, [&](const Table& table) {
            CHECK(seen.insert(table.next).second);
            return true;
        });
        CHECK(seen.size() == tables[n - 1]);
    }
    // What is minimal stays as it is.
    for_each_table(3, 2, [&](const Table& table) {
        const std::vector<std::uint32_t> minimal = minimal_acceptance(table);
        for (std::uint32_t accepting = 0; accepting < 8; ++accepting) {
            const bool expected = language::minimize(automaton_of(table, accepting)).size() == 3;
            CHECK(expected == (std::find(minimal.begin(), minimal.end(), accepting) != minimal.end()));
        }
        return true;
    });
}

TEST_CASE("Census: threads change nothing, and a limit ends it with what was counted") {
    const Census one = take_census(4, 2), two = take_census(4, 2, {}, 2);
    CHECK(one.by_classes == two.by_classes);
    CHECK(one.by_modulus == two.by_modulus);
    CHECK(one.tables == two.tables);
    std::atomic<bool> interrupted = false;
    base::Limits limits;
    limits.interrupted = &interrupted;
    const Census part = take_census(4, 2, limits, 1, [&](const Census&) { interrupted = true; });
    CHECK(part.stopped == base::Limit::interrupted);
    CHECK(part.tables == 256);
    CHECK(!one.stopped);
}

TEST_CASE("Census: five states, half a minute or so", "[.long]") {
    const Census five = take_census(5, 2);
    CHECK(five.tables == 160675);
    CHECK(five.languages == 3705306);
    CHECK(five.greatest_monoid == 2110);
    CHECK(five.in(Class::star_free) == 120810);
    CHECK(five.in(Class::foc) == 8210);
}
