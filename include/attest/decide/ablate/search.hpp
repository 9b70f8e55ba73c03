#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/ablate/parts.hpp"
#include "attest/decide/ablate/switches.hpp"
#include "attest/language/alphabet.hpp"
#include "attest/verdict/verdict.hpp"

/// Which parts of a transformer does its answer need? The smallest sets that are enough.
namespace attest::ablate {

/// What is known of the transformer without some parts.
struct Trial {
    verdict::Answer answer = verdict::Answer::undecided;  ///< whether what is left is enough
    std::optional<language::Word> word;                   ///< on which it is not
    verdict::Undecided why;                               ///< if undecided
};

struct Question {
    std::vector<Part> parts;  ///< that may be taken away
    /// The transformer without some of them.
    std::function<network::Transformer(const std::vector<Part>& removed)> rest;
    /// What must be answered: whether the word is accepted.
    std::function<std::optional<bool>(const language::Word&)> expected;
    /// Decides about the transformer without these parts, with whatever evidence; gives a word where it is not enough.
    std::function<Trial(const std::vector<Part>& removed)> decide;
    std::int64_t length = 0;
    /// Looks quickly for a word on which the transformer without these parts is not enough, certainly so; gives nothing where
    /// it finds none, which says nothing. May be empty.
    std::function<std::optional<language::Word>(const std::vector<Part>& removed)> look = {};
    /// The smallest sets as a solver says, where that can be asked; may be empty.
    std::function<std::variant<SmallestSets, verdict::Undecided>()> by_solver = {};
};

/// How sets are gone through.
enum class Way {
    automatic,  ///< by size; where there are too many by a solver, and where that cannot be asked, by taking parts away
    sets,       ///< by size, or by taking parts away
    solver      ///< the solver, or nothing
};

struct Options {
    Way way = Way::automatic;
    /// Sets beyond this many parts are not gone through one by one.
    std::size_t most_parts = 16;
    std::function<void(const std::string&)> progress;
};

/// A set of parts that is enough, and for each of them a word that is answered wrongly without it.
struct Sufficient {
    std::vector<Part> kept;
    std::vector<std::optional<language::Word>> needs;  ///< by part of `kept`; none: not found out
};

struct Outcome {
    std::vector<Part> parts;  ///< all that the transformer has
    /// Of one size if `smallest`; else one, found by taking parts away.
    std::vector<Sufficient> sufficient;
    bool smallest = false;  ///< every smaller set is known not to be enough
    bool all = false;       ///< `sufficient` are all sets of their size
    /// Removed parts, and a word on which the rest is not enough: all sets smaller than the smallest, if `smallest`.
    std::vector<std::pair<std::vector<Part>, language::Word>> broken;
    std::optional<language::Word>
        wrong;  ///< on which the whole transformer is wrong already: then nothing was searched
    /// If a solver found the sets: each smaller one is wrong on one of these, as the solver says.
    std::optional<std::vector<language::Word>> by_solver;
    std::size_t asked = 0;   ///< sets about which all words were decided; the others one word settled
    verdict::Undecided why;  ///< what was not found out, and why
};

/// Goes through sets by size until some are enough. Words that broke one set are tried on the next before all words
/// are.
/// Being enough is not monotone: a part may be harmful. So all sets of a size are asked about.
///
/// Exact   yes: what is `sufficient` was decided by `decide`; words are replayed by the evaluator
/// Cost    at most 2^parts evaluations of a word, and one `decide` for each set that no word breaks
Outcome find_smallest(const Question& question, const Options& options, const base::Limits& limits);

}  // namespace attest::ablate
