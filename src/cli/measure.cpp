#include "attest/query/measure.hpp"

#include <fmt/format.h>

#include "attest/base/text.hpp"
#include "attest/query/bounds.hpp"
#include "attest/report/measures.hpp"
#include "checker/checker.hpp"
#include "command.hpp"
#include "function.hpp"

namespace attest::cli {

namespace {

class Measure : public Command {
  public:
    std::string name() const override { return "measure"; }
    std::string summary() const override { return "Sensitivity, certificates, influences, degree, spectrum: how complex is the function at a length"; }
    std::vector<std::string> examples() const override {
        return {"attest measure --language parity --length 16", "attest measure zoo:palindrome --length 20 --json",
                "attest measure --circuit f.aag"};
    }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", operand_.model, "A model file, or zoo:NAME; its alphabet has two symbols, the second is 1");
        app.add_option("--language", operand_.language, "A language over two symbols; attest languages lists them")->type_name("L");
        app.add_option("--circuit", operand_.circuit, "An AIGER file (.aag, .aig) of one output; its inputs are the positions")->type_name("FILE");
        app.add_option("--length", operand_.length, "Symbols of the word; a circuit has its own")->type_name("N");
    }

    int run(Session& session) override {
        const base::Limits limits = session.limits();
        auto loaded = load_function(operand_, session, limits);
        if (const auto* why = std::get_if<verdict::Undecided>(&loaded)) return stopped(session, *why);
        const auto& function = std::get<NamedFunction>(loaded);
        query::MeasureOptions options;
        options.threads = session.options.threads;
        options.seed = session.options.seed;
        options.check = accepted_by_checker;
        options.progress = [&](const std::string& what) { session.progress(what); };
        const query::Measures measures = query::measure(function.function, options, limits);
        show(session, function, measures, query::bounds(measures, query::origins(function.function, function.transformer ? &*function.transformer : nullptr)));
        return measures.stopped ? undecided : success;
    }

  private:
    /// The checker's word on a refutation.
    static std::string accepted_by_checker(const solve::Cnf& formula, const std::string& lrat) {
        std::vector<std::int32_t> clauses;
        for (std::size_t c = 0; c < formula.size(); ++c) {
            const auto clause = formula.clause(c);
            clauses.insert(clauses.end(), clause.begin(), clause.end());
            clauses.push_back(0);
        }
        return checker::check_refutation(formula.variables, clauses, lrat);
    }

    static int stopped(Session& session, const verdict::Undecided& why) {
        session.print_json({{"command", "measure"}, {"verdict", "undecided"}, {"reason", to_string(why.reason)}, {"detail", why.detail}});
        fmt::print(stderr, "attest: undecided: {}: {}\n", to_string(why.reason), why.detail);
        return undecided;
    }

    static void show(Session& session, const NamedFunction& function, const query::Measures& measures, const std::vector<query::Bound>& bounds) {
        session.print(fmt::format("{} {} at length {}\n", function.kind, base::printable(function.name), measures.variables));
        session.print(report::to_text(measures, function.symbols));
        session.print(report::to_text(bounds));
        nlohmann::ordered_json object = {{"command", "measure"}, {function.kind, function.name}, {"length", measures.variables}};
        object.update(report::to_json(measures, function.symbols));
        object["bounds"] = report::to_json(bounds);
        if (measures.stopped) {
            session.note(fmt::format("stopped: {}: {}; what is not exact holds as a bound", to_string(measures.stopped->reason), measures.stopped->detail));
            object["stopped"] = {{"reason", to_string(measures.stopped->reason)}, {"detail", measures.stopped->detail}};
        }
        session.print_json(std::move(object));
    }

    FunctionOperand operand_;
};

}  // namespace

std::unique_ptr<Command> make_measure() { return std::make_unique<Measure>(); }

}  // namespace attest::cli
