#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// "The weights of the variables that are 1 add up to the bound at least", over variables 1, 2, … that are 0 or 1.
struct Inequality {
    std::vector<std::pair<std::uint32_t, mpz_class>> terms;  ///< by ascending variable, no weight 0
    mpz_class bound;

    /// Whether no values of the variables satisfy it.
    bool is_contradiction() const;
    /// What stands on its line of an OPB file, without the newline, over literals: `2 x1 1 ~x4 >= 2 ;`
    std::string text() const;
    std::size_t bytes() const;  ///< of memory, about
};

/// An inequality that is being derived: the steps of cutting planes (FORMAT.md section 38.4).
class Derived {
  public:
    Derived(const Inequality& inequality, Budget& budget);
    /// x ≥ 0, or ¬x ≥ 0, that is 1 − x ≥ 0.
    Derived(std::uint32_t variable, bool complemented);

    void add(Derived&& other, Budget& budget);
    /// Needs   factor > 0
    void multiply(const mpz_class& factor, Budget& budget);
    /// Needs   divisor > 0
    /// Throws  Defect (no place): the degree is not above 0
    void divide(const mpz_class& divisor, Budget& budget);
    void saturate(Budget& budget);
    void weaken(std::uint32_t variable);

    Inequality inequality() const;

  private:
    /// The bound once each negative weight −w of x is read as w of ¬x.
    mpz_class degree(Budget& budget) const;
    void charge(const mpz_class& number, Budget& budget) const;

    std::map<std::uint32_t, mpz_class> weights_;
    mpz_class bound_;
};

}  // namespace attest::checker
