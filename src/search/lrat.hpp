#pragma once

#include <cstdint>
#include <string>

#include "attest/base/limits.hpp"
#include "attest/solve/cnf.hpp"
#include "attest/solve/sat_solver.hpp"

namespace attest::search {

/// A proof that a formula has no model, or why there is none.
struct Lrat {
    std::string proof;
    std::string missing;
    std::string solver;
};

/// Refutes from the beginning, with the back end that writes proofs.
Lrat prove_unsatisfiable(const solve::Cnf& formula, const solve::SolverOptions& options, const base::Limits& limits);

}  // namespace attest::search
