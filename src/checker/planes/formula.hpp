#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checker/planes/constraint.hpp"

namespace attest::checker {

/// Inequalities over variables that are 0 or 1; a proof numbers them from 1.
class Inequalities {
  public:
    explicit Inequalities(std::uint32_t variables, Budget& budget) : variables_(variables), budget_(&budget) {}

    /// Adds Σ weight · variable ≥ bound; variables may come in any order, and more than once.
    void at_least(const std::vector<std::pair<std::uint32_t, mpz_class>>& terms, const mpz_class& bound);
    /// Σ = bound, as two inequalities: ≥, then ≤.
    void equal(const std::vector<std::pair<std::uint32_t, mpz_class>>& terms, const mpz_class& bound);

    std::uint32_t variables() const { return variables_; }
    const std::vector<Inequality>& all() const { return all_; }

  private:
    std::uint32_t variables_;
    Budget* budget_;
    std::vector<Inequality> all_;
};

/// Throws  Defect (file and line) unless the bytes are the canonical OPB text of the inequalities
void check_opb_text(const Inequalities& formula, std::string_view bytes, const std::string& file);

}  // namespace attest::checker
