#include "sign_program.hpp"

#include <bit>

// The inverse of the basis is kept as whole numbers over the determinant (Edmonds 1967): a pivot multiplies across
// and divides by the determinant before, and that division leaves no remainder. All right-hand sides but one are 0,
// so nearly every pivot is degenerate; ties are broken lexicographically, with which no basis comes twice.

namespace attest::measure {

namespace {

/// Leaves no common divisor.
void divide_out(std::vector<std::pair<Input, mpz_class>>& numbers) {
    mpz_class divisor = 0;
    for (const auto& [at, number] : numbers) divisor = gcd(divisor, number);
    for (auto& [at, number] : numbers) mpz_divexact(number.get_mpz_t(), number.get_mpz_t(), divisor.get_mpz_t());
}

}  // namespace

SignProgram::SignProgram(const TruthTable& f, unsigned degree) : f_(f) {
    for (unsigned size = 0; size <= degree; ++size)
        for (std::uint64_t s = 0; s < f.size(); ++s)
            if (static_cast<unsigned>(std::popcount(s)) == size) sets_.push_back(static_cast<Input>(s));
    inverse_.assign(rows(), Row(rows(), 0));
    for (std::size_t r = 0; r < rows(); ++r) inverse_[r][r] = 1;
    basis_.resize(rows());
    column_.resize(rows());
}

SignProgram::Result SignProgram::solve(std::uint64_t& steps, const base::Limits& limits) {
    for (;;) {
        // Entries are determinants too, and as long as this one.
        const std::uint64_t pivot_steps =
            (rows() * rows() + f_.variables() * f_.size()) * mpz_size(determinant_.get_mpz_t());
        if (artificials_are_zero()) return weights();
        price();
        if (all_signs_right()) return polynomial();
        if (const auto limit = limits.exceeded())
            return verdict::Undecided{verdict::reason_of(*limit), "in the middle of the threshold degree"};
        if (steps < pivot_steps)
            return verdict::Undecided{verdict::Reason::unsupported,
                                      "the linear program takes more than its share of steps"};
        steps -= pivot_steps;
        // If no column improves, all values are beyond minus the positive optimum, and the signs were right.
        const Input x = best_column().value();
        make_column(x);
        pivot(leaving_row(), x);
    }
}

bool SignProgram::artificials_are_zero() const {
    for (std::size_t r = 0; r < rows(); ++r)
        if (!basis_[r] && inverse_[r].back() != 0) return false;
    return true;
}

/// Multipliers of the cost "sum of artificial variables", and what they give on each input.
void SignProgram::price() {
    multipliers_.assign(rows(), 0);
    for (std::size_t r = 0; r < rows(); ++r)
        if (!basis_[r])
            for (std::size_t c = 0; c < rows(); ++c) multipliers_[c] += inverse_[r][c];
    values_.assign(f_.size(), 0);
    for (std::size_t k = 0; k < sets_.size(); ++k) values_[sets_[k]] = multipliers_[k];
    for (std::size_t half = 1; half < values_.size(); half *= 2)
        for (std::size_t base = 0; base < values_.size(); base += 2 * half)
            for (std::size_t k = base; k < base + half; ++k) {
                values_[k] += values_[k + half];
                values_[k + half] <<= 1;
                values_[k + half] = values_[k] - values_[k + half];
            }
}

/// The polynomial wanted is minus the multipliers'.
bool SignProgram::all_signs_right() const {
    for (std::size_t x = 0; x < values_.size(); ++x)
        if (sgn(values_[x]) * sign(static_cast<Input>(x)) >= 0) return false;
    return true;
}

std::optional<Input> SignProgram::best_column() const {
    std::optional<Input> best;
    mpz_class most = -multipliers_.back(), gain;
    for (std::size_t x = 0; x < values_.size(); ++x) {
        gain = sign(static_cast<Input>(x)) * values_[x];
        if (gain > most) {
            most = gain;
            best = static_cast<Input>(x);
        }
    }
    return best;
}

void SignProgram::make_column(Input x) {
    for (std::size_t r = 0; r < rows(); ++r) {
        mpz_class sum = inverse_[r].back();
        for (std::size_t k = 0; k < sets_.size(); ++k) {
            if ((std::popcount(sets_[k] & x) % 2 == 0) == (sign(x) > 0)) sum += inverse_[r][k];
            else sum -= inverse_[r][k];
        }
        column_[r] = sum;
    }
}

/// Whether row a, divided by its entry of the column, comes before row b in lexicographic order, the basic solution
/// first.
bool SignProgram::precedes(std::size_t a, std::size_t b) const {
    mpz_class left, right;
    for (std::size_t k = 0; k < rows(); ++k) {
        const std::size_t c = k == 0 ? rows() - 1 : k - 1;
        left = inverse_[a][c] * column_[b];
        right = inverse_[b][c] * column_[a];
        if (left != right) return left < right;
    }
    return false;
}

std::size_t SignProgram::leaving_row() const {
    std::size_t best = rows();
    for (std::size_t r = 0; r < rows(); ++r)
        if (column_[r] > 0 && (best == rows() || precedes(r, best))) best = r;
    return best;  // there is one: the feasible weights are bounded
}

void SignProgram::pivot(std::size_t row, Input x) {
    const mpz_class next = column_[row];
    for (std::size_t r = 0; r < rows(); ++r) {
        if (r == row) continue;
        for (std::size_t c = 0; c < rows(); ++c) {
            mpz_class& entry = inverse_[r][c];
            entry *= next;
            mpz_submul(entry.get_mpz_t(), column_[r].get_mpz_t(), inverse_[row][c].get_mpz_t());
            mpz_divexact(entry.get_mpz_t(), entry.get_mpz_t(), determinant_.get_mpz_t());
        }
    }
    determinant_ = next;
    basis_[row] = x;
}

SignPolynomial SignProgram::polynomial() const {
    SignPolynomial result;
    for (std::size_t k = 0; k < sets_.size(); ++k)
        if (multipliers_[k] != 0) result.terms.emplace_back(sets_[k], -multipliers_[k]);
    divide_out(result.terms);
    return result;
}

Weights SignProgram::weights() const {
    Weights result;
    for (std::size_t r = 0; r < rows(); ++r)
        if (basis_[r] && inverse_[r].back() != 0) result.entries.emplace_back(*basis_[r], inverse_[r].back());
    divide_out(result.entries);
    return result;
}

}  // namespace attest::measure
