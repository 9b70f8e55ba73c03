#include "logic/incremental_solver.hpp"

#include <cadical.hpp>

namespace attest::logic {

namespace {

class LimitLook : public CaDiCaL::Terminator {
  public:
    bool terminate() override { return limits != nullptr && limits->exceeded().has_value(); }

    const base::Limits* limits = nullptr;
};

}  // namespace

struct IncrementalSolver::Implementation {
    CaDiCaL::Solver solver;
    LimitLook look;
};

IncrementalSolver::IncrementalSolver() : implementation_(std::make_unique<Implementation>()) {
    implementation_->solver.set("quiet", 1);
    implementation_->solver.connect_terminator(&implementation_->look);
}

IncrementalSolver::~IncrementalSolver() { implementation_->solver.disconnect_terminator(); }

void IncrementalSolver::add(std::span<const std::int32_t> clause) {
    for (const std::int32_t literal : clause) implementation_->solver.add(literal);
    implementation_->solver.add(0);
}

void IncrementalSolver::add(const Cnf& formula) {
    for (std::size_t c = 0; c < formula.size(); ++c) add(formula.clause(c));
}

Answer IncrementalSolver::solve(std::span<const std::int32_t> assumptions, const base::Limits& limits) {
    if (limits.exceeded()) return Answer::unknown;
    for (const std::int32_t literal : assumptions) implementation_->solver.assume(literal);
    implementation_->look.limits = &limits;
    const int status = implementation_->solver.solve();
    implementation_->look.limits = nullptr;
    return status == 10 ? Answer::satisfiable : status == 20 ? Answer::unsatisfiable : Answer::unknown;
}

bool IncrementalSolver::holds(std::int32_t literal) const { return implementation_->solver.val(literal) > 0; }

bool IncrementalSolver::failed(std::int32_t assumption) const { return implementation_->solver.failed(assumption); }

}  // namespace attest::logic
