#include "compile_sequential.hpp"

#include <fmt/format.h>

#include <sstream>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/decide/induction/induction.hpp"
#include "base/text.hpp"
#include "circuit/sequential.hpp"
#include "decide/induction/sequential.hpp"
#include "language_notes.hpp"
#include "record/sequential.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

circuit::Sequential circuit_of(const network::Transformer& model, const SequentialAsked& asked) {
    if (asked.language.empty()) return induction::sequential_circuit(model, nullptr, {}, asked.from);
    const Meaning meaning = load_language(asked.language, model.alphabet, parse_map(asked.map));
    const language::Dfa automaton = induction::automaton_of(meaning.language);
    return induction::sequential_circuit(model, &automaton, meaning.symbols, asked.from);
}

void write_sequential(const circuit::Sequential& circuit, const std::string& output, const std::string& description) {
    std::ostringstream text;
    if (output.ends_with(".aag")) circuit::write_aiger_ascii(circuit, text, {.description = description});
    else circuit::write_aiger_binary(circuit, text, {.description = description});
    base::write_file(output, text.view());
}

/// letters  inputs that say which letter is read; the others are guesses
std::string sequential_text(const record::SequentialCircuit& r, const std::string& title, std::size_t letters) {
    std::string text =
        fmt::format("{} at every length from {} on, in frame N words of N symbols\n", title, r.lengths.from);
    text += fmt::format("  inputs    {}\n", r.inputs);
    if (r.inputs > letters)
        text += fmt::format("  guesses   {} of the inputs, of what heads find to the right\n", r.inputs - letters);
    text += fmt::format("  latches   {}, all of them 0 at first\n", r.latches);
    text += fmt::format("  gates     {}\n  wires     {}\n  depth     {} a step\n", r.gates, r.wires, r.depth);
    if (r.language) text += fmt::format("  bad       the answer is not that of {}\n", *r.language);
    else
        text += r.inputs > letters ? "  outputs   accept, reject: one of them, where all guesses are right\n"
                                   : "  output    accept\n";
    if (r.output) text += fmt::format("  written   {}\n", *r.output);
    return text;
}

}  // namespace

int compile_sequential(Session& session, const network::Transformer& model, const SequentialAsked& asked) {
    if (!asked.output.empty() && !asked.output.ends_with(".aag") && !asked.output.ends_with(".aig"))
        throw base::UsageError(fmt::format("-o: expected a file ending in .aag or .aig for all lengths, found '{}'",
                                           base::printable(asked.output)));
    if (asked.from < induction::least_length(model))
        throw base::UsageError(
            "--length: expected 1.., since the model has no begin and no end symbol and so says nothing of the empty "
            "word");
    if (!asked.language.empty()) note_reading(session, asked.language);
    session.progress("compiling");
    const circuit::Sequential circuit = circuit_of(model, asked);
    record::SequentialCircuit record = record::sequential(circuit);
    record.model = model.name;
    record.lengths.from = asked.from;
    if (!asked.language.empty()) record.language = asked.language;
    if (!asked.output.empty()) {
        const std::string beside = asked.language.empty() ? "" : " against " + asked.language;
        write_sequential(circuit, asked.output,
                         fmt::format("{} at every length from {} on{}", title(model), asked.from, beside));
        record.output = asked.output;
    }
    session.print(sequential_text(record, title(model), model.alphabet.size() - 1));
    session.print_json(record::write(record));
    return success;
}

}  // namespace attest::cli
