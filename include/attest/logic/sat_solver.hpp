#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/logic/cnf.hpp"

namespace attest::logic {

/// What a back end can do beyond clauses. Asking for what it lacks is an error before solving.
struct Capabilities {
    bool parity = false;  ///< takes XOR constraints natively
    bool proof = false;   ///< writes DRAT
    bool assumptions = false;
    bool interrupt = false;  ///< stops at a deadline or a request
};

enum class Answer { satisfiable, unsatisfiable, unknown };

/// One SAT solver. Variables are 1 … ; they exist once used or reserved.
///
/// Which call is allowed when; one that is not throws UsageError before the back end sees it, and changes nothing. `add` is
/// add_clause and add_parity, `assume` is solve under assumptions. reserve and limit_conflicts are always allowed.
///
/// | state              | comes from                 | add | keep_proof | close_proof | solve | assume | value |
/// | ---                | ---                        | --- | ---        | ---         | ---   | ---    | ---   |
/// | fresh              | make_solver                | yes | yes        | no          | yes   | yes    | no    |
/// | adding             | add                        | yes | no         | no          | yes   | yes    | no    |
/// | satisfiable        | solve, assume              | yes | no         | no          | yes   | yes    | yes   |
/// | no model           | solve, assume              | yes | no         | no          | yes   | yes    | no    |
/// | proof, fresh       | keep_proof                 | yes | no         | yes         | yes   | no     | no    |
/// | proof, adding      | add                        | yes | no         | yes         | yes   | no     | no    |
/// | proof, satisfiable | solve                      | no  | no         | yes         | yes   | no     | yes   |
/// | proof, no model    | solve                      | no  | no         | yes         | yes   | no     | no    |
/// | proof closed       | close_proof                | no  | no         | no          | no    | no     | no    |
///
/// A model is there until something is added, a variable is new, or solve is called again. Once refuted without assumptions
/// it stays so, whatever is added.
class SatSolver {
  public:
    virtual ~SatSolver() = default;

    virtual std::string name() const = 0;  ///< `cadical 1.5.3`, as packaged
    virtual Capabilities capabilities() const = 0;
    virtual void reserve(std::int32_t variables) = 0;
    virtual void add_clause(std::span<const std::int32_t> clause) = 0;
    /// The literals sum to 1 modulo 2. Throws UsageError without the capability `parity`.
    virtual void add_parity(std::span<const std::int32_t> literals) = 0;
    /// Keeps a DRAT proof in a file, to be read once solve has returned unsatisfiable; before the first clause.
    /// Throws UsageError without the capability `proof`.
    virtual void keep_proof(const std::string& path) = 0;
    /// Ends the proof file. Throws InputError if it could not be written whole.
    virtual void close_proof() = 0;
    virtual Answer solve(std::span<const std::int32_t> assumptions, const base::Limits& limits) = 0;
    /// After satisfiable: the value of a variable.
    virtual bool value(std::int32_t variable) const = 0;
    /// A bound on the work of the next solve, in conflicts; nothing: none.
    virtual void limit_conflicts(std::optional<std::int64_t> conflicts) = 0;
};

enum class BackEnd { cadical, cryptominisat, z3 };

/// What the search is tuned for, where a back end can be; answers do not depend on it.
enum class Aim { balanced, satisfiable, unsatisfiable };

struct SolverOptions {
    std::uint64_t seed = 0;
    Aim aim = Aim::balanced;
};

/// The one place that knows the back ends.
std::unique_ptr<SatSolver> make_solver(BackEnd back_end, const SolverOptions& options = {});
/// Throws  UsageError naming the known ones.
BackEnd parse_back_end(const std::string& name);
const std::vector<std::string>& back_end_names();

/// Adds all clauses of a formula.
void add_formula(SatSolver& solver, const Cnf& formula);

}  // namespace attest::logic
