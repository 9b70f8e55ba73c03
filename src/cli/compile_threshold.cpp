#include "compile_threshold.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/network/at_length.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "compile/threshold_circuit.hpp"
#include "record/compile.hpp"
#include "record/stopped.hpp"
#include "record/words.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

constexpr std::size_t most_gates = std::size_t{1} << 22;
constexpr std::size_t shown_gates = 24, shown_wires = 12;

using compile::ThresholdCircuit;

std::string node_name(circuit::Node v, const circuit::Circuit& inputs) {
    if (v <= inputs.input_count()) return inputs.input_name(v - 1);
    return fmt::format("g{}", v - inputs.input_count());
}

/// `g3 = [2 x1 - x2 + g1 >= 2]`, with at most so many wires.
std::string gate_text(const ThresholdCircuit& circuit, std::size_t gate, const circuit::Circuit& inputs,
                      std::size_t most) {
    const ThresholdCircuit::Gate& g = circuit.gates()[gate];
    std::string sum;
    for (std::size_t k = 0; k < g.wires.size(); ++k) {
        if (k == most) {
            sum += fmt::format(" + {} more", g.wires.size() - most);
            break;
        }
        const auto& [node, weight] = g.wires[k];
        const mpz_class size = abs(weight);
        sum += sum.empty() ? (weight < 0 ? "-" : "") : (weight < 0 ? " - " : " + ");
        if (size != 1) sum += size.get_str() + " ";
        sum += node_name(node, inputs);
    }
    return fmt::format("g{} = [{} >= {}]", gate + 1, sum, g.bound.get_str());
}

std::string literal_text(circuit::Literal l, const circuit::Circuit& inputs) {
    if (l.node() == 0) return l.complemented() ? "1" : "0";
    return (l.complemented() ? "not " : "") + node_name(l.node(), inputs);
}

struct Size {
    std::size_t wires = 0, greatest_fan_in = 0, bytes = 0;
    mpz_class greatest_weight = 0;
};

Size size_of(const ThresholdCircuit& circuit) {
    Size size;
    for (const ThresholdCircuit::Gate& gate : circuit.gates()) {
        size.wires += gate.wires.size();
        size.greatest_fan_in = std::max(size.greatest_fan_in, gate.wires.size());
        for (const auto& [node, weight] : gate.wires)
            if (abs(weight) > size.greatest_weight) size.greatest_weight = abs(weight);
        size.bytes += sizeof gate + gate.wires.size() * sizeof gate.wires[0];
    }
    return size;
}

}  // namespace

int compile_threshold(Session& session, const network::Transformer& transformer, std::int64_t length,
                      const std::string& output, const base::Limits& limits) {
    if (!output.empty() && !output.ends_with(".txt"))
        throw base::UsageError(
            fmt::format("-o: expected a file ending in .txt for threshold gates, found '{}'", base::printable(output)));
    network::require_decidable(transformer, length);
    circuit::Builder names(limits.memory_bytes);
    const compile::Inputs inputs(names, transformer.alphabet, length);
    auto result = compile::compile_threshold(inputs, transformer, most_gates, limits);
    if (const auto* why = std::get_if<verdict::Undecided>(&result)) {
        session.print_json(record::write(record::stopped("compile", *why, transformer.name, length)));
        fmt::print(stderr, "attest: {} at length {}: undecided: {}: {}\n", title(transformer), length,
                   to_string(why->reason), why->detail);
        return undecided;
    }
    const auto& model = std::get<compile::ThresholdModel>(result);
    const network::AtLength at(transformer, length);
    const Size size = size_of(model.circuit);
    const std::size_t depth = model.circuit.depth(model.accept), bound = 3 * at->layers.size() + 1;
    session.print(fmt::format("{} at length {}: {} positions, {} layers\n", title(transformer), length, model.positions,
                              at->layers.size()));
    session.print(
        fmt::format("  form      threshold\n  inputs    {}\n  gates     {}, greatest fan-in {}\n  wires     {}, "
                    "greatest weight {}\n",
                    model.circuit.input_count(), model.circuit.gates().size(), size.greatest_fan_in, size.wires,
                    size.greatest_weight.get_str()));
    session.print(fmt::format("  depth     {} (at most 3 L + 1 = {}, at any length)\n", depth, bound));
    session.print(fmt::format("  values    at most {} a position by layer\n", fmt::join(model.values, ", ")));
    session.print(fmt::format("  formula   at most 2^{:.1f} gates (measured 2^{:.1f})\n", model.formula_log2,
                              std::log2(static_cast<double>(model.circuit.gates().size()) + 1)));
    const std::size_t shown = std::min(shown_gates, model.circuit.gates().size());
    for (std::size_t g = 0; g < shown; ++g)
        session.print("  " + gate_text(model.circuit, g, names.circuit(), shown_wires) + "\n");
    if (shown < model.circuit.gates().size())
        session.print(fmt::format("  ... {} more gates\n", model.circuit.gates().size() - shown));
    session.print("  accept    " + literal_text(model.accept, names.circuit()) + "\n");
    if (!output.empty()) {
        std::string text = fmt::format("# {} at length {}: threshold gates, true iff the sum reaches the bound\n",
                                       title(transformer), length);
        for (std::size_t g = 0; g < model.circuit.gates().size(); ++g)
            text += gate_text(model.circuit, g, names.circuit(), SIZE_MAX) + "\n";
        base::write_file(output, text + "accept = " + literal_text(model.accept, names.circuit()) + "\n");
        session.print(fmt::format("  written   {}\n", output));
    }
    record::Compile record;
    record.model = transformer.name;
    record.length = length;
    record.form = "threshold";
    record.positions = model.positions;
    record.layers = at->layers.size();
    record.inputs = model.circuit.input_count();
    record.gates = model.circuit.gates().size();
    record.wires = size.wires;
    record.depth = depth;
    record.greatest_fan_in = size.greatest_fan_in;
    record.values = model.values;
    record.formula_log2 = record::finite(model.formula_log2);
    record.memory_bytes = size.bytes;
    record.depth_bound = bound;
    if (!output.empty()) record.output = output;
    session.print_json(record::write(record));
    return success;
}

}  // namespace attest::cli
