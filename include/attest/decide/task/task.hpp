#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "attest/exact/rational.hpp"
#include "attest/language/task.hpp"
#include "attest/network/program.hpp"
#include "attest/verdict/verdict.hpp"

/// Does a program, or a model that answers with classes, compute a task on all words of a length, and if not, on how many does
/// it fail?
namespace attest::task {

struct Question {
    const network::Program& program;
    const language::Task& task;
    std::int64_t length = 0;
};

/// How all words are gone through.
enum class Method {
    automatic,  ///< one by one where they are few, else by prefixes, else by a circuit
    words,      ///< one by one
    prefixes,   ///< by what prefixes leave open, each such state once
    circuit     ///< program and task as one circuit, and a solver
};

struct Options {
    Method method = Method::automatic;
    std::uint64_t most_words = std::uint64_t{1} << 22;  ///< that are evaluated
    std::size_t most_states = 1 << 18;                  ///< of prefixes of one length; more are taken by regions
    bool count = false;                                 ///< all mistakes; else the first one is enough
    std::size_t shown = 10;                             ///< mistakes that are kept
    std::size_t most_listed = 1000;                     ///< mistakes that a solver lists, each of which it finds
    logic::BackEnd back_end = logic::BackEnd::cadical;
    std::uint64_t seed = 0;
    std::function<void(const std::string&)> progress;  ///< told what is being done; may be empty
};

/// A word on which the network answers otherwise at some position; replayed by the definition.
struct Mistake {
    language::Word word;
    std::vector<std::string> expected,
        actual;  ///< at each position of the word; of a model that is read once, one text

    std::size_t position() const;  ///< the first at which they differ, from 1
};

/// The margin of a word is the least, over the positions at which a model with classes answers, of the logit of the class that
/// is asked for less the greatest of the others: positive where the model is right, negative where it is wrong.
struct LeastMargin {
    exact::Rational least;  ///< that of no word is less
    exact::Rational most;   ///< that of this word is not greater
    language::Word word;

    /// Both as decimals of six digits, rounded outwards.
    std::string least_text() const;
    std::string most_text() const;
};

struct Outcome {
    verdict::Undecided why;                             ///< reason `none`: decided
    Method by = Method::words;                          ///< how they were gone through
    std::uint64_t words = 0;                            ///< that were evaluated, one by one or with others
    std::uint64_t states = 0;                           ///< by prefixes: that were followed
    std::uint64_t wrong = 0;                            ///< of these; all there are where they were counted
    std::vector<Mistake> first;                         ///< in the order of words
    std::vector<language::Word> list;                   ///< by a circuit, counted: all mistakes, in order
    std::optional<decide::Refutation> refutation = {};  ///< by a circuit: that there are no (other) mistakes

    std::optional<LeastMargin> margin;  ///< of a model with classes, over the words that were evaluated
    long bits = 0;                      ///< of balls that decide each word; 0: rational numbers
    std::uint64_t in_balls = 0;         ///< words that doubles left open

    verdict::Evidence evidence(bool counted) const;  ///< that the checker can be shown
};

/// Goes through all words of the length.
///
/// Exact   yes; mistakes are replayed by the program's definition
/// Throws  InputError where the program has no value on a word, or is not for the length; Unsupported for a program that does
///         not answer at each position of the word, or has too many values
/// Cost    |Σ|^N evaluations; by prefixes one for each state and symbol
Outcome hold(const Question& question, const Options& options, const base::Limits& limits);

}  // namespace attest::task
