#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// A CNF formula: clauses of DIMACS literals, one after the other.
class Formula {
  public:
    explicit Formula(Budget& budget) : budget_(&budget) {}

    std::size_t variables = 0;

    void add(std::span<const std::int32_t> clause);
    void add(std::initializer_list<std::int32_t> clause) { add(std::span(clause.begin(), clause.size())); }
    std::size_t clauses() const { return begins_.size() - 1; }
    std::span<const std::int32_t> clause(std::size_t index) const;

  private:
    Budget* budget_;
    std::vector<std::int32_t> literals_;
    std::vector<std::size_t> begins_{0};
};

/// Throws  Defect (file and line) unless the bytes are the canonical text of the formula
void check_formula_text(const Formula& formula, std::string_view bytes, const std::string& file);

}  // namespace attest::checker
