#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/core/interval.hpp"
#include "checker/core/rational.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// What the variables of an expression stand for.
struct Bindings {
    long i = 0;
    long j = 0;
    long n = 0;
    long dk = 0;
};

class PlacedSum;

/// An expression of the model format.
class Expression {
  public:
    /// The constant.
    explicit Expression(const Rational& value = 0);

    /// Reads the text. `variables` are the names allowed at this place.
    ///
    /// Throws  Defect (no place) for wrong syntax, another name, nesting beyond 200, or more than 10000 characters
    Expression(std::string_view text, const std::vector<std::string>& variables, Budget& budget);

    /// Exact   yes
    /// Throws  Defect (no place) for something transcendental, a division by zero, a broken exponent, mod by y <= 0, or a
    ///         number of more than 2^21 bits
    Rational value(const Bindings& at, Budget& budget) const;

    /// The same for all expressions: exact as long as nothing transcendental occurs, then in intervals.
    ///
    /// Exact   holds the value; not finite where the ends do not show that there is one
    /// Throws  Defect (no place) as value(), and for sqrt and log where there certainly is no value
    Interval enclose(const Bindings& at, mpfr_prec_t bits, Budget& budget) const;

    /// Its value at a place, where it is a sum over places that has one there; else null.
    const KeptRational* placed(long i) const;

    /// Whether pi, sqrt, log, exp, sin or cos occurs, which softmax models alone may use.
    bool is_transcendental() const;
    /// Whether no variable occurs.
    bool is_constant() const;
    /// The number that stands there and nothing else, in parentheses or not.
    std::optional<Rational> literal() const;
    /// Whether this variable occurs.
    bool uses(long Bindings::*variable) const;

    struct Node;
    /// The whole of it (expression_node.hpp).
    const Node& root(Budget& budget) const;

  private:
    /// Needs placed_.
    const KeptRational& at_place(long i) const;

    std::shared_ptr<const PlacedSum> placed_;  ///< of one that is; else null
    std::shared_ptr<const Node> root_;         ///< of any other
};

}  // namespace attest::checker
