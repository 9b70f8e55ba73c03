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

/// Roots: where program and language differ, and where the program has no value.
Miter build_program_miter(Program& program, std::size_t length, const Language& language,
                          const std::vector<std::size_t>& letters, Budget& budget);

}  // namespace attest::checker
