#include "attest/measure/function/measure.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/text.hpp"
#include "certify/refutation.hpp"
#include "command.hpp"
#include "function.hpp"
#include "measure/function/bounds.hpp"
#include "measure_files.hpp"
#include "record/measure.hpp"
#include "record/stopped.hpp"
#include "report/measures.hpp"

namespace attest::cli {

namespace {

class Measure : public Command {
  public:
    std::string name() const override { return "measure"; }
    std::string summary() const override {
        return "Sensitivity, certificates, influences, degree, spectrum: how complex is the function at a length";
    }
    std::vector<std::string> examples() const override {
        return {"attest measure --language parity --length 16", "attest measure zoo:palindrome --length 20 --json",
                "attest measure --circuit f.aag --noise 9/10 --plot f.svg",
                "attest measure --circuit adder.aag --output all"};
    }
    Uses uses() const override {
        return {.seed = true, .threads = "Parts of a truth table that are worked on at a time"};
    }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", operand_.model,
                       "A model file, tables, or zoo:NAME; its alphabet has two symbols, the second is 1");
        app.add_option("--language", operand_.language, "A language over two symbols; attest languages lists them")
            ->type_name("L");
        app.add_option("--circuit", operand_.circuit, "An AIGER file (.aag, .aig); its inputs are the positions")
            ->type_name("FILE");
        app.add_option("--output", operand_.output,
                       "Which output of a circuit of several: its name, its number from 1, or all for a table")
            ->type_name("NAME|K");
        app.add_option("--length", operand_.length, "Symbols of the word; a circuit and tables have their own")
            ->type_name("N");
        app.add_option("--noise", noise_, "Noise stability at these correlations from -1 to 1 (default 1/2)")
            ->type_name("RHO");
        app.add_option("--concentration", outside_,
                       "The level above which at most this part of the Fourier weight lies (default 1/100)")
            ->type_name("PART");
        app.add_option("--spectrum", spectrum_, "Write the Fourier coefficients that are not 0, as CSV")
            ->type_name("FILE");
        app.add_option("--plot", plot_, "Draw influences and Fourier weights, as SVG")->type_name("FILE");
        app.add_option(
               "--proofs", proofs_,
               "Ask a solver for the sensitivity in any case, and keep formulas and proofs (LRAT) in this directory")
            ->type_name("DIR");
    }

    int run(Session& session) override {
        if (operand_.all_outputs()) return run_all(session);
        const base::Limits limits = session.limits();
        auto loaded = load_function(operand_, session, limits);
        if (const auto* why = std::get_if<verdict::Undecided>(&loaded)) return stopped(session, *why);
        const auto& function = std::get<NamedFunction>(loaded);
        measure::MeasureOptions options = measure_options(session, limits);
        std::optional<RefutationFiles> proofs;
        if (!proofs_.empty()) {
            if (!function.function.circuit)
                throw base::UsageError(
                    "--proofs: expected a function with a circuit, found a model that is evaluated word by word");
            proofs.emplace(proofs_);
            options.keep = [&](const measure::Refuted& refuted) { proofs->keep(refuted); };
        }
        const measure::Measures measures = measure::measure(function.function, options, limits);
        const auto bounds = measure::bounds(
            measures, measure::origins(function.function, function.transformer ? &*function.transformer : nullptr));
        write_files(function, measures);
        if (proofs) keep(*proofs, function, measures);
        show(session, function, measures, bounds, proofs ? proofs->count() : 0);
        return measures.stopped ? undecided : success;
    }

  private:
    measure::MeasureOptions measure_options(Session& session, const base::Limits& limits) const {
        measure::MeasureOptions options;
        options.threads = session.options.threads;
        options.seed = session.options.seed;
        options.check = certify::proof_check(limits);
        options.noise = parse_all(noise_, "--noise", -1);
        options.outside = parse_all(outside_, "--concentration", 0);
        options.keep_spectrum = !spectrum_.empty();
        options.progress = [&session](const std::string& what) { session.progress(what); };
        return options;
    }

