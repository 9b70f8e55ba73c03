#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "attest/base/limits.hpp"
#include "attest/logic/sat_solver.hpp"

namespace attest::logic {

/// CaDiCaL for very many small questions about a growing formula: it also says on which assumptions a refutation rests.
///
/// No proof is kept, and calls are not guarded: `value` only after satisfiable, `failed` only after unsatisfiable, of an assumption of
/// that call, and nothing added in between.
class IncrementalSolver {
  public:
    IncrementalSolver();
    ~IncrementalSolver();
    IncrementalSolver(const IncrementalSolver&) = delete;
    IncrementalSolver& operator=(const IncrementalSolver&) = delete;

    void add(std::span<const std::int32_t> clause);
    void add(const Cnf& formula);
    Answer solve(std::span<const std::int32_t> assumptions, const base::Limits& limits);
    bool holds(std::int32_t literal) const;
    /// Those that failed contradict the clauses together.
    bool failed(std::int32_t assumption) const;

  private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace attest::logic
