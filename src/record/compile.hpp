#pragma once

#include <cstdint>

#include "attest/compile/compile.hpp"
#include "attest/record/record.hpp"

namespace attest::record {

/// `attest compile --json`: a circuit.
struct Compile {
    std::string model;  ///< its name
    std::int64_t length = 0;
    std::string form;  ///< `constant-depth`, `compact`; `threshold`, `opb`; `one-hot` of programs; `tabulated`
    std::optional<std::int64_t> positions;  ///< not tabulated: of the sequence
    std::optional<std::size_t> layers;      ///< likewise: with attention
    std::size_t inputs = 0, gates = 0, wires = 0, depth = 0, greatest_fan_in = 0;
    std::optional<std::vector<std::size_t>> values;     ///< of one position at most, by boundary
    std::optional<std::size_t> dropped;                 ///< values that never occur
    Real formula_log2;                                  ///< gates of the one-hot normal form
    std::optional<std::size_t> words;                   ///< tabulated: all
    std::optional<std::int64_t> bits;                   ///< of the balls that they were evaluated in
    std::optional<std::size_t> variables, constraints;  ///< of inequalities
    std::size_t memory_bytes = 0;
    std::optional<std::size_t> depth_bound;
    std::optional<std::string> output;  ///< a file

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "compile");
        field.required("model", self.model);
        field.required("length", self.length);
        field.required("form", self.form);
        field.optional("positions", self.positions);
        field.optional("layers", self.layers);
        field.required("inputs", self.inputs);
        field.required("gates", self.gates);
        field.required("wires", self.wires);
        field.required("depth", self.depth);
        field.required("greatest_fan_in", self.greatest_fan_in);
        field.optional("values", self.values);
        field.optional("dropped", self.dropped);
        field.nullable("formula_log2", self.formula_log2);
        field.optional("words", self.words);
        field.optional("bits", self.bits);
        field.optional("variables", self.variables);
        field.optional("constraints", self.constraints);
        field.required("memory_bytes", self.memory_bytes);
        field.optional("depth_bound", self.depth_bound);
        field.optional("output", self.output);
    }
};

/// What the circuit says; model, length, form and the rest are the caller's to add.
Compile compiled(const circuit::Circuit& circuit);
/// And what its making says.
Compile compiled(const circuit::Circuit& circuit, const compile::Sizes& sizes);

}  // namespace attest::record
