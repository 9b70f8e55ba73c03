#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "attest/base/limits.hpp"

namespace attest::logic {

/// Σ weight · variable ≥ bound over variables 1, 2, … that are 0 or 1; variables ascending, no weight 0.
struct LinearConstraint {
    std::vector<std::pair<std::int32_t, mpz_class>> terms;
    mpz_class bound;
};

/// Constraints with one spelling each; a proof numbers them from 1.
struct PseudoBoolean {
    using Terms = std::vector<std::pair<std::int32_t, mpz_class>>;  ///< in any order

    std::int32_t variables = 0;
    std::vector<LinearConstraint> constraints;

    /// Gives the number of the constraint.
    std::uint64_t at_least(const Terms& terms, const mpz_class& bound);
    /// Two constraints, ≥ and then ≤. Gives the number of the first.
    std::uint64_t equal(const Terms& terms, const mpz_class& bound);
};

LinearConstraint linear_constraint(const PseudoBoolean::Terms& terms, const mpz_class& bound);

/// Over literals, so that no weight is negative: `2 x1 1 ~x4 >= 2 ;`
std::string to_opb(const LinearConstraint& constraint);
/// The formula as solvers and checkers of pseudo-Boolean constraints read it.
std::string to_opb(const PseudoBoolean& formula);

/// Whether unit propagation alone refutes the constraints; false also where a limit comes first.
bool propagation_refutes(const std::vector<const LinearConstraint*>& constraints, std::int32_t variables,
                         const base::Limits& limits);

/// The text of a proof by cutting planes that VeriPB reads (version 2.0 of its format).
class PlanesProof {
  public:
    /// A line of `pol`, in reverse Polish notation: what is added to it is summed up.
    class Sum {
      public:
        /// So many times the constraint; nothing where the factor is 0. Needs factor ≥ 0
        void add(std::uint64_t constraint, const mpz_class& factor = 1);
        /// factor · x ≥ 0, or with a negative factor that of the complement: |factor| · (1 − x) ≥ 0.
        void add_literal(std::int32_t variable, const mpz_class& factor);
        void weaken(std::int32_t variable);
        void saturate() { text_ += " s"; }
        void divide(const mpz_class& divisor) { text_ += " " + divisor.get_str() + " d"; }
        bool empty() const { return text_.empty(); }

      private:
        friend class PlanesProof;
        void add_text(const std::string& one, const mpz_class& factor);
        std::string text_;
    };

    explicit PlanesProof(std::size_t constraints);

    /// Each gives the number of the constraint that is derived. Needs a sum that is not empty
    std::uint64_t derive(const Sum& sum);
    std::uint64_t derive(const LinearConstraint& by_propagation);
    void remove(const std::vector<std::uint64_t>& constraints);
    /// The whole text, that ends with the constraint that cannot be satisfied.
    std::string conclude(std::uint64_t contradiction) &&;

    std::size_t bytes() const { return text_.size(); }

  private:
    std::uint64_t last_;
    std::string text_;
};

}  // namespace attest::logic
