#include "attest/base/error.hpp"
#include "attest/logic/sat_solver.hpp"
#include "back_ends.hpp"
#include "base/text.hpp"

namespace attest::logic {
namespace {

struct Row {
    BackEnd back_end;
    const char* name;
    std::unique_ptr<SatSolver> (*make)(const SolverOptions&);
};

constexpr Row rows[] = {
    {BackEnd::cadical, "cadical", make_cadical},
    {BackEnd::cryptominisat, "cryptominisat", make_cryptominisat},
    {BackEnd::z3, "z3", make_z3},
};

}  // namespace

std::unique_ptr<SatSolver> make_solver(BackEnd back_end, const SolverOptions& options) {
    for (const Row& row : rows)
        if (row.back_end == back_end) return row.make(options);
    throw base::InternalError("a back end without a row in the factory");
}

BackEnd parse_back_end(const std::string& name) {
    for (const Row& row : rows)
        if (name == row.name) return row.back_end;
    std::string known;
    for (const std::string& each : back_end_names()) known += (known.empty() ? "" : ", ") + each;
    throw base::UsageError("--solver: expected one of " + known + ", found '" + base::printable(name) + "'");
}

const std::vector<std::string>& back_end_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const Row& row : rows) list.emplace_back(row.name);
        return list;
    }();
    return names;
}

void add_formula(SatSolver& solver, const Cnf& formula) {
    solver.reserve(formula.variables);
    for (std::size_t c = 0; c < formula.size(); ++c) solver.add_clause(formula.clause(c));
}

}  // namespace attest::logic
