#include <fmt/format.h>

#include <cmath>
#include <sstream>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/base/text.hpp"
#include "attest/circuit/export.hpp"
#include "attest/circuit/structure.hpp"
#include "attest/compile/compile.hpp"
#include "attest/query/prove.hpp"
#include "command.hpp"
#include "lengths.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

/// 2^x as a number while it is one, else as a power.
std::string power(double log2) {
    return log2 < 40 ? fmt::format("{:.0f}", std::floor(std::exp2(log2) + 0.5)) : fmt::format("2^{:.1f}", log2);
}

class Compile : public Command {
  public:
    std::string name() const override { return "compile"; }
    std::string summary() const override { return "The circuit of a hard-attention model at one length"; }
    std::vector<std::string> examples() const override {
        return {"attest compile zoo:first --length 1000 -o f.aig", "attest compile model.json --length 16 --form compact -o circuit.dot",
                "attest compile zoo:palindrome --length 8 --json"};
    }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, or zoo:NAME")->required();
        app.add_option("--length", length_, "Symbols of the word")->required()->type_name("N");
        app.add_option("-o,--output", output_, "Where to write; the ending chooses: " + circuit::known_endings())->type_name("FILE");
        app.add_option("--form", form_, "constant-depth (default) or compact")->type_name("FORM");
        app.add_flag("--keep-unreachable", keep_, "Do not look for values that never occur");
    }

    int run(Session& session) override {
        if (form_ != "constant-depth" && form_ != "compact")
            throw base::UsageError(fmt::format("--form: expected constant-depth or compact, found '{}'", base::printable(form_)));
        const circuit::ExportFormat* format = output_.empty() ? nullptr : circuit::export_format(output_);
        if (!output_.empty() && format == nullptr)
            throw base::UsageError(fmt::format("-o: expected a file ending in {}, found '{}'", circuit::known_endings(), base::printable(output_)));
        const model::ModelFile file = load_model(model_);
        const std::int64_t length = parse_length(length_, "--length");
        const base::Limits limits = session.limits();
        (void)file.transformer.readout_position(file.transformer.sequence_length(length));

        circuit::Builder builder(limits.memory_bytes);
        if (const double bytes = compile::Inputs::bytes(file.transformer.alphabet, length); bytes > static_cast<double>(limits.memory_bytes))
            return stopped(session, file.transformer, length,
                           {verdict::Reason::memory, fmt::format("about {:.0f} MiB for the inputs alone", bytes / 0x1p20)});
        const compile::Inputs inputs(builder, file.transformer.alphabet, length);
        compile::Options options;
        options.form = form_ == "compact" ? compile::Form::compact : compile::Form::constant_depth;
        if (!keep_) options.never_true = query::find_never_true(inputs, session.options.seed, limits);
        auto result = compile_model(builder, inputs, file.transformer, options, limits);
        if (const auto* why = std::get_if<verdict::Undecided>(&result)) return stopped(session, file.transformer, length, *why);
        const auto& compiled = std::get<compile::CompiledModel>(result);
        builder.circuit().add_output("accept", compiled.accept);
        if (inputs.one_hot()) builder.circuit().add_constraint("exactly-one", inputs.exactly_one(builder));
        std::vector<circuit::Literal> none;
        const circuit::Circuit circuit = cone(builder.circuit(), none);
        if (format != nullptr) write(*format, circuit, file.transformer, length);
        show(session, circuit, compiled.sizes, file.transformer, length);
        return success;
    }

  private:
    static int stopped(Session& session, const model::Transformer& t, std::int64_t length, const verdict::Undecided& why) {
        session.print_json({{"command", "compile"}, {"model", t.name}, {"length", length}, {"verdict", "undecided"},
                            {"reason", to_string(why.reason)}, {"detail", why.detail}});
        fmt::print(stderr, "attest: {} at length {}: undecided: {}: {}\n", title(t), length, to_string(why.reason), why.detail);
        return undecided;
    }

    void write(const circuit::ExportFormat& format, const circuit::Circuit& circuit, const model::Transformer& t, std::int64_t length) const {
        std::ostringstream text;
        format.write(circuit, text, {.description = fmt::format("{} at length {}, {} form", title(t), length, form_)});
        base::write_file(output_, text.view());
    }

    void show(Session& session, const circuit::Circuit& circuit, const compile::Sizes& sizes, const model::Transformer& t,
              std::int64_t length) const {
        const circuit::Statistics s = statistics(circuit);
        std::size_t attention_layers = 0;
        for (const model::Layer& l : t.layers) attention_layers += l.attention ? 1 : 0;
        const double formula = compile::size_formula_log2(t, sizes.positions);
        const bool constant = form_ == "constant-depth";
        session.print(fmt::format("{} at length {}: {} positions, {} layers with attention\n", title(t), length, sizes.positions, attention_layers));
        session.print(fmt::format("  form      {}\n  inputs    {}\n  gates     {} ({} AND, {} XOR), greatest fan-in {}\n  wires     {}\n", form_, s.inputs,
                                  s.size(), s.conjunctions, s.exclusive_ors, s.greatest_fan_in, s.wires));
        session.print(fmt::format("  depth     {}{}\n", s.depth, constant ? fmt::format(" (at most 2 L + 1 = {})", 2 * attention_layers + 1) : ""));
        session.print(fmt::format("  values    at most {} a position by layer; {} that never occur left out\n", fmt::join(sizes.values, ", "), sizes.dropped));
        session.print(fmt::format("  formula   one-hot normal form without merging: at most {} gates\n", power(formula)));
        session.print(fmt::format("  memory    {} bytes, {:.1f} a gate and wire\n", circuit.memory_bytes(),
                                  static_cast<double>(circuit.memory_bytes()) / static_cast<double>(std::max<std::size_t>(1, s.size() + s.wires))));
        if (!output_.empty()) session.print(fmt::format("  written   {}\n", output_));
        nlohmann::ordered_json object = {{"command", "compile"}, {"model", t.name}, {"length", length}, {"form", form_},
                                         {"positions", sizes.positions}, {"layers", attention_layers}, {"inputs", s.inputs},
                                         {"gates", s.size()}, {"wires", s.wires}, {"depth", s.depth}, {"greatest_fan_in", s.greatest_fan_in},
                                         {"values", sizes.values}, {"dropped", sizes.dropped}, {"formula_log2", formula},
                                         {"memory_bytes", circuit.memory_bytes()}};
        if (constant) object["depth_bound"] = 2 * attention_layers + 1;
        if (!output_.empty()) object["output"] = output_;
        session.print_json(std::move(object));
    }

    std::string model_, length_, output_, form_ = "constant-depth";
    bool keep_ = false;
};

}  // namespace

std::unique_ptr<Command> make_compile() { return std::make_unique<Compile>(); }

}  // namespace attest::cli
