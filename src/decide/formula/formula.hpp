#pragma once

#include <cstdint>
#include <functional>
#include <optional>
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

/// That no numbers of symbols at residues tell the formula from what the language is: another formula, which is closed, or
/// majority.
struct Eliminated {
    std::optional<programs::foc::Program> other;
};

struct Difference {
    language::Word word;
    bool holds = false;  ///< the formula, and the language does not say the same
};

/// What was found out: what attest found, not what is verified.
struct Outcome {
    std::variant<verdict::Undecided, Exhausted, Closed, Eliminated, Difference> result;

    const verdict::Undecided* undecided() const { return std::get_if<verdict::Undecided>(&result); }
    const Exhausted* exhausted() const { return std::get_if<Exhausted>(&result); }
    const Closed* closed() const { return std::get_if<Closed>(&result); }
    const Eliminated* eliminated() const { return std::get_if<Eliminated>(&result); }
    const Difference* difference() const { return std::get_if<Difference>(&result); }
};

/// At one length.
///
/// Gives   undecided where a limit was exceeded
/// Throws  Unsupported beyond 2^20 vectors, for a language without an automaton beyond 2^22 words, and as foc::normal_form;
///         InternalError if a difference does not replay
/// Cost    O(vectors · symbols · states) a position
Outcome prove_at(const Question& question, std::size_t length, const base::Limits& limits);

/// At every length from `from` on, 0 or 1: by pairs of states; where they are too many, or for majority, by eliminating the numbers of
/// symbols, and if these tell formula and language apart, by words length by length.
///
/// Gives   a shortest difference; undecided where a limit was exceeded, or words that tell apart are too long to be found
/// Throws  Unsupported for a language that is neither regular nor majority where no short word tells it apart, and as
///         foc::normal_form; InternalError if a difference does not replay
/// Cost    O(states · symbols · atoms)
Outcome prove_everywhere(const Question& question, std::size_t from, const base::Limits& limits);

/// Throws  InternalError unless formula and language differ on the word, by their definitions
Difference replayed(const Question& question, language::Word word);

}  // namespace attest::formula
