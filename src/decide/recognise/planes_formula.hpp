#pragma once

#include <cstdint>
#include <vector>

#include "attest/decide/recognise/prove.hpp"
#include "compile/layered.hpp"
#include "compile/threshold_circuit.hpp"
#include "logic/pseudo_boolean.hpp"

namespace attest::decide {

/// All runs of a language's automaton on words of a length: a step is a variable, and a run one unit that flows.
struct PlanesRuns {
    struct Edge {
        std::size_t from, to;  ///< states, by their places before and after the position
        std::size_t symbol;    ///< of the model
        std::int32_t variable;
    };
    std::vector<std::vector<Edge>> at;               ///< [position from 0]
    std::vector<std::vector<std::uint64_t>> states;  ///< [symbols read], ascending
    std::vector<bool> accepting;                     ///< of the states at the end

    std::size_t length() const { return at.size(); }
};

/// A question as constraints that a word on which model and language differ would satisfy (FORMAT.md section 38.3), and where
/// each of them is.
struct PlanesFormula {
    logic::PseudoBoolean formula;
    PlanesRuns runs;
    std::vector<std::uint64_t> one_symbol;          ///< by position, of three symbols or more: that it has one of them
    std::vector<std::vector<std::uint64_t>> reads;  ///< [position][symbol]: the steps that read it
    std::vector<std::vector<std::uint64_t>>
        through;               ///< [position][state after it]: what comes goes on; not at the last
    std::uint64_t differ = 0;  ///< that the answers do

    /// The numbers of the two constraints of a gate: true, the sum reaches the bound; false, it does not.
    static std::uint64_t reaches(std::size_t gate) { return 2 * gate + 1; }
    static std::uint64_t falls_short(std::size_t gate) { return 2 * gate + 2; }
};

/// Needs   length > 0, and the automaton of the question's language
PlanesFormula planes_formula(const compile::Inputs& inputs, const compile::ThresholdModel& model,
                             const compile::Layered& automaton, const std::vector<language::Symbol>& meaning);

}  // namespace attest::decide
