#pragma once

#include <gmpxx.h>

#include <map>
#include <utility>
#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/translation/circuit.hpp"

namespace attest::checker {

/// Threshold gates in order of creation, built only by the constructors of FORMAT.md section 38.1. Literals are those of
/// circuits: 2 · node, plus 1 for the complement.
class ThresholdCircuit {
  public:
    using Wires = std::vector<std::pair<std::uint32_t, mpz_class>>;  ///< node and weight, ascending

    /// True iff the weights of its true wires add up to the bound at least.
    struct Gate {
        Wires wires;
        mpz_class bound;
    };

    ThresholdCircuit(std::size_t inputs, Budget& budget) : inputs_(inputs), budget_(&budget) {}

    Literal threshold(const std::vector<std::pair<Literal, mpz_class>>& terms, mpz_class bound);
    Literal conjunction(const Literals& literals);
    Literal disjunction(const Literals& literals);

    std::size_t inputs() const { return inputs_; }
    const std::vector<Gate>& gates() const { return gates_; }
    Budget& budget() const { return *budget_; }

    /// The gates on which the literal depends, renumbered in order, all inputs kept; the literal is renumbered, too.
    ThresholdCircuit cone(Literal& root) const;

  private:
    Literal all_or_some(Literals literals, bool all);

    std::size_t inputs_;
    Budget* budget_;
    std::vector<Gate> gates_;
    std::map<std::pair<Wires, mpz_class>, std::uint32_t> numbers_;  ///< of nodes
};

}  // namespace attest::checker
