#include "attest/base/file.hpp"
#include "logic/proof.hpp"

namespace attest::logic {

LratRefutation refute_with_lrat(const Cnf& formula, const SolverOptions& options, const base::Limits& limits,
                                std::optional<std::int64_t> most_conflicts) {
    const base::DirectoryInProgress scratch;
    const std::string path = scratch.path() + "/proof.drat";
    const auto solver = make_solver(BackEnd::cadical, options);
    solver->keep_proof(path);
    add_formula(*solver, formula);
    solver->limit_conflicts(most_conflicts);
    LratRefutation result;
    result.solver = solver->name();
    result.answer = solver->solve({}, limits);
    if (result.answer != Answer::unsatisfiable) {
        result.missing = "a limit was reached while the proof was made";
        return result;
    }
    solver->close_proof();
    auto lrat = drat_to_lrat(formula, base::read_file(path, std::size_t{1} << 40), limits);
    if (auto* failure = std::get_if<ProofFailure>(&lrat)) result.missing = std::move(failure->reason);
    else result.proof = std::move(std::get<std::string>(lrat));
    return result;
}

}  // namespace attest::logic
