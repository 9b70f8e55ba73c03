#pragma once

// Circuits for other tools. All writers take all gates of a circuit, name inputs and outputs as the circuit
// does (characters that a format cannot hold are escaped), and write the same bytes for the same circuit.

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

#include "attest/circuit/circuit.hpp"

namespace attest::circuit {

/// What a writer may be told beside the circuit.
struct ExportOptions {
    /// Says in comments what the circuit is: model, length, form.
    std::string description = {};
    /// DOT: more nodes than this cannot be looked at. The nearest to the outputs are kept.
    std::size_t most_drawn_nodes = 2000;
};

/// AIGER 1.9, ASCII or binary, of the circuit as 2-input ANDs (see and_inverter.hpp): without what no output
/// and no constraint depends on. Constraints are AIGER's invariant constraints, and the header counts them
/// only if there are any.
void write_aiger_ascii(const Circuit& circuit, std::ostream& out, const ExportOptions& options = {});
void write_aiger_binary(const Circuit& circuit, std::ostream& out, const ExportOptions& options = {});

/// DIMACS whose models are the assignments that satisfy all constraints and some output. Variables and gate
/// clauses are those of the certificate format, section 7; then a unit clause a constraint, then the outputs
/// as one clause (none if there is no output). Comments stand only before the `p` line.
void write_dimacs(const Circuit& circuit, std::ostream& out, const ExportOptions& options = {});

/// SMT-LIB 2 (QF_UF): one Boolean constant an input, one definition a gate; asserts all constraints and that
/// some output holds (nothing if there is no output).
void write_smtlib(const Circuit& circuit, std::ostream& out, const ExportOptions& options = {});

/// Graphviz, outputs on top; complemented wires are dashed with a hollow tail. Says how many nodes were cut.
void write_dot(const Circuit& circuit, std::ostream& out, const ExportOptions& options = {});

/// GraphML. Nodes carry kind, name (of an input), outputs and origin; edges, from a gate to its fan-ins,
/// complemented.
void write_graphml(const Circuit& circuit, std::ostream& out, const ExportOptions& options = {});

/// The JSON of certificates (certificate format, sections 4 and 6.5) with more keys:
/// {"format": "attest/circuit", "version": 1, "description": text,
///  "inputs": I, "gates": [["and" | "xor", literal, literal, …], …], "roots": [output literals],
///  "input_names": [I texts], "outputs": [{"name", "literal"}, …], "constraints": [{"name", "literal"}, …],
///  "origins": [[node, text], …]}: from this gate to that of the next entry, gates come from where the text
///  says.
/// Gates are numbered from I + 1; a literal is 2 · node, plus 1 for its complement; node 0 is false.
void write_json(const Circuit& circuit, std::ostream& out, const ExportOptions& options = {});

/// A file format by the ending of its files.
struct ExportFormat {
    std::string_view ending;  ///< `.aag`
    std::string_view name;    ///< for people
    void (*write)(const Circuit&, std::ostream&, const ExportOptions&);
};

/// The format for a file of this name, or null. `known_endings` is for the message then: `.aag, .aig, …`.
const ExportFormat* export_format(std::string_view path);
std::string known_endings();

/// `attends, layer 2, head 1, position 3, index 0`; empty for no origin.
std::string describe(const Origin& origin);

}  // namespace attest::circuit
