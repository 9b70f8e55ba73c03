#include "record/compile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <sstream>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/circuit/export.hpp"
#include "attest/decide/induction/induction.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "attest/network/at_length.hpp"
#include "base/text.hpp"
#include "circuit/structure.hpp"
#include "command.hpp"
#include "compile/program.hpp"
#include "compile/tables.hpp"
#include "compile_opb.hpp"
#include "compile_sequential.hpp"
#include "compile_tabulated.hpp"
#include "compile_threshold.hpp"
#include "every_length.hpp"
#include "lengths.hpp"
#include "record/stopped.hpp"
#include "record/words.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

/// 2^x as a number while it is one, else as a power.
std::string power(double log2) {
    return log2 < 40 ? fmt::format("{:.0f}", std::floor(std::exp2(log2) + 0.5)) : fmt::format("2^{:.1f}", log2);
}

/// What is compiled, at one length: a model, tables, or a program, which has no layers and one form.
struct Source {
    std::string name, title;
    const language::Alphabet& alphabet;
    std::int64_t length;
    std::size_t attention_layers;
    std::optional<double> formula_log2;
    std::function<std::variant<compile::CompiledModel, verdict::Undecided>(circuit::Builder&, const compile::Inputs&,
                                                                           const compile::Options&)>
        compile;
};

Source source_of(const network::Transformer& t, std::int64_t length, const base::Limits& limits) {
    network::require_decidable(t, length);
    const network::AtLength at(t, length);
    const auto attends = std::count_if(at->layers.begin(), at->layers.end(),
                                       [](const network::Layer& l) { return l.attention.has_value(); });
    const auto compile = [&](auto& builder, const auto& inputs, const auto& options) {
        return compile_model(builder, inputs, t, options, limits);
    };
    return {t.name,
            title(t),
            t.alphabet,
            length,
            static_cast<std::size_t>(attends),
            compile::size_formula_log2(*at, t.sequence_length(length)),
            compile};
}

Source source_of(const network::Guhat& tables, const base::Limits& limits) {
    const auto compile = [&](auto& builder, const auto& inputs, const auto& options) {
        return compile_guhat(builder, inputs, tables, options, limits);
    };
    return {tables.name,
            title(tables),
            tables.alphabet,
            tables.length,
            static_cast<std::size_t>(tables.layers),
            compile::size_formula_log2(tables),
            compile};
}

Source source_of(const network::Program& program, std::int64_t length, const base::Limits& limits) {
    network::require_decisions(program, length);
    const auto attends = std::count_if(program.variables.begin(), program.variables.end(), [](const auto& variable) {
        return std::holds_alternative<network::Program::Attend>(variable.step);
    });
    const auto compile = [&](auto& builder, const auto& inputs, const auto& options) {
        return compile_program(builder, inputs, program, options, limits);
    };
    return {program.name, title(program), program.alphabet, length, static_cast<std::size_t>(attends),
            std::nullopt, compile};
}

