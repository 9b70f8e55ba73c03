#pragma once

#include <gmpxx.h>

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// Conditions on whole numbers from 0 on, without quantifiers: sums that are at least 0, 0, or multiples of a number, combined.
/// Each has a number, 0 that of falsehood and 1 that of truth; parts have lower numbers than what they are parts of.
class CountingLogic {
  public:
    struct Sum {
        std::map<std::size_t, mpz_class> factors = {};  ///< by variable, none 0
        mpz_class constant = 0;

        void add(const Sum& other, const mpz_class& times);
        void add(std::size_t variable, const mpz_class& times);
        std::string text() const;
    };
    enum class Form { constant, least, zero, multiple, conjunction, disjunction };
    struct Condition {
        Form form = Form::constant;
        Sum sum = {};
        mpz_class modulus = 1;
        bool negated = false;  ///< of multiple
        std::set<std::size_t> parts = {};
    };

    explicit CountingLogic(Budget& budget);

    std::size_t least(Sum sum);
    std::size_t zero(Sum sum);
    std::size_t multiple(Sum sum, mpz_class modulus, bool negated = false);
    std::size_t all(const std::set<std::size_t>& parts) { return join(parts, Form::conjunction, 0, 1); }
    std::size_t any(const std::set<std::size_t>& parts) { return join(parts, Form::disjunction, 1, 0); }
    std::size_t opposite(std::size_t condition);

    /// That some whole number from 0 to `most` makes the condition true in the place of a variable; from 0 on without `most`.
    std::size_t some(std::size_t condition, std::size_t variable, const Sum* most);

    const Condition& at(std::size_t number) const { return conditions_[number]; }
    std::set<std::size_t> below(std::size_t condition) const;

  private:
    std::size_t keep(Condition condition);
    std::size_t join(const std::set<std::size_t>& parts, Form form, std::size_t ends, std::size_t neutral);
    /// The condition with `value` for `factor` times the variable, factor > 0.
    std::size_t replaced(std::size_t condition, std::size_t variable, const mpz_class& factor, const Sum& value);
    std::size_t by_equation(const std::set<std::size_t>& parts, std::size_t equation, std::size_t variable,
                            const Sum* most);
    std::size_t by_ends(std::size_t condition, std::size_t variable);

    Budget& budget_;
    std::vector<Condition> conditions_;
    std::map<std::string, std::size_t> known_;
};

}  // namespace attest::checker
