#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checker/core/seeded_hash.hpp"
#include "checker/core/text.hpp"
#include "checker/network/model.hpp"
#include "checker/network/program_values.hpp"

namespace attest::checker {

/// A program over finite values (model format, programs): each step gives its variable a value at each position. Values are
/// numbers of `values`.
struct Program {
    enum class Take { nearest, left, right, only, sum, mean, count };

    struct Step {
        enum class Kind { symbol, position, constant, attend, map };
        std::string name;
        Kind kind = Kind::symbol;
        std::int64_t first = 1;    ///< position
        std::size_t constant = 0;  ///< constant

        std::size_t query = 0, key = 0, value = 0;  ///< attend: steps
        std::vector<std::vector<char>> pairs;       ///< [query value][key value]; shorter where there are no more
        Mask mask = Mask::none;
        Take take = Take::nearest;
        bool none_is_first = false;
        std::size_t none = 0;

        std::vector<std::size_t> of;  ///< map: steps
        /// A tuple leads from node 0 along its values: (node, value) → node, from the last node to the value of the entry.
        std::unordered_map<std::uint64_t, std::size_t, SeededHash> table;
        std::size_t nodes = 1;
        std::optional<std::size_t> otherwise;
    };
    /// Weights of a step's value for the classes, all times one denominator.
    struct Score {
        std::size_t of = 0;
        std::optional<Vector> times;
        std::unordered_map<std::string, Vector, SeededHash> weights;
        /// What a value adds, as far as it was met; integers where all are small.
        struct Row {
            Vector exact;
            std::vector<long> small;
        };
        std::vector<Row> rows;  ///< by value; empty: not met so far
    };

    std::string name;
    std::vector<Symbol> alphabet;
    std::optional<Symbol> begin, end;
    std::optional<std::pair<std::size_t, std::size_t>> lengths;
    ProgramValues values;
    std::vector<Step> steps;

    bool every = false;     ///< answers at each position of the word, not at the last of the sequence
    std::size_t value = 0;  ///< the step that is the answer, without classes
    std::vector<std::string> classes;
    std::vector<Score> scores;
    Rational denominator = 1;  ///< of all weights
    std::vector<std::string> accept;
};

/// Whether the file says that it holds a program. Throws Defect for what is no JSON object.
bool holds_program(const Json& json, const std::string& file);

/// Reads and validates a program. Throws Defect (place).
Program read_program(const Json& json, const std::string& file, Budget& budget);

/// The answers on a word, given as indices into the alphabet.
///
/// Exact   yes
/// Throws  Defect (place) where a step has no value, or the word has a length that the program is not for
/// Cost    O(steps · n²); values that are met are kept
std::vector<std::string> answers(Program& program, const std::vector<std::size_t>& word, Budget& budget);

/// The answer at a position, from 0, at which the steps have these values.
/// Throws  Defect (place) where it has none
const std::string& answer_of(Program& program, const std::vector<std::size_t>& values, std::size_t position,
                             Budget& budget);

/// Whether the program accepts the word.
/// Needs   check_accepts
bool accepts(Program& program, const std::vector<std::size_t>& word, Budget& budget);

/// Throws Defect (place) unless the program is for words of the length. Draws the memory that a word takes.
void check_length(const Program& program, std::size_t length, const std::string& file, Budget& budget);
/// The same, and that a word has an answer and some answer accepts.
void check_accepts(const Program& program, std::size_t length, const std::string& file, Budget& budget);

}  // namespace attest::checker
