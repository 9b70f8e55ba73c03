#include "lrat.hpp"

#include "attest/base/file.hpp"
#include "attest/solve/proof.hpp"

namespace attest::search {

Lrat prove_unsatisfiable(const solve::Cnf& formula, const solve::SolverOptions& options, const base::Limits& limits) {
    const base::DirectoryInProgress scratch;
    const std::string path = scratch.path() + "/proof.drat";
    const auto solver = solve::make_solver(solve::BackEnd::cadical, options);
    solver->keep_proof(path);
    solve::add_formula(*solver, formula);
    if (solver->solve({}, limits) != solve::Answer::unsatisfiable) return {{}, "a limit was reached while the proof was made", solver->name()};
    solver->close_proof();
    auto lrat = solve::drat_to_lrat(formula, base::read_file(path), limits);
    if (auto* text = std::get_if<std::string>(&lrat)) return {std::move(*text), {}, solver->name()};
    return {{}, std::get<solve::ProofFailure>(lrat).reason, solver->name()};
}

}  // namespace attest::search
