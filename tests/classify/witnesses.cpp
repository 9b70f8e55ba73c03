#include <catch2/catch.hpp>

#include "checker/language/outside.hpp"
#include "language/classify/census.hpp"
#include "language/classify/witness.hpp"
#include "subjects.hpp"

// Each no is some words, and the checker, which knows no monoid, sees on the automaton what they show.

using namespace attest;
using namespace attest::classify;

namespace {

checker::Language as_checker_reads(const language::Dfa& automaton) {
    checker::Language result;
    result.family = checker::Language::Family::automaton;
    result.alphabet = automaton.alphabet.symbols();
    checker::Automaton copy;
    copy.symbols = automaton.alphabet.size();
    copy.accepting = automaton.accepting;
    copy.next = automaton.transition;
    result.automaton = copy;
    return result;
}

checker::RuleEvidence as_checker_reads(const Witness& witness, const language::Alphabet& alphabet) {
    checker::RuleEvidence result;
    result.rule = witness.rule;
    for (const auto& [name, word] : witness.words) result.words[name] = alphabet.spell(word);
    for (const auto& [name, number] : witness.numbers) result.numbers[name] = number;
    result.states.assign(witness.states.begin(), witness.states.end());
    for (const auto& states : witness.classes) result.classes.emplace_back(states.begin(), states.end());
    for (const Combination& sum : witness.combinations) {
        checker::EdgeSum& copy = result.sums.emplace_back();
        copy.first = sum.first;
        copy.second = sum.second;
        for (const auto& edge : sum.edges) copy.edges.push_back({edge.from, alphabet.symbol(edge.letter), edge.times});
    }
    return result;
}

void check_all(const language::Dfa& automaton) {
    const Table table = table_of(automaton);
    const Monoid monoid(table);
    const Green g = green(monoid);
    const ClassVector in = classify::classify(table, monoid).in;
    const checker::Language language = as_checker_reads(automaton);
    for (const ClassInfo& info : classes()) {
        if (in[info.id]) continue;
        const Witness witness = find_witness(automaton, monoid, g, info.id);
        INFO(info.name << ": " << spell(witness, automaton.alphabet));
        checker::Budget budget(std::uint64_t{1} << 30, std::uint64_t{1} << 30);
        CHECK_NOTHROW(checker::check_rule(as_checker_reads(witness, automaton.alphabet), language, budget));
    }
}

}  // namespace

TEST_CASE("Witnesses: of each class in which a golden language is not") {
    for (const tests::GoldenRow& row : tests::golden_rows()) {
        INFO(row.name);
        check_all(row.automaton);
    }
}

TEST_CASE("Witnesses: of all languages of up to three states") {
    for (std::size_t states = 1; states <= 3; ++states)
        for_each_table(states, 2, [](const Table& table) {
            for (const std::uint32_t accepting : minimal_acceptance(table)) check_all(automaton_of(table, accepting));
            return true;
        });
}

TEST_CASE("Witnesses: of some languages of four states, and of three letters") {
    std::size_t number = 0;
    for_each_table(4, 2, [&](const Table& table) {
        const auto minimal = minimal_acceptance(table);
        if (number++ % 11 == 0 && !minimal.empty()) check_all(automaton_of(table, minimal[number % minimal.size()]));
        return true;
    });
    number = 0;
    for_each_table(3, 3, [&](const Table& table) {
        const auto minimal = minimal_acceptance(table);
        if (number++ % 29 == 0 && !minimal.empty()) check_all(automaton_of(table, minimal[number % minimal.size()]));
        return true;
    });
}

TEST_CASE("Witnesses: none where the language is in the class") {
    const language::Dfa automaton = tests::minimal_automaton("regex:.*a.*");
    const Monoid monoid(table_of(automaton));
    const Green g = green(monoid);
    for (const Class id : {Class::j1, Class::r_trivial, Class::l_trivial, Class::da, Class::r_groups, Class::star_free,
                           Class::ac0, Class::foc, Class::stutter, Class::solvable, Class::c_rasp})
        CHECK_THROWS(find_witness(automaton, monoid, g, id));
}
