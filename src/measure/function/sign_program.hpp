#pragma once

#include <gmpxx.h>

#include <optional>
#include <variant>
#include <vector>

#include "measure/function/threshold_degree.hpp"

namespace attest::measure {

/// Is there a polynomial of this degree whose sign is that of f? The linear program
///   weights ≥ 0 on inputs,  Σ_x w_x y_x χ_S(x) = 0 for |S| ≤ degree,  Σ_x w_x = 1   (y_x = −1 where f is true, else 1)
/// by the simplex method: phase one, columns made as they are wanted, exact throughout. If it has a solution, that is
/// an obstacle; if not, the multipliers of the last basis are the polynomial.
///
/// steps   words of the matrix that may be rewritten; counts down
class SignProgram {
  public:
    using Result = std::variant<SignPolynomial, Weights, verdict::Undecided>;

    SignProgram(const TruthTable& f, unsigned degree);
    Result solve(std::uint64_t& steps, const base::Limits& limits);

  private:
    using Row = std::vector<mpz_class>;

    std::size_t rows() const { return sets_.size() + 1; }
    int sign(Input x) const { return f_[x] ? -1 : 1; }
    void price();
    bool all_signs_right() const;
    std::optional<Input> best_column() const;
    void make_column(Input x);
    std::size_t leaving_row() const;
    bool precedes(std::size_t a, std::size_t b) const;
    void pivot(std::size_t row, Input x);
    bool artificials_are_zero() const;
    SignPolynomial polynomial() const;
    Weights weights() const;

    const TruthTable& f_;
    std::vector<Input> sets_;    // |S| ≤ degree
    std::vector<Row> inverse_;   // of the basis, times determinant_; its last column is the basic solution
    mpz_class determinant_ = 1;  // > 0
    std::vector<std::optional<Input>> basis_;  // by row: an input, or the row's own artificial variable
    Row multipliers_;                          // times determinant_
    std::vector<mpz_class> values_;            // by input: Σ_S multiplier_S χ_S(x)
    Row column_;                               // of the entering input, in terms of the basis, times determinant_
};

}  // namespace attest::measure
