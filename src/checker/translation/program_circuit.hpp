#pragma once

#include "checker/network/program.hpp"
#include "checker/question/question.hpp"
#include "checker/translation/circuit.hpp"
#include "checker/translation/miter.hpp"
#include "checker/translation/word_inputs.hpp"

namespace attest::checker {

/// "The program accepts the word", and "the program has no value on it".
struct ProgramLiterals {
    Literal accept = bottom;
    Literal fault = bottom;
};

/// Builds the program's circuit over all words of the length (FORMAT.md section 19).
///
/// Needs   check_accepts
/// Gives   accept is right on every word on which fault is false
ProgramLiterals translate_program(Circuit& circuit, const WordInputs& word, Program& program, Budget& budget);

/// What the program answers at each position that it answers: texts with literals, a text perhaps more than once.
struct AnswerLiterals {
    std::vector<std::vector<std::pair<std::string, Literal>>> answers;
    Literal fault = bottom;
};

/// The same circuit with all answers (FORMAT.md section 26.2).
AnswerLiterals translate_answers(Circuit& circuit, const WordInputs& word, Program& program, Budget& budget);

/// Where answers of the one are none of the other's, at some position (section 26.2).
///
/// Shape   both answer at the same positions
Literal answers_differ(Circuit& circuit, const AnswerLiterals& found, const AnswerLiterals& wanted, Budget& budget);

/// Roots: where program and language differ, but on the listed words (section 14), and where the program has no value.
///
/// Shape   words: each of the length, in symbols of the program
Miter build_program_miter(Program& program, std::size_t length, const Language& language,
                          const std::vector<std::size_t>& letters, Budget& budget,
                          const std::vector<std::vector<std::size_t>>& words = {});

/// Of the words where the literal is true, those that are not listed.
Literal but_for(Circuit& circuit, const WordInputs& inputs, Literal literal,
                const std::vector<std::vector<std::size_t>>& words);

}  // namespace attest::checker