    /// One row of the table for each output of a circuit, and all of its numbers in the JSON.
    int run_all(Session& session) const {
        for (const auto& [option, path] :
             {std::pair{"--proofs", &proofs_}, {"--spectrum", &spectrum_}, {"--plot", &plot_}})
            if (!path->empty())
                throw base::UsageError(fmt::format("{}: expected one output, found --output all", option));
        const base::Limits limits = session.limits();
        const std::vector<NamedFunction> functions = load_outputs(operand_);
        std::vector<report::OutputMeasures> rows;
        record::MeasureOutputs record{functions.front().name, functions.front().function.variables, {}};
        bool complete = true;
        for (const NamedFunction& function : functions) {
            session.progress(
                fmt::format("[{}/{}] output {}", rows.size() + 1, functions.size(), base::printable(function.output)));
            const measure::Measures measures =
                measure::measure(function.function, measure_options(session, limits), limits);
            const auto bounds = measure::bounds(measures, measure::origins(function.function, nullptr));
            complete = complete && !measures.stopped;
            record.outputs.push_back({function.output, record::measures(measures, bounds, function.symbols)});
            rows.push_back({function.output, measures});
        }
        session.print(fmt::format("circuit {} at length {}: {} outputs\n", base::printable(functions.front().name),
                                  functions.front().function.variables, functions.size()));
        session.print(report::to_text(rows));
        session.print_json(record::write(record));
        return complete ? success : undecided;
    }

    /// Numbers `p`, `p/q` or decimals from `least` to 1, with commas between them or each for itself.
    static std::vector<exact::Rational> parse_all(const std::vector<std::string>& texts, const std::string& option,
                                                  int least) {
        std::vector<exact::Rational> numbers;
        const std::string all = fmt::format("{}", fmt::join(texts, ","));
        for (std::size_t from = 0, to = 0; from <= all.size(); from = to + 1) {
            to = std::min(all.find(',', from), all.size());
            const std::string text = all.substr(from, to - from);
            exact::Rational number = exact::parse_number(text, option);
            if (number < least || number > 1)
                throw base::UsageError(
                    fmt::format("{}: expected a number from {} to 1, found {}", option, least, base::printable(text)));
            numbers.push_back(std::move(number));
        }
        return numbers;
    }

    /// Which function a record is of.
    template <typename Record>
    static void name_subject(Record& record, const NamedFunction& function, const measure::Measures& measures) {
        (function.kind == "model"      ? record.model
         : function.kind == "language" ? record.language
                                       : record.circuit) = function.name;
        record.length = measures.variables;
    }

    static void keep(RefutationFiles& proofs, const NamedFunction& function, const measure::Measures& measures) {
        record::Sensitivity record;
        name_subject(record, function, measures);
        proofs.finish(std::move(record));
    }

    void write_files(const NamedFunction& function, const measure::Measures& measures) const {
        if (!spectrum_.empty()) write_spectrum(spectrum_, measures);
        if (plot_.empty()) return;
        const std::string title =
            fmt::format("{} {} at length {}", function.kind, base::printable(function.name), measures.variables);
        base::write_file(plot_, report::picture_svg(measures, title));
    }

    static int stopped(Session& session, const verdict::Undecided& why) {
        session.print_json(record::write(record::stopped("measure", why)));
        fmt::print(stderr, "attest: undecided: {}: {}\n", to_string(why.reason), why.detail);
        return undecided;
    }

    void show(Session& session, const NamedFunction& function, const measure::Measures& measures,
              const std::vector<measure::Bound>& bounds, std::size_t proofs) const {
        const std::string output =
            function.output.empty() ? "" : fmt::format(", output {}", base::printable(function.output));
        session.print(fmt::format("{} {}{} at length {}\n", function.kind, base::printable(function.name), output,
                                  measures.variables));
        session.print(report::to_text(measures, function.symbols));
        session.print(report::to_text(bounds));
        record::Measure record;
        name_subject(record, function, measures);
        if (!function.output.empty()) record.output = function.output;
        record.measures = record::measures(measures, bounds, function.symbols);
        const auto written = [&](std::optional<std::string>& member, const char* text, const std::string& path) {
            if (path.empty()) return;
            member = path;
            session.print(fmt::format("  {}  {}\n", text, base::printable(path)));
        };
        written(record.spectrum, "coefficients in", spectrum_);
        written(record.plot, "drawn in", plot_);
        written(record.proofs, proofs == 1 ? "1 proof in" : fmt::format("{} proofs in", proofs).c_str(), proofs_);
        if (measures.stopped) {
            session.note(fmt::format("stopped: {}: {}; what is not exact holds as a bound",
                                     to_string(measures.stopped->reason), measures.stopped->detail));
            record.stopped = {to_string(measures.stopped->reason), measures.stopped->detail};
        }
        session.print_json(record::write(record));
    }

    FunctionOperand operand_;
    std::vector<std::string> noise_{"1/2"}, outside_{"1/100"};
    std::string spectrum_, plot_, proofs_;
};

}  // namespace

std::unique_ptr<Command> make_measure() { return std::make_unique<Measure>(); }

}  // namespace attest::cli
