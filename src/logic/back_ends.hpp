#pragma once

#include <memory>

#include "attest/logic/sat_solver.hpp"

namespace attest::logic {

// One file each; only the factory calls these.
std::unique_ptr<SatSolver> make_cadical(const SolverOptions& options);
std::unique_ptr<SatSolver> make_cryptominisat(const SolverOptions& options);
std::unique_ptr<SatSolver> make_z3(const SolverOptions& options);

}  // namespace attest::logic
