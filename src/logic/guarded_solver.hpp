#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "attest/logic/sat_solver.hpp"

namespace attest::logic {

/// What all back ends share: the state machine of a solver and every check of a call, so that a misuse throws
/// UsageError by name before the back end, which may abort the process, sees it. A back end fills in the
/// `do_` calls, whose arguments are then known to be sound.
class GuardedSolver : public SatSolver {
  public:
    void reserve(std::int32_t variables) final;
    void add_clause(std::span<const std::int32_t> clause) final;
    void add_parity(std::span<const std::int32_t> literals) final;
    void keep_proof(const std::string& path) final;
    void close_proof() final;
    Answer solve(std::span<const std::int32_t> assumptions, const base::Limits& limits) final;
    bool value(std::int32_t variable) const final;
    void limit_conflicts(std::optional<std::int64_t> conflicts) final;

  protected:
    /// Variables that exist; a back end makes them when it first needs to.
    std::int32_t variables() const { return variables_; }

    virtual void do_add_clause(std::span<const std::int32_t> clause) = 0;
    /// `variables` are distinct and not empty.
    virtual void do_add_parity(std::span<const std::int32_t> variables, bool sum);
    virtual void do_keep_proof(const std::string& path);
    virtual void do_close_proof();
    /// Some limit may be exceeded soon, none is yet.
    virtual Answer do_solve(std::span<const std::int32_t> assumptions, const base::Limits& limits,
                            std::optional<std::int64_t> conflicts) = 0;
    virtual bool do_value(std::int32_t variable) const = 0;

  private:
    enum class Proof { none, open, closed };

    [[noreturn]] void misuse(const std::string& what) const;
    void check_literals(std::span<const std::int32_t> literals, const char* where) const;
    void note_variables(std::span<const std::int32_t> literals);
    void begin_adding(std::span<const std::int32_t> literals, const char* what);

    std::int32_t variables_ = 0;
    bool started_ = false;  ///< a clause was added or solve called
    bool solved_ = false;   ///< solve was called
    bool has_model_ = false;
    bool refuted_ = false;  ///< unsatisfiable without assumptions: stays so
    Proof proof_ = Proof::none;
    std::optional<std::int64_t> conflicts_;
};

}  // namespace attest::logic
