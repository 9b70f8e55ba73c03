#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/language/language.hpp"
#include "attest/verdict/verdict.hpp"
#include "programs/foc/program.hpp"

namespace attest::formula {

/// Does the formula define the language?
struct Question {
    const programs::foc::Program& program;
    const language::Language& language;
    std::vector<language::Symbol> meaning;  ///< of each symbol of the formula
};

/// All words of one length have been answered for.
struct Exhausted {
    std::uint64_t vectors = 0;  ///< of how often each symbol stands at each residue
};

/// That in no pair of states that words lead to the formula says otherwise than the language.
struct Closed {
    std::uint64_t states = 0;
};

struct Difference {
    language::Word word;
    bool holds = false;  ///< the formula, and the language does not say the same
};

/// What was found out: what attest found, not what is verified.
struct Outcome {
    std::variant<verdict::Undecided, Exhausted, Closed, Difference> result;

    const verdict::Undecided* undecided() const { return std::get_if<verdict::Undecided>(&result); }
    const Exhausted* exhausted() const { return std::get_if<Exhausted>(&result); }
    const Closed* closed() const { return std::get_if<Closed>(&result); }
    const Difference* difference() const { return std::get_if<Difference>(&result); }
};

/// At one length.
///
/// Gives   undecided where a limit was exceeded
/// Throws  Unsupported beyond 2^20 vectors, for a language without an automaton beyond 2^22 words, and as foc::normal_form;
///         InternalError if a difference does not replay
/// Cost    O(vectors · symbols · states) a position
Outcome prove_at(const Question& question, std::size_t length, const base::Limits& limits);

/// At every length from `from` on, 0 or 1.
///
/// Gives   a shortest difference; undecided where a limit was exceeded, or there are more than 2^20 pairs of states, as when the
///         formula compares counts whose difference has no bound
/// Throws  Unsupported for a language without an automaton, and as foc::normal_form; InternalError if a difference does not replay
/// Cost    O(states · symbols · atoms)
Outcome prove_everywhere(const Question& question, std::size_t from, const base::Limits& limits);

/// Throws  InternalError unless formula and language differ on the word, by their definitions
Difference replayed(const Question& question, language::Word word);

}  // namespace attest::formula