class Compile : public Command {
  public:
    std::string name() const override { return "compile"; }
    std::string summary() const override {
        return "The circuit of a model, of tables, or of a program, at one length or at all";
    }
    std::vector<std::string> examples() const override {
        return {"attest compile zoo:first --length 1000 -o f.aig",
                "attest compile model.json --length 16 --form compact -o circuit.dot",
                "attest compile zoo:chiang-cholak-parity --length 8 -o parity.aag",
                "attest compile zoo:palindrome --length 8 --json",
                "attest compile zoo:average-majority --length 8 --form threshold",
                "attest compile zoo:average-parity --language parity --length 8 --form opb",
                "attest compile zoo:tomita-4 --language tomita:4 --length all -o m.aag"};
    }
    Uses uses() const override { return {.seed = true}; }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, tables, a program, or zoo:NAME")->required();
        app.add_option("--length", length_, "Symbols of the word, or all (0.., 1..): a circuit with latches")
            ->required()
            ->type_name("N");
        app.add_option("-o,--output", output_, "Where to write; the ending chooses: " + circuit::known_endings())
            ->type_name("FILE");
        app.add_option(
               "--form", form_,
               "constant-depth (default), compact (which models with average attention have), threshold: gates with "
               "weights and bounds, opb: inequalities that a word would satisfy on which the model answers otherwise "
               "than --language, or tabulated: of the answers on all words, which is what softmax models have")
            ->type_name("FORM");
        app.add_flag("--keep-unreachable", keep_, "Do not look for values that never occur");
        CLI::Option* language =
            app.add_option(
                   "--language", sequential_.language,
                   "For all lengths, and --form opb: what is asked is where the model answers otherwise than this")
                ->type_name("L");
        app.add_option("--map", sequential_.map, "What each model symbol means, e.g. a=0,b=1")
            ->type_name("PAIRS")
            ->needs(language);
    }

    int run(Session& session) override {
        if (parse_every_length(length_, 0)) return or_give_a_length([&] { return run_every_length(session); });
        if (!sequential_.language.empty() && form_ != "opb")
            throw base::UsageError("--language: expected with --length all or --form opb, found with " +
                                   base::printable(length_));
        if (!form_.empty() && form_ != "constant-depth" && form_ != "compact" && form_ != "threshold" &&
            form_ != "opb" && form_ != "tabulated")
            throw base::UsageError(
                fmt::format("--form: expected constant-depth, compact, threshold, opb or tabulated, found '{}'",
                            base::printable(form_)));
        const circuit::ExportFormat* format = output_.empty() ? nullptr : circuit::export_format(output_);
        if (!output_.empty() && format == nullptr && form_ != "threshold" && form_ != "opb")
            throw base::UsageError(fmt::format("-o: expected a file ending in {}, found '{}'", circuit::known_endings(),
                                               base::printable(output_)));
        const formats::NetworkFile subject = load_network(model_);
        const std::int64_t length = parse_length(length_, "--length");
        const base::Limits limits = session.limits();
        const auto* tables = std::get_if<formats::GuhatFile>(&subject);
        if (const auto* program = std::get_if<formats::ProgramFile>(&subject)) {
            if (form_ == "tabulated") return compile_tabulated(session, subject, length, output_, format, limits);
            if (!form_.empty())
                throw base::UsageError("--form: expected none, or tabulated, for a program, whose circuit is one-hot");
            return run(session, source_of(program->program, length, limits), format, limits, &subject);
        }
        if (tables != nullptr) require_length(tables->guhat, model_, length);
        const ModelOrTables model = tables != nullptr ? ModelOrTables(*tables) : std::get<formats::ModelFile>(subject);
        if (form_ == "threshold" || form_ == "opb") {
            if (tables != nullptr)
                throw base::UsageError(fmt::format("--form: expected another than {} for tables", form_));
            if (form_ == "opb")
                return compile_opb(session, std::get<formats::ModelFile>(subject).transformer, length,
                                   {sequential_.language, sequential_.map, output_}, limits);
            return cli::compile_threshold(session, std::get<formats::ModelFile>(subject).transformer, length, output_,
                                          limits);
        }
        if (form_.empty()) form_ = !has_circuit(model) ? "tabulated" : counts(model) ? "compact" : "constant-depth";
        if (form_ == "constant-depth" && counts(model))
            throw base::Unsupported(
                "average attention is not of constant depth with AND and OR, only with --form threshold");
        if (form_ == "tabulated") return compile_tabulated(session, subject, length, output_, format, limits);
        if (tables == nullptr)
            return run(session, source_of(std::get<formats::ModelFile>(subject).transformer, length, limits), format,
                       limits);
        return run(session, source_of(tables->guhat, limits), format, limits);
    }

  private:
    int run_every_length(Session& session) {
        if (!form_.empty())
            throw base::UsageError(
                fmt::format("--form: expected none for all lengths, whose circuit is one-hot, found '{}'", form_));
        const formats::NetworkFile subject = load_network(model_);
        const auto* file = std::get_if<formats::ModelFile>(&subject);
        if (file == nullptr)
            throw base::Unsupported("only model files have a circuit at all lengths; give --length a number");
        sequential_.from = *parse_every_length(length_, induction::least_length(file->transformer));
        sequential_.output = output_;
        return compile_sequential(session, file->transformer, sequential_);
    }

    /// `tabulated`, unless it is null, has a circuit by the answers on all words, where values are too many for gates.
    int run(Session& session, const Source& source, const circuit::ExportFormat* format, const base::Limits& limits,
            const formats::NetworkFile* tabulated = nullptr) const {
        circuit::Builder builder(limits.memory_bytes);
        if (const double bytes = compile::Inputs::bytes(source.alphabet, source.length);
            bytes > static_cast<double>(limits.memory_bytes))
            return stopped(
                session, source,
                {verdict::Reason::memory, fmt::format("about {:.0f} MiB for the inputs alone", bytes / 0x1p20)});
        const compile::Inputs inputs(builder, source.alphabet, source.length);
        compile::Options options;
        options.form = form_ == "compact" ? compile::Form::compact : compile::Form::constant_depth;
        if (!keep_) options.never_true = decide::find_never_true(inputs, session.options.seed, limits);
        auto result = source.compile(builder, inputs, options);
        if (const auto* why = std::get_if<verdict::Undecided>(&result)) {
            if (tabulated == nullptr || why->reason != verdict::Reason::memory) return stopped(session, source, *why);
            session.note(fmt::format("{}: {}: tabulated in place of a gate for each value", source.title, why->detail));
            return compile_tabulated(session, *tabulated, source.length, output_, format, limits);
        }
        const auto& compiled = std::get<compile::CompiledModel>(result);
        builder.circuit().add_output("accept", compiled.accept);
        if (is_program(source) && compiled.drop_literals[0] != circuit::bottom)
            builder.circuit().add_output("no-value", compiled.drop_literals[0]);
        if (inputs.one_hot()) builder.circuit().add_constraint("exactly-one", inputs.exactly_one(builder));
        std::vector<circuit::Literal> none;
        const circuit::Circuit circuit = cone(builder.circuit(), none);
        if (format != nullptr) write(*format, circuit, source);
        show(session, circuit, compiled.sizes, source);
        return success;
    }

    static bool is_program(const Source& source) { return !source.formula_log2; }
    std::string form(const Source& source) const { return is_program(source) ? "one-hot" : form_; }

    static int stopped(Session& session, const Source& source, const verdict::Undecided& why) {
        session.print_json(record::write(record::stopped("compile", why, source.name, source.length)));
        fmt::print(stderr, "attest: {} at length {}: undecided: {}: {}\n", source.title, source.length,
                   to_string(why.reason), why.detail);
        return undecided;
    }

    void write(const circuit::ExportFormat& format, const circuit::Circuit& circuit, const Source& source) const {
        std::ostringstream text;
        format.write(
            circuit, text,
            {.description = fmt::format("{} at length {}, {} form", source.title, source.length, form(source))});
        base::write_file(output_, text.view());
    }

    void show(Session& session, const circuit::Circuit& circuit, const compile::Sizes& sizes,
              const Source& source) const {
        const circuit::Statistics s = statistics(circuit);
        const std::size_t attention_layers = source.attention_layers;
        const bool constant = form(source) == "constant-depth";
        session.print(fmt::format("{} at length {}: {} positions, {} {} with attention\n", source.title, source.length,
                                  sizes.positions, attention_layers, is_program(source) ? "variables" : "layers"));
        session.print(fmt::format(
            "  form      {}\n  inputs    {}\n  gates     {} ({} AND, {} XOR), greatest fan-in {}\n  wires     {}\n",
            form(source), s.inputs, s.size(), s.conjunctions, s.exclusive_ors, s.greatest_fan_in, s.wires));
        session.print(fmt::format("  depth     {}{}\n", s.depth,
                                  constant ? fmt::format(" (at most 2 L + 1 = {})", 2 * attention_layers + 1) : ""));
        session.print(fmt::format("  values    at most {} a position by {}; {} that never occur left out\n",
                                  fmt::join(sizes.values, ", "), is_program(source) ? "variable" : "layer",
                                  sizes.dropped));
        if (source.formula_log2)
            session.print(fmt::format("  formula   one-hot normal form without merging: at most {} gates\n",
                                      power(*source.formula_log2)));
        session.print(fmt::format("  memory    {} bytes, {:.1f} a gate and wire\n", circuit.memory_bytes(),
                                  static_cast<double>(circuit.memory_bytes()) /
                                      static_cast<double>(std::max<std::size_t>(1, s.size() + s.wires))));
        if (!output_.empty()) session.print(fmt::format("  written   {}\n", output_));
        record::Compile record = record::compiled(circuit, sizes);
        record.model = source.name;
        record.length = source.length;
        record.form = form(source);
        record.layers = attention_layers;
        if (source.formula_log2) record.formula_log2 = record::finite(*source.formula_log2);
        if (constant) record.depth_bound = 2 * attention_layers + 1;
        if (!output_.empty()) record.output = output_;
        session.print_json(record::write(record));
    }

    std::string model_, length_, output_, form_;
    SequentialAsked sequential_;
    bool keep_ = false;
};

}  // namespace

std::unique_ptr<Command> make_compile() { return std::make_unique<Compile>(); }

}  // namespace attest::cli
