#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "attest/circuit/circuit.hpp"
#include "attest/circuit/export.hpp"

namespace attest::circuit {

/// One bit that is remembered from step to step.
struct Latch {
    std::string name;
    Literal next;          ///< its value in the next step
    bool initial = false;  ///< its value in the first step
};

/// A circuit with a memory. In each step the environment gives values to the inputs; the latches move on together.
struct Sequential {
    Circuit step;  ///< first the inputs, then one input a latch, in order; its constraints hold in every step
    std::vector<Latch> latches;  ///< their `next` are literals of `step`
    std::vector<Port> bad;       ///< what must never be true while constraints held so far

    std::size_t input_count() const { return step.input_count() - latches.size(); }
    Node latch(std::size_t k) const { return step.input(input_count() + k); }
};

/// The values of the latches after these inputs, step by step; whether some bad is true in the last step, and whether
/// constraints held in all of them.
struct SequentialRun {
    std::vector<bool> latches;  ///< before the last step
    bool bad = false, constrained = true;
};

/// Runs all steps by definition, one at a time.
/// inputs  [steps × inputs], at least one step
/// Cost    O(size) a step
SequentialRun run(const Sequential& circuit, const std::vector<std::vector<bool>>& inputs);

/// AIGER 1.9 with latches, of 2-input ANDs, without gates that nothing depends on.
void write_aiger_ascii(const Sequential& circuit, std::ostream& out, const ExportOptions& options = {});
void write_aiger_binary(const Sequential& circuit, std::ostream& out, const ExportOptions& options = {});

/// The circuit of an AIGER 1.9 file with or without latches. Outputs stay outputs of the step, beside its bad states.
///
/// Throws  InputError as read_aiger; for a latch that begins with an unknown value; justice or fairness
/// Source  the AIGER 1.9 report
Sequential read_sequential_aiger(std::string_view bytes, const std::string& name,
                                 std::size_t most_bytes = std::size_t{4} << 30);

}  // namespace attest::circuit
