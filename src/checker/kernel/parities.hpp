#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "checker/kernel/clauses.hpp"

namespace attest::checker {

/// The parity constraints that a proof can refer to: variables that sum to a bit.
///
/// Throws  Defect (no place)
class Parities {
  public:
    struct Parity {
        std::vector<std::int32_t> variables;  ///< ascending
        bool sum = false;

        bool operator==(const Parity&) const = default;
    };

    Parities(std::size_t variables, Budget& budget) : odd_(variables + 1), budget_(budget) {}

    /// The constraint that the literals sum to 1. Needs no variable twice.
    static Parity of_literals(const std::vector<std::int32_t>& literals);

    /// Needs an identifier that is not in use.
    void add(std::int64_t id, Parity parity);
    void remove(std::int64_t id);
    Parity sum(const std::vector<std::int64_t>& ids);

    /// The clauses forbid every assignment to the literals' variables that makes an even number of them true.
    static void check_import(const std::vector<std::int32_t>& literals, const std::vector<std::int64_t>& ids,
                             const Clauses& clauses, Budget& budget);

    /// The sum of the constraints is violated whenever all literals of the clause are false.
    void check_clause(const std::vector<std::int32_t>& clause, const std::vector<std::int64_t>& ids);

  private:
    const Parity& find(std::int64_t id) const;

    std::map<std::int64_t, Parity> parities_;
    std::vector<bool> odd_;  ///< [variable]: all false between calls
    Budget& budget_;
};

}  // namespace attest::checker
