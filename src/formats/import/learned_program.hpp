#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attest/formats/import.hpp"

// Learned Transformer Programs [friedman2023learning] (princeton-nlp/TransformerPrograms): what its decompiler writes, Python of a fixed form beside a
// table of weights.

namespace attest::formats::import {

/// A value of a program: the text "0" is not the number 0.
struct Literal {
    bool is_text = false;
    std::string text;
    auto operator<=>(const Literal&) const = default;
};

/// One variable of the program, in the order of the file.
struct LearnedVariable {
    enum class Kind { closest, sum, map };
    Kind kind = Kind::map;
    std::string name;
    std::string query, key, value;                   ///< of the attending: names of variables
    std::vector<std::pair<Literal, Literal>> pairs;  ///< query value, the key value that it selects
    std::vector<std::string> of;                     ///< what is mapped: one variable or two
    std::vector<std::pair<std::vector<Literal>, std::string>> table;
    std::string otherwise;
};

struct LearnedProgram {
    std::string weights;  ///< path of the table as the file has it
    bool causal = false;
    bool says_what_it_sees = false;  ///< has the functions of which there are causal ones
    std::vector<LearnedVariable> variables;
    std::vector<std::pair<std::string, bool>>
        scores;  ///< variable; whether it counts, so that its one row is multiplied
};

/// Reads the Python, which is never run.
/// Throws  InputError `FILE:line N, column M` for what the decompiler does not write
LearnedProgram read_learned_program(std::string_view text, const std::string& file);

/// The table of weights: a row for each variable and value, a column for each class.
struct LearnedWeights {
    struct Row {
        std::string feature, value;
        std::vector<std::string> numbers;  ///< decimals as JSON writes them
    };
    /// Stands for the one row of what is counted; other variables may have rows of it that no value of theirs finds.
    static constexpr std::string_view no_value = "_";

    std::vector<std::string> classes;
    std::vector<Row> rows;

    std::vector<const Row*> of(const std::string& feature) const;
};

/// Throws  InputError `FILE:line N`
LearnedWeights read_learned_weights(std::string_view text, const std::string& file);

/// Which of several matches a head takes: as the Python says, or as the network did from which it was written.
enum class Closest { python, network };

/// How a program is read where its file leaves it open.
struct LearnedReading {
    Closest closest = Closest::python;
    std::string accept = {};  ///< classes that mean acceptance at the last position, with commas; empty: no language
};

/// The program as a document of the format attest/program.
///
/// Throws  InputError for a variable without weights; UsageError for a class to accept that there is not
/// Source  [friedman2023learning]; the network's rule is that of their models/programs.py, FixedRelPosBias
std::string write_learned_program(const LearnedProgram& program, const LearnedWeights& weights, const std::string& name,
                                  const std::string& file, const LearnedReading& reading = {});

}  // namespace attest::formats::import
