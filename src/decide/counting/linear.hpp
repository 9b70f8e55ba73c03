#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace attest::counting {

/// A whole constant plus whole multiples of variables.
struct Form {
    std::vector<std::pair<std::uint32_t, mpz_class>> terms;  ///< by variable, ascending; none is 0
    mpz_class constant;

    static Form number(const mpz_class& value) { return {{}, value}; }
    static Form variable(std::uint32_t v) { return {{{v, 1}}, 0}; }
    bool is_constant() const { return terms.empty(); }
};

Form plus(const Form& left, const mpz_class& times, const Form& right);
inline Form negative(const Form& form) { return plus({}, -1, form); }
inline Form plus(const Form& form, long number) { return {form.terms, form.constant + number}; }

/// A form that is 0, or at least 0.
struct Constraint {
    Form form;
    bool is_equation = false;
};

/// How often each premise is taken, by its place from 0: whole numbers.
using Multipliers = std::vector<std::pair<std::size_t, mpz_class>>;

/// Whole multiples of premises, positive of inequalities, that add up to a constant below 0; nothing if there are none, so
/// that the premises hold somewhere in the rationals (Farkas).
///
/// Exact   yes: simplex in rationals, Bland's rule
std::optional<Multipliers> contradiction(const std::vector<Constraint>& premises);
/// The same of premises and more of them, numbered on; of the first only those that are about the variables of the others.
std::optional<Multipliers> contradiction(const std::vector<Constraint>& premises, const std::vector<Constraint>& more);

/// A least value of a form, and where it is.
struct Least {
    mpq_class value;
    std::vector<mpq_class> at;  ///< by variable
};

/// The least value of a form where the constraints hold of variables 0, 1, …, `variables` − 1, rational and at least 0.
///
/// Gives   nothing where they hold nowhere, and `unbounded` where there is no least value
/// Exact   yes: simplex in rationals, Bland's rule
std::optional<Least> least(const Form& form, const std::vector<Constraint>& constraints, std::uint32_t variables,
                           bool& unbounded);

/// What premises say of forms, remembered by the linear part.
class Bounds {
  public:
    explicit Bounds(const std::vector<Constraint>& premises) : premises_(premises) {}

    /// Why a form is not at least 0: as `contradiction` of the premises and of this one, which is the last.
    std::optional<Multipliers> refute(const Form& form);
    /// To be called where premises are taken away, or more is said of old variables.
    void forget() { known_.clear(); }

  private:
    struct Greatest {
        std::optional<mpq_class> value;                        ///< of the linear part; none: there is no bound
        std::vector<std::pair<std::size_t, mpq_class>> times;  ///< of the premises
    };
    Greatest greatest(const Form& form) const;

    const std::vector<Constraint>& premises_;
    std::vector<std::pair<std::vector<std::pair<std::uint32_t, mpz_class>>, Greatest>> known_;
};

}  // namespace attest::counting
