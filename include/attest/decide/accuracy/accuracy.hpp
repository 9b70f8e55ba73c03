#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/answer/answerer.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "attest/measure/function/sampling.hpp"
#include "attest/soft/symmetry.hpp"
#include "attest/verdict/verdict.hpp"

/// On how many words of a length is a network wrong about a language, and on which?
namespace attest::accuracy {

struct Question {
    decide::Network model;
    const language::Language& language;
    std::vector<language::Symbol> meaning;  ///< of each symbol of the model
    std::int64_t length = 0;

    bool in_language(const language::Word& word) const;
};

enum class Method {
    automatic,
    exhaustion,  ///< all words, or one for all with its counts
    circuit,  ///< the mistakes listed by a solver, and none beside them; where they are too many, counted by a diagram
    sample
};

struct Options {
    Method method = Method::automatic;
    logic::BackEnd back_end = logic::BackEnd::cadical;
    std::uint64_t seed = 0;
    std::uint64_t most_words = std::uint64_t{1} << 22;  ///< that are evaluated one by one
    std::size_t most_listed = 1 << 10;                  ///< mistakes that a solver lists
    std::size_t most_nodes = 1 << 16;                   ///< of a diagram about which a proof is made
    std::uint64_t trials = 1 << 12;                     ///< of a sample
    mpq_class alpha{1, 100};                            ///< with at most this probability a sample's interval is wrong
    std::size_t shown = 10;                             ///< mistakes that are kept to be shown
    std::function<void(const std::string&)> progress;
};

/// A word on which the network is certainly wrong.
struct Mistake {
    language::Word word;
    bool expected = false;                  ///< in the language; the network says otherwise
    std::optional<exact::Rational> margin;  ///< the score is at least so far from 0; none for tables

    bool actual() const { return !expected; }
};

/// Where the mistakes are, as far as the way of counting shows it.
struct Where {
    /// [symbol][k]: mistakes among the words with k of the symbol. Empty: not known.
    std::vector<std::vector<mpz_class>> by_number;
    /// [position from 0]: mistakes of which the first symbol whose change leads to a word that is answered rightly
    /// stands
    /// there; the last entry: those without such a neighbour. Empty: not known.
    std::vector<mpz_class> by_position;
    /// Mistakes in the order of words, at most as many as were asked for; by counts one of each kind.
    std::vector<Mistake> first;
    /// The mistake with the greatest margin, if scores were looked at.
    std::optional<Mistake> most_confident;
};

/// A set of words of one length as a decision diagram over their symbols (FORMAT.md, section 24): a word leads from the root
/// to 1 if it is in the set, else to 0.
struct WordDiagram {
    struct Node {
        std::size_t level = 0;              ///< from 1; greater in the children
        std::vector<std::size_t> children;  ///< by symbol: 0, 1, or a node before this one, by number
    };
    std::vector<std::int64_t> order;  ///< the position that each level tests, both from 1
    std::vector<Node> nodes;          ///< of the numbers 2, 3, …
    std::size_t root = 0;             ///< a number
};

/// How the count was found.
enum class By { none, words, counts, list, diagram, sample };
const char* to_string(By by);  ///< `all words`, `counts`, `list`, `decision diagram`, `sample`

/// What is known about the number of mistakes.
struct Outcome {
    By by = By::none;
    mpz_class words;              ///< all of the length
    mpz_class least, most;        ///< the number lies between these; equal: it is known
    std::uint64_t looked_at = 0;  ///< words, or kinds of words, that were evaluated
    Where where;
    verdict::Undecided why;  ///< why it is not known; reason `none` if it is

    decide::EnclosedScore score;  ///< of a softmax model: the least margin and the bits, over all words
    soft::Classes classes;        ///< by counts
    /// By list: that there are no others. By diagram: that it has the mistakes and no other words; none: that was not shown.
    std::optional<decide::Refutation> refutation;
    std::optional<WordDiagram> diagram;  ///< by diagram: the mistakes, where the diagram is not too large
    std::vector<language::Word> list;    ///< by list: all mistakes

    /// By sample: the part of mistakes lies in this interval, with probability 1 − alpha.
    std::optional<measure::Interval> interval;
    std::uint64_t trials = 0, found = 0;

    bool is_exact() const { return by != By::none && by != By::sample && least == most; }
    verdict::Evidence evidence() const;  ///< that the checker can be shown
};

/// Counts mistakes.
///
/// Gives   least = most unless a limit came first, some score's sign is not certain, or it is a sample
/// Throws  UsageError where the language is not defined at the length; InputError as network::Evaluator
Outcome count_mistakes(const Question& question, const Options& options, const base::Limits& limits);

}  // namespace attest::accuracy
