#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attest/exact/matrix.hpp"

namespace attest::benchmarks {

/// A real term of SMT-LIB, or a constant that is known while writing.
struct Term {
    std::optional<exact::Rational> constant;
    std::string text;

    Term() : constant(exact::Rational(0)) {}
    Term(const exact::Rational& value) : constant(value) {}  // NOLINT: constants are terms
    explicit Term(std::string words) : text(std::move(words)) {}
};
using Terms = std::vector<Term>;

/// A formula of SMT-LIB: `true`, `false`, or text.
using Formula = std::string;

std::string to_smt(const Term& term);
Term sum(const Terms& terms);
Term times(const Term& a, const Term& b);
Term if_then_else(const Formula& condition, const Term& yes, const Term& no);
Formula less(const Term& a, const Term& b);
Formula at_most(const Term& a, const Term& b);
Formula all_of(const std::vector<Formula>& formulas);
Formula some_of(const std::vector<Formula>& formulas);
Formula negation(const Formula& formula);

/// A script under way: definitions get names, so that the text stays as long as the network is large.
class Script {
  public:
    /// The term, by a name of its own if it is more than a name or a constant.
    Term name(const Term& term);
    Formula declare_bool(const std::string& name);
    void assert_formula(const Formula& formula);
    /// W x + b, each coordinate named.
    Terms apply(const exact::AffineMap& map, const Terms& x);
    Terms rectify(const Terms& x);
    /// With the logic in front and the question at the end.
    std::string finish() &&;

  private:
    std::string body_;
    std::size_t names_ = 0;
};

}  // namespace attest::benchmarks
