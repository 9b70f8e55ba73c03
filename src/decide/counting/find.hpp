#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "attest/decide/recognise/prove.hpp"
#include "attest/verdict/verdict.hpp"
#include "decide/counting/invariant.hpp"

namespace attest::counting {

/// Does a C-RASP program recognise the language at every length but 0?
struct Question {
    const programs::crasp::Program& program;
    const language::Language& language;
    std::vector<language::Symbol> meaning;  ///< of each symbol of the program
};

/// An invariant and the lines that show it, for the checker (FORMAT.md, section 30).
struct Proof {
    Invariant invariant;
    std::string lines;
    std::size_t counters = 0;
    std::string found_by;         ///< `cells`, `construction`, `words`, `spacer`
    bool counts_symbols = false;  ///< whether the last counters are those of with_symbol_counts

    std::size_t lists() const;
    std::size_t line_count() const;
};

/// What was found out: what attest found, not what is verified.
struct Outcome {
    std::variant<verdict::Undecided, Proof, decide::Counterexample> result;
    bool is_shortest = false;  ///< of a counterexample: none is shorter

    const verdict::Undecided* undecided() const { return std::get_if<verdict::Undecided>(&result); }
    const Proof* proof() const { return std::get_if<Proof>(&result); }
    const decide::Counterexample* counterexample() const { return std::get_if<decide::Counterexample>(&result); }
};

/// Searches words breadth first for one on which they differ, and then an invariant: the one of the construction, where the
/// program is built by it; else, of a program of counting depth 1, the one of how often symbols stand, or a word without which
/// there would be one; else one that the words suggest; else one that Spacer finds.
///
/// Gives   undecided as well where no invariant is found, at counting depth 2 or more: it is undecidable there
/// Throws  Unsupported as make_system, unless a word of at most 6 symbols shows that they differ
Outcome prove(const Question& question, const base::Limits& limits,
              const std::function<void(const std::string&)>& progress = {});

/// The invariant of the construction, where the program is the one that attest builds for the language's automaton.
std::optional<Proof> invariant_of_construction(const Question& question, const System& system,
                                               const base::Limits& limits);

/// The invariant that reached states suggest: what linear equations they fulfil, and how the counts that the program
/// compares lie, by state of the automaton, and if that is not enough by which counts are 0. What is not kept is dropped.
std::optional<Proof> invariant_of_words(const System& system, const std::vector<State>& reached,
                                        const base::Limits& limits);

/// What Spacer, within some effort, says holds of the counters, where that is linear, and steps keep it as our own cases show.
std::optional<Proof> invariant_of_spacer(const System& system, const base::Limits& limits);

}  // namespace attest::counting
