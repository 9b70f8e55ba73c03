#include "compile_opb.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/network/at_length.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "decide/recognise/planes.hpp"
#include "record/compile.hpp"
#include "record/stopped.hpp"
#include "record/words.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

constexpr std::size_t most_inequality_gates = std::size_t{1} << 20;

record::Compile record_of(const decide::PlanesQuestion& question) {
    const compile::ThresholdCircuit& circuit = question.model.circuit;
    record::Compile record;
    record.form = "opb";
    record.positions = question.model.positions;
    record.inputs = circuit.input_count();
    record.gates = circuit.gates().size();
    for (const compile::ThresholdCircuit::Gate& gate : circuit.gates()) {
        record.wires += gate.wires.size();
        record.greatest_fan_in = std::max(record.greatest_fan_in, gate.wires.size());
    }
    record.depth = circuit.depth(question.model.accept);
    record.values = question.model.values;
    record.variables = static_cast<std::size_t>(question.formula.formula.variables);
    record.constraints = question.formula.formula.constraints.size();
    for (const logic::LinearConstraint& constraint : question.formula.formula.constraints)
        record.memory_bytes += sizeof constraint + constraint.terms.size() * sizeof constraint.terms[0];
    return record;
}

}  // namespace

int compile_opb(Session& session, const network::Transformer& transformer, std::int64_t length, const OpbAsked& asked,
                const base::Limits& limits) {
    if (asked.language.empty()) throw base::UsageError("--form opb: expected --language, found none");
    if (!asked.output.empty() && !asked.output.ends_with(".opb"))
        throw base::UsageError(fmt::format("-o: expected a file ending in .opb for inequalities, found '{}'",
                                           base::printable(asked.output)));
    network::require_decidable(transformer, length);
    const Meaning meaning = load_language(asked.language, transformer.alphabet, parse_map(asked.map));
    const auto found = decide::planes_question({transformer, meaning.language, meaning.symbols, length},
                                               most_inequality_gates, limits);
    if (const auto* why = std::get_if<verdict::Undecided>(&found)) {
        session.print_json(record::write(record::stopped("compile", *why, transformer.name, length)));
        fmt::print(stderr, "attest: {} at length {}: undecided: {}: {}\n", title(transformer), length,
                   to_string(why->reason), why->detail);
        return undecided;
    }
    const auto& question = std::get<decide::PlanesQuestion>(found);
    record::Compile record = record_of(question);
    record.model = transformer.name;
    record.length = length;
    session.print(fmt::format("{} or not {} at length {}: {} positions\n", title(transformer), meaning.language.name(),
                              length, question.model.positions));
    session.print(fmt::format(
        "  form         opb\n  gates        {}, greatest fan-in {}\n  variables    {}: {} of the word, {} of "
        "gates, the others steps of the language's automaton\n  inequalities {}\n",
        record.gates, record.greatest_fan_in, *record.variables, record.inputs, record.gates, *record.constraints));
    if (!asked.output.empty()) {
        base::write_file(asked.output, to_opb(question.formula.formula));
        record.output = asked.output;
        session.print(fmt::format("  written      {}\n", asked.output));
    }
    session.print_json(record::write(record));
    return success;
}

}  // namespace attest::cli
