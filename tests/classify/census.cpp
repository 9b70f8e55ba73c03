#include "language/classify/census.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "subjects.hpp"

using namespace attest;
using namespace attest::classify;

namespace {

struct Count {
    std::size_t languages = 0, tables = 0, greatest_monoid = 0;
    std::map<Class, std::size_t> in;
    std::set<ClassVector> vectors;
    std::size_t star_free_stutter = 0, star_free_foc = 0;
    std::map<std::uint64_t, std::size_t> moduli;
};

Count count(std::size_t states, std::size_t letters) {
    Count c;
    for_each_table(states, letters, [&](const Table& table) {
        ++c.tables;
        const std::size_t languages = minimal_acceptance(table).size();
        if (languages == 0) return true;
        const Classification found = classify::classify(table);
        c.languages += languages;
        c.greatest_monoid = std::max(c.greatest_monoid, found.monoid);
        c.vectors.insert(found.in);
        for (const ClassInfo& info : classes())
            if (found.in[info.id]) c.in[info.id] += languages;
        if (found.in[Class::star_free] && found.in[Class::foc]) c.star_free_foc += languages;
        if (found.modulus) c.moduli[*found.modulus] += languages;
        return true;
    });
    return c;
}

using Row = std::vector<std::size_t>;

/// languages, J1, J, R, L, DA, C-RASP, R-omega, star-free, FOC, AC0, solvable, stutter, non-strict, star-free and FOC
Row row_of(const Count& c) {
    Row row{c.languages};
    for (const Class id :
         {Class::j1, Class::j_trivial, Class::r_trivial, Class::l_trivial, Class::da, Class::c_rasp, Class::r_omega,
          Class::star_free, Class::foc, Class::ac0, Class::solvable, Class::stutter, Class::non_strict})
        row.push_back(c.in.contains(id) ? c.in.at(id) : 0);
    row.push_back(c.star_free_foc);
    return row;
}

}  // namespace

TEST_CASE("Census: languages by class, two letters") {
    CHECK(row_of(count(1, 2)) == Row{2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2});
    CHECK(row_of(count(2, 2)) == Row{24, 6, 6, 6, 10, 10, 6, 6, 10, 12, 20, 24, 10, 10, 6});
    CHECK(row_of(count(3, 2)) == Row{1028, 4, 56, 60, 104, 108, 72, 72, 162, 120, 560, 1028, 20, 20, 36});
    const Count four = count(4, 2);
    CHECK(row_of(four) == Row{56014, 4, 784, 864, 1580, 1692, 1282, 1366, 3924, 1114, 19162, 56014, 104, 80, 356});
    CHECK(four.tables == 5248);
    CHECK(four.greatest_monoid == 176);
    CHECK(four.moduli == std::map<std::uint64_t, std::size_t>{{1, 3924}, {2, 10392}, {3, 1802}, {4, 2612}, {6, 432}});
}

TEST_CASE("Census: languages by class, three letters") {
    CHECK(row_of(count(1, 3)) == Row{2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2});
    CHECK(row_of(count(2, 3)) == Row{112, 14, 14, 14, 38, 38, 14, 14, 38, 28, 76, 112, 38, 38, 14});
}

TEST_CASE("Census: languages by class, one letter") {
    const std::size_t languages[] = {2, 4, 12, 30, 78, 180, 432}, star_free[] = {2, 2, 4, 8, 16, 32, 64};
    for (std::size_t n = 1; n <= 7; ++n) {
        Count c = count(n, 1);
        INFO(n);
        CHECK(c.languages == languages[n - 1]);
        CHECK(c.in[Class::star_free] == star_free[n - 1]);
        CHECK(c.in[Class::ac0] == c.languages);
        CHECK(c.in[Class::foc] == c.languages);
    }
}

TEST_CASE("Census: inclusions between classes") {
    constexpr std::pair<Class, Class> inclusions[] = {
        {Class::j1, Class::j_trivial},       {Class::j_trivial, Class::r_trivial}, {Class::j_trivial, Class::l_trivial},
        {Class::r_trivial, Class::da},       {Class::l_trivial, Class::da},        {Class::da, Class::star_free},
        {Class::r_trivial, Class::c_rasp},   {Class::c_rasp, Class::r_omega},      {Class::r_omega, Class::star_free},
        {Class::star_free, Class::ac0},      {Class::ac0, Class::solvable},        {Class::r_omega, Class::r_groups},
        {Class::non_strict, Class::stutter}, {Class::non_strict, Class::star_free}};
    for (std::size_t states = 1; states <= 4; ++states)
        for_each_table(states, 2, [&](const Table& table) {
            const ClassVector in = classify::classify(table).in;
            for (const auto& [small, large] : inclusions) CHECK((!in[small] || in[large]));
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
