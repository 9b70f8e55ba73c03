#include <catch2/catch.hpp>
#include <chrono>

#include "subjects.hpp"

using namespace attest;
using namespace attest::tests;
using classify::Class;

TEST_CASE("Classes: the golden table, whole, in under a second") {
    const auto begin = std::chrono::steady_clock::now();
    constexpr Class columns[] = {Class::r_trivial, Class::l_trivial, Class::j_trivial, Class::da,  Class::star_free,
                                 Class::r_groups,  Class::r_omega,   Class::c_rasp,    Class::ac0, Class::solvable,
                                 Class::stutter,   Class::foc,       Class::j1};
    REQUIRE(golden_rows().size() == 32);
    for (const GoldenRow& row : golden_rows()) {
        INFO(row.name);
        const classify::Table table = classify::table_of(row.automaton);
        const classify::Monoid monoid(table);
        const classify::Classification found = classify::classify(table, monoid);
        const auto stable = classify::stability(monoid);
        REQUIRE(stable);
        CHECK(found.states == row.states);
        CHECK(found.monoid == row.monoid);
        CHECK(stable->index == row.stability);
        CHECK(stable->semigroup == row.semigroup);
        CHECK(found.largest_group == row.group);
        std::string classes;
        for (const Class c : columns) classes += found.in[c] ? 'T' : '.';
        CHECK(classes == row.classes);
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    CHECK(seconds.count() < 1);
}

TEST_CASE("Classes: the least moduli of the golden table") {
    const std::pair<const char*, std::uint64_t> moduli[] = {
        {"regex:(aa)*", 2}, {"regex:(abab)*", 4}, {"tomita:3", 2}, {"regex:(aa|bb)*", 2}, {"regex:((a|b)(a|b))*", 2}};
    for (const GoldenRow& row : golden_rows()) {
        INFO(row.name);
        std::uint64_t expected = 1;
        for (const auto& [name, modulus] : moduli)
            if (row.name == name) expected = modulus;
        const auto found = classify::classify(classify::table_of(row.automaton)).modulus;
        if (row.classes[8] == '.') CHECK_FALSE(found);
        else CHECK(found == expected);
    }
}
