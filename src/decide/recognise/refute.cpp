#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "circuit/gates.hpp"
#include "logic/proof.hpp"
#include "logic/tseitin.hpp"

// The roots of a circuit as a formula, a solver on the formula, and its proof in a form that the checker reads.

namespace attest::decide {

namespace {

using circuit::Literal;

/// CDCL gets this much work before parity reasoning is tried: what it can refute within has a small clausal proof.
constexpr std::int64_t conflicts_before_parity = 20000;

/// XOR gates once more, for solvers that reason about them: a + b + g = 0, that is (¬g) + a + b = 1.
void add_parities(logic::SatSolver& solver, const circuit::Circuit& circuit) {
    for (circuit::Node v = circuit.first_gate(); v < circuit.node_count(); ++v)
        circuit::visit_gate(
            circuit, v, [](circuit::Conjunction) {},
            [&](circuit::ExclusiveOr g) {
                const std::int32_t a = logic::dimacs(g.of[0]), b = logic::dimacs(g.of[1]);
                solver.add_parity(std::vector<std::int32_t>{-static_cast<std::int32_t>(v), a, b});
            });
}

/// The solver's proof as LRAT. Solvers do not notice a proof that is lost on a full disk; this reads it all.
void elaborate(Refutation& refutation, logic::SatSolver& solver, const std::string& path, const base::Limits& limits) {
    try {
        solver.close_proof();
        auto lrat = logic::drat_to_lrat(refutation.formula, base::read_file(path, std::size_t{1} << 40), limits);
        if (auto* failure = std::get_if<logic::ProofFailure>(&lrat)) {
            refutation.no_proof = failure->reason;
        } else {
            refutation.proof = std::move(std::get<std::string>(lrat));
            refutation.proof_format = "lrat";
        }
    } catch (const base::InputError& e) {
        refutation.no_proof = e.what();
    }
}

}  // namespace

Decision refute(circuit::Circuit circuit, std::vector<Literal> roots, std::vector<compile::Drop> drops,
                std::int64_t length, std::size_t symbols, const ProveOptions& options, const base::Limits& limits) {
    const auto tell = [&](const std::string& what) {
        if (options.progress) options.progress(what);
    };
    Decision decision;
    logic::Cnf formula = logic::formula(circuit, roots, length, symbols);
    const std::unique_ptr<logic::SatSolver> solver = logic::make_solver(options.back_end, {.seed = options.seed});
    decision.solver = solver->name();
    const base::DirectoryInProgress scratch;
    const std::string proof_path = scratch.path() + "/proof.drat";
    const bool keeps_proof = solver->capabilities().proof;
    if (keeps_proof) solver->keep_proof(proof_path);
    add_formula(*solver, formula);
    if (solver->capabilities().parity) add_parities(*solver, circuit);

    tell(fmt::format("solving {} gates with {}", circuit.gate_count(), solver->name()));
    solver->limit_conflicts(conflicts_before_parity);
    decision.answer = solver->solve({}, limits);
    if (decision.answer == logic::Answer::unknown && !limits.exceeded()) {
        if (auto parity = logic::refute_by_parity(formula, limits)) {
            decision.answer = logic::Answer::unsatisfiable;
            decision.refutation = Refutation{std::move(circuit),
                                             std::move(roots),
                                             std::move(drops),
                                             std::move(formula),
                                             std::move(*parity),
                                             "xlrup",
                                             {},
                                             "parity reasoning"};
            return decision;
        }
        solver->limit_conflicts(std::nullopt);
        decision.answer = solver->solve({}, limits);
    }
    if (decision.answer == logic::Answer::unknown) {
        const auto limit = limits.exceeded();
        decision.why = {limit ? verdict::reason_of(*limit) : verdict::Reason::unsupported,
                        fmt::format("{} gave up", solver->name())};
    } else if (decision.answer == logic::Answer::satisfiable) {
        for (std::size_t k = 0; k < circuit.input_count(); ++k)
            decision.assignment.push_back(solver->value(static_cast<std::int32_t>(circuit.input(k))));
    } else {
        decision.refutation = Refutation{
            std::move(circuit), std::move(roots), std::move(drops), std::move(formula), {}, {}, {}, solver->name()};
        if (keeps_proof) {
            tell("reading the proof");
            elaborate(*decision.refutation, *solver, proof_path, limits);
        } else {
            decision.refutation->no_proof = fmt::format("{} writes no proof", solver->name());
        }
    }
    return decision;
}

}  // namespace attest::decide
