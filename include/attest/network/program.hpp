#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attest/exact/rational.hpp"
#include "attest/language/alphabet.hpp"
#include "attest/network/layer.hpp"

namespace attest::network {

/// A straight-line program over finite values (specification: programs, version 1): each variable has one value at each
/// position of the sequence, and its step says which.
///
/// Source  [friedman2023learning], [weiss2021thinking] have programs of this shape
struct Program {
    /// A text or a number; values of the two kinds are never equal.
    using Value = std::variant<std::string, exact::Rational>;

    struct Symbol {};  ///< the symbol of the sequence
    struct Position {
        std::int64_t first = 1;  ///< the number of the first position
    };
    struct Constant {
        Value value;
    };

    /// Which of the selected positions is taken, or what is computed of all of them.
    enum class Take { nearest, left, right, only, sum, mean, count };

    /// Position j is selected by i if the mask allows it and (query at i, key at j) is one of the pairs.
    struct Attend {
        std::size_t query = 0, key = 0;  ///< variables
        std::set<std::pair<Value, Value>> pairs;
        Mask mask = Mask::none;
        Take take = Take::nearest;
        std::size_t value = 0;      ///< a variable; not of `count`
        std::optional<Value> none;  ///< where nothing is selected; empty: the value at the first position
    };
    struct Map {
        std::vector<std::size_t> of;  ///< variables
        std::map<std::vector<Value>, Value> table;
        std::optional<Value> otherwise;  ///< of what is not in the table; empty: that has no value
    };
    struct Variable {
        std::string name;
        std::variant<Symbol, Position, Constant, Attend, Map> step;
    };

    /// What a variable adds to the scores of the classes.
    struct Score {
        std::size_t of = 0;                            ///< a variable
        std::map<std::string, exact::Vector> weights;  ///< by the text of the value
        std::optional<exact::Vector> times;            ///< in their place: what is multiplied by the number
    };
    struct Output {
        bool every = false;                ///< at each position of the word; else at the last of the sequence
        std::size_t value = 0;             ///< without classes: the variable that is the answer
        std::vector<std::string> classes;  ///< the answer is the one of the greatest score, of several the first
        std::vector<Score> scores;
        std::vector<std::string> accept;  ///< a word is accepted iff the last answer is one of these
    };

    std::string name;
    language::Alphabet alphabet{{"0", "1"}};
    std::optional<std::string> begin, end;
    std::optional<std::pair<std::int64_t, std::int64_t>> lengths;  ///< of the words that it is for
    std::vector<Variable> variables;
    Output output;

    /// n for words of N symbols.
    /// Throws  InputError for a length that it is not for, and for an empty sequence
    std::int64_t sequence_length(std::int64_t length) const;
    /// The positions of the answers, from 0.
    /// Throws  as sequence_length
    std::vector<std::size_t> read_positions(std::int64_t length) const;
    /// The symbols of the sequence: begin, the word, end.
    std::vector<std::string> sequence(const language::Word& word) const;
};

/// A value as answers and weights name it: the text, or `3`, `-1/2`.
std::string text_of(const Program::Value& value);

/// What every variable was on a word.
struct ProgramTrace {
    std::vector<std::vector<Program::Value>> values;  ///< [variable][position from 0]
    std::vector<exact::Vector> scores;                ///< of the classes, for each answer; empty without classes
};

/// The answer at each position that is read.
///
/// Exact   yes
/// Throws  InputError as sequence_length, and where a variable has no value: no entry of a table, no weights, no number
///         where one is needed, several positions for `only`
/// Cost    O(variables · n² log pairs)
std::vector<std::string> answers(const Program& program, const language::Word& word, ProgramTrace* trace = nullptr);

/// Throws  Unsupported for a program that accepts no answer; InputError as sequence_length, and for the empty word where only
///         positions of the word are read
void require_decisions(const Program& program, std::int64_t length);

/// Whether the last answer is one of those that accept.
/// Needs   require_decisions
bool accepts(const Program& program, const std::vector<std::string>& answers);

}  // namespace attest::network
