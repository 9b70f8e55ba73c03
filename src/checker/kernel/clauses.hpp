#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "checker/kernel/formula.hpp"

namespace attest::checker {

/// The clauses that a proof can refer to, and the check that one more follows from them.
///
/// Literals are DIMACS literals; identifiers are those of the proof.
/// Throws  Defect (no place)
class Clauses {
  public:
    using Clause = std::span<const std::int32_t>;

    /// The clauses of the formula have the identifiers 1 … C. dense: up to which identifier a plain array is
    /// kept
    Clauses(const Formula& formula, std::uint64_t dense, Budget& budget);

    /// Checks the literals: of known variables, no variable twice.
    void literals(const std::vector<std::int64_t>& numbers, std::vector<std::int32_t>& clause);

    /// Needs an identifier greater than all before.
    void add(std::int64_t id, Clause clause);
    void remove(std::int64_t id);
    Clause find(std::int64_t id) const;

    /// Reverse unit propagation along the hints. Needs literals that passed literals().
    void check_follows(Clause clause, const std::vector<std::int64_t>& hints);

    std::size_t variables() const { return variables_; }

  private:
    static std::size_t index(std::int32_t literal) {
        return literal > 0 ? 2 * static_cast<std::size_t>(literal) : 2 * static_cast<std::size_t>(-literal) + 1;
    }
    void forget();
    std::uint64_t offset(std::int64_t id) const;
    std::uint64_t& offset_slot(std::int64_t id);
    bool is_true(std::int32_t literal) const { return stamp_[index(literal)] == now_; }
    void make_true(std::int32_t literal) { stamp_[index(literal)] = now_; }

    std::size_t variables_;
    std::uint64_t dense_;
    Budget& budget_;
    std::int64_t last_id_ = 0;
    std::vector<std::int32_t> arena_{0};            ///< each clause: its length, its literals
    std::vector<std::uint64_t> offsets_{0};         ///< [id], 0 where there is no clause
    std::map<std::int64_t, std::uint64_t> sparse_;  ///< the same beyond; no identifiers make a tree a list
    std::vector<std::uint32_t> stamp_;              ///< a literal is true iff its stamp is now_
    std::uint32_t now_ = 0;
};

}  // namespace attest::checker
