#pragma once

#include <cstdint>
#include <optional>

#include "checker/counting/program.hpp"
#include "checker/language/language.hpp"

namespace attest::checker {

/// A program beside a language, symbol by symbol (FORMAT.md, section 30.2): the program's steps, then those of the program
/// that says what the language is, if it has no automaton.
struct CountingSystem {
    std::vector<CountingStep> steps;  ///< operands, tests and counters are numbered on
    std::size_t tests = 0, counters = 0;
    std::size_t symbols = 0;               ///< of the program
    std::size_t own = 0;                   ///< so many steps are the program's own
    std::size_t symbol_counts = SIZE_MAX;  ///< from this step on symbols of the program are counted (section 39)
    std::size_t output = 0;                ///< a step: what the program says
    std::optional<std::size_t> meant;      ///< a step: what the language says; none: its automaton does
    std::vector<std::size_t> letters;      ///< by symbol of the program its number in the language's alphabet
    std::vector<bool> accepting;           ///< by state; one state where the language has no automaton
    std::vector<std::vector<std::uint32_t>> next;  ///< [state][symbol of the program]

    bool is_letter(std::size_t step, std::size_t symbol) const {
        const auto number = static_cast<std::size_t>(steps[step].number);
        return number == (step < own || step >= symbol_counts ? symbol : letters[symbol]);
    }
};

/// Shape   letters: for each symbol of the program its number in the language's alphabet
/// Throws  Defect for a language that is not regular and that no program says
CountingSystem counting_system(const CountingProgram& program, const Language& language,
                               const std::vector<std::size_t>& letters, Budget& budget);

/// Appends a count of each of the program's symbols.
void add_symbol_counts(CountingSystem& system, Budget& budget);

/// The text of the program that says what the language is; nothing for a language that has none here.
std::optional<std::string> program_of_language(const Language& language);

}  // namespace attest::checker
