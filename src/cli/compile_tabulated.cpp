#include "compile_tabulated.hpp"

#include <fmt/format.h>

#include <sstream>

#include "attest/base/file.hpp"
#include "attest/certify/equality.hpp"
#include "attest/network/at_length.hpp"
#include "circuit/structure.hpp"
#include "command.hpp"
#include "compile/kinds.hpp"
#include "compile/truth_table.hpp"
#include "decide/answer/table.hpp"
#include "record/compile.hpp"
#include "record/stopped.hpp"
#include "table_note.hpp"

namespace attest::cli {

namespace {

/// One model, tables or program at one length.
struct Tabulated {
    std::string name, title, how;
    std::int64_t length;

    int stopped(Session& session, const verdict::Undecided& why) const {
        session.print_json(record::write(record::stopped("compile", why, name, length)));
        fmt::print(stderr, "attest: {} at length {}: undecided: {}: {}\n", title, length, to_string(why.reason),
                   why.detail);
        return undecided;
    }

    void show(Session& session, const circuit::Circuit& circuit, const decide::AnswerTable& table,
              const std::string& output) const {
        const circuit::Statistics s = statistics(circuit);
        session.print(fmt::format("{} at length {}, tabulated\n", title, length));
        session.print(fmt::format("  answers   {}\n", how));
        session.print(fmt::format(
            "  inputs    {}\n  gates     {} ({} AND, {} XOR), greatest fan-in {}\n  wires     {}\n  depth     {}\n",
            s.inputs, s.size(), s.conjunctions, s.exclusive_ors, s.greatest_fan_in, s.wires, s.depth));
        if (!output.empty()) session.print(fmt::format("  written   {}\n", output));
        record::Compile record = record::compiled(circuit);
        record.model = name;
        record.length = length;
        record.form = "tabulated";
        record.words = table.accepts.size();
        if (table.bits > 0) record.bits = table.bits;
        if (!output.empty()) record.output = output;
        session.print_json(record::write(record));
    }
};

/// Of tables and programs, and of models with a circuit of another form.
std::string how_of(const formats::NetworkFile& subject, const decide::AnswerTable& table) {
    const auto* model = std::get_if<formats::ModelFile>(&subject);
    if (model != nullptr && !compile::has_circuit(model->transformer)) return table_note(model->transformer, table);
    return fmt::format("all {} words were evaluated exactly", table.accepts.size());
}

}  // namespace

bool has_circuit(const ModelOrTables& subject) {
    const auto* model = std::get_if<formats::ModelFile>(&subject);
    return model == nullptr || compile::has_circuit(model->transformer);
}

bool counts(const ModelOrTables& subject) {
    const auto* model = std::get_if<formats::ModelFile>(&subject);
    return model != nullptr && compile::counts(model->transformer);
}

int compile_tabulated(Session& session, const formats::NetworkFile& subject, std::int64_t length,
                      const std::string& output, const circuit::ExportFormat* format, const base::Limits& limits) {
    Tabulated result;
    std::visit(
        [&](const auto& file) {
            if constexpr (requires { file.transformer; }) {
                network::require_decidable(file.transformer, length);
                result = {file.transformer.name, title(file.transformer), "", length};
            } else if constexpr (requires { file.program; }) {
                network::require_decisions(file.program, length);
                result = {file.program.name, title(file.program), "", length};
            } else {
                result = {file.guhat.name, title(file.guhat), "", length};
            }
        },
        subject);
    const decide::Network network = certify::network_of(subject);
    decide::TableOptions options;
    options.progress = [&session](const std::string& what) { session.progress(what); };
    const auto tabulated = decide::tabulate(network, length, options, limits);
    if (const auto* why = std::get_if<verdict::Undecided>(&tabulated)) return result.stopped(session, *why);
    const auto& table = std::get<decide::AnswerTable>(tabulated);
    result.how = how_of(subject, table);
    circuit::Builder builder(limits.memory_bytes);
    const compile::Inputs inputs(builder, decide::alphabet_of(network), length);
    const circuit::Literal accept = compile_table(builder, inputs, table.accepts);
    if (inputs.one_hot()) builder.circuit().add_constraint("exactly-one", inputs.exactly_one(builder));
    if (builder.exhausted())
        return result.stopped(session, {verdict::Reason::memory, "the circuit passes the memory limit"});
    builder.circuit().add_output("accept", accept);
    std::vector<circuit::Literal> none;
    const circuit::Circuit circuit = cone(builder.circuit(), none);
    if (format != nullptr) {
        std::ostringstream text;
        format->write(circuit, text,
                      {.description = fmt::format("{} at length {}, tabulated: {}", result.title, length, result.how)});
        base::write_file(output, text.view());
    }
    result.show(session, circuit, table, output);
    return success;
}

}  // namespace attest::cli
