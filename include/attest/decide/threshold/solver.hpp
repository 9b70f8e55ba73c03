#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/threshold/encoder.hpp"
#include "attest/logic/sat_solver.hpp"

namespace attest::threshold {

/// Solves an encoding, with transitivity added where an assignment breaks it.
class CutSolver {
  public:
    /// Needs   the arguments outlive the solver
    /// `units`: literals that are true besides.
    CutSolver(const NetworkClass& network, const Encoding& encoding, logic::BackEnd back_end,
              const logic::SolverOptions& options, const std::vector<Literal>& units = {});

    /// Satisfiable: an assignment whose comparisons extend to orders. Can be called again after `unknown`, and goes on.
    /// `conflicts`: of each call of the solver inside.
    logic::Answer solve(const base::Limits& limits, std::optional<std::int64_t> conflicts);

    /// After satisfiable.
    bool value(Literal literal) const;
    /// After satisfiable, by order: the comparisons that the choices of the assignment need.
    std::vector<std::vector<Step>> needed_steps() const;
    /// The cuts so far: clauses of section 9.5.
    const std::vector<std::vector<Literal>>& cuts() const { return cuts_; }
    std::string solver_name() const { return solver_->name(); }

  private:
    void cut(const std::vector<Literal>& cycle);
    bool cut_cycles();

    const NetworkClass& network_;
    const Encoding& encoding_;
    std::unique_ptr<logic::SatSolver> solver_;
    std::vector<std::vector<Literal>> cuts_;
};

}  // namespace attest::threshold
