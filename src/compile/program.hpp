#pragma once

#include "attest/compile/compile.hpp"
#include "attest/network/program.hpp"

namespace attest::compile {

/// The acceptance of a program on words of `inputs.length()` symbols, by the rules of FORMAT.md, section 19: every value that
/// a variable may have at a position has a literal.
///
/// Needs   inputs of the program's alphabet, a program that accepts some answer; no `options.drops`, `form` and `never_true`
///         are not looked at
/// Exact   yes, on every word on which `drop_literals[0]` is false: it is true where the program has no value
/// Gives   undecided with reason memory, deadline or interrupted
/// Throws  as network::require_decisions
std::variant<CompiledModel, verdict::Undecided> compile_program(circuit::Builder& builder, const Inputs& inputs,
                                                                const network::Program& program, const Options& options,
                                                                const base::Limits& limits);

/// What a program answers at each position that it answers.
struct CompiledAnswers {
    struct Way {
        std::string text;
        circuit::Literal holds;
    };
    std::vector<std::vector<Way>> answers;  ///< by position; just one literal of a position is true
    circuit::Literal fault;                 ///< true where the program has no value
};

/// The same for all answers; the program need not accept any.
///
/// Exact   yes, on every word on which `fault` is false
/// Throws  as network::Program::read_positions
std::variant<CompiledAnswers, verdict::Undecided> compile_answers(circuit::Builder& builder, const Inputs& inputs,
                                                                  const network::Program& program,
                                                                  const Options& options, const base::Limits& limits);

/// Where the answers of two differ at some position: FORMAT.md, section 26.2.
/// Shape   both answer at the same positions
circuit::Literal answers_differ(circuit::Builder& builder, const CompiledAnswers& found, const CompiledAnswers& wanted);

}  // namespace attest::compile
