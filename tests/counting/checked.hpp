#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "checker/counting/invariant.hpp"
#include "checker/language/language.hpp"
#include "decide/counting/find.hpp"

namespace attest::tests {

/// The checker's system for a program and a language of its alphabet.
inline checker::CountingSystem checkers_system(const std::string& text, const language::Dfa& automaton,
                                               checker::Budget& budget) {
    const checker::CountingProgram program = checker::read_counting_program(text, "program.crasp", budget);
    checker::Language language;
    checker::Automaton& same = language.automaton.emplace();
    same.symbols = automaton.alphabet.size();
    same.start = automaton.start;
    same.accepting = automaton.accepting;
    same.next = automaton.transition;
    std::vector<std::size_t> letters;
    for (std::size_t a = 0; a < same.symbols; ++a) letters.push_back(a);
    return checker::counting_system(program, language, letters, budget);
}

/// The checker takes what was found; throws Defect where it does not.
inline void check_found(const checker::CountingSystem& system, const counting::Invariant& invariant,
                        const std::string& lines, checker::Budget& budget) {
    const std::string text = counting::write_invariant(invariant);
    const checker::LinearInvariant read =
        checker::read_linear_invariant(text, system.next.size(), system.counters, budget);
    checker::check_base(read);
    checker::check_inductive(system, read, lines, budget);
}

inline checker::Budget large_budget() { return {20'000'000'000, 4'000'000'000}; }

}  // namespace attest::tests
