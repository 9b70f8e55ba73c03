#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/language/language.hpp"
#include "programs/crasp/program.hpp"

namespace attest::counting {

/// A step of a program whose names are replaced by what they stand for; operands are steps before it.
struct Step {
    using Kind = programs::crasp::Node::Kind;
    Kind kind = Kind::constant;
    std::int64_t number = 0;
    std::uint32_t left = 0, right = 0, condition = 0;
    std::uint32_t test = 0;     ///< its number from 1; 0: it is none
    std::uint32_t counter = 0;  ///< of `before`: its number from 0

    bool is_comparison() const { return kind == Kind::less || kind == Kind::less_equal || kind == Kind::equal; }
    /// Of a comparison and what compares: false and true, or less, equal and greater; of others false and true.
    int outcomes() const { return kind == Kind::equal ? 3 : 2; }
};

/// A program and a language, read side by side (FORMAT.md, section 30.2).
struct System {
    std::vector<Step>
        steps;  ///< the program's; then, for a language without automaton, those of the program that says it
    std::vector<std::uint32_t> tests;  ///< the steps that are tests, in order
    std::uint32_t counters = 0;
    std::size_t own = 0;  ///< so many steps are the program's
    std::size_t symbol_counts =
        SIZE_MAX;  ///< from this step on, symbols of the program are counted (with_symbol_counts)
    std::uint32_t output = 0;
    std::optional<std::uint32_t> meant;  ///< the step that says what the language says; none: its automaton does
    std::size_t symbols = 0;
    std::vector<language::Symbol> letters;  ///< by symbol of the program
    std::vector<bool> accepting;            ///< by state of the automaton; one state where there is none
    std::vector<std::vector<std::uint32_t>> next;

    bool is_letter(std::size_t step, std::size_t symbol) const {
        const auto number = static_cast<std::size_t>(steps[step].number);
        return number == (step < own || step >= symbol_counts ? symbol : letters[symbol]);
    }
};

/// meaning  for each symbol of the program its number in the language's alphabet
/// Throws   Unsupported for a program with #>[…], and for a language that is neither regular nor one that counts say here:
///          majority, anbn, anbncn, dyck:1, shuffle:K
System make_system(const programs::crasp::Program& program, const language::Language& language,
                   const std::vector<language::Symbol>& meaning);

/// The same of the language of a complete automaton.
System make_system(const programs::crasp::Program& program, const language::Dfa& automaton,
                   const std::vector<language::Symbol>& meaning);

/// A program beside the language of all words over its alphabet.
System make_system(const programs::crasp::Program& program);

/// The same system, which counts each symbol of the program besides: its last counters (FORMAT.md, section 39).
System with_symbol_counts(System system);

/// The text of the program that says what a language is; nothing for one that has none.
std::optional<std::string> text_of_language(const language::Language& language);

/// What a program and a language are in the middle of a word.
struct State {
    std::uint32_t automaton = 0;
    std::vector<std::int64_t> counters;

    auto operator<=>(const State&) const = default;
};

struct Answers {
    bool program = false, language = false;
};

/// Reads one more symbol.
/// Throws  Unsupported where a count leaves 64 bits
Answers read_symbol(const System& system, State& state, language::Symbol symbol);

}  // namespace attest::counting
