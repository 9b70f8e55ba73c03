#include "decide/counting/linear.hpp"

#include <algorithm>
#include <map>
#include <set>

// Bounds of linear forms by the dual: multipliers λ ≥ 0 of premises a·x + b ≥ 0 with Σ λ a = −f bound f by Σ λ b. Least such
// sums are found by the simplex method in two phases, with Bland's rule, in rationals. Premises that share no variable with the form,
// directly or by way of others, are left out.

namespace attest::counting {

namespace {

using Times = std::vector<std::pair<std::size_t, mpq_class>>;

/// The least cost · λ with columns · λ = target, λ ≥ 0.
class Simplex {
  public:
    /// rows × (columns, then one artificial column a row, then the right-hand side)
    Simplex(std::size_t rows, std::size_t columns)
        : rows_(rows), columns_(columns), table_(rows, std::vector<mpq_class>(columns + rows + 1)), cost_(columns) {}

    mpq_class& at(std::size_t row, std::size_t column) { return table_[row][column]; }
    mpq_class& target(std::size_t row) { return table_[row].back(); }
    mpq_class& cost(std::size_t column) { return cost_[column]; }

    enum class Result { optimal, infeasible, unbounded };

    Result solve() {
        basis_.resize(rows_);
        for (std::size_t r = 0; r < rows_; ++r) {
            if (target(r) < 0)
                for (mpq_class& x : table_[r]) x = -x;
            table_[r][columns_ + r] = 1;
            basis_[r] = columns_ + r;
        }
        std::vector<mpq_class> sum(columns_ + rows_ + 1);
        for (std::size_t r = 0; r < rows_; ++r)
            for (std::size_t c = 0; c <= columns_ + rows_; ++c)
                if (c < columns_ || c == columns_ + rows_) sum[c] -= table_[r][c];
        reduced_ = std::move(sum);
        minimise();
        if (reduced_.back() != 0) return Result::infeasible;
        drop_artificials();
        reduced_.assign(columns_ + rows_ + 1, 0);
        for (std::size_t c = 0; c < columns_; ++c) reduced_[c] = cost_[c];
        for (std::size_t r = 0; r < rows_; ++r) {
            if (basis_[r] >= columns_) continue;
            const mpq_class price = cost_[basis_[r]];
            if (price == 0) continue;
            for (std::size_t c = 0; c < reduced_.size(); ++c)
                if (table_[r][c] != 0) reduced_[c] -= price * table_[r][c];
        }
        return minimise() ? Result::optimal : Result::unbounded;
    }

    mpq_class value() const { return -reduced_.back(); }

    std::vector<mpq_class> solution() const {
        std::vector<mpq_class> x(columns_);
        for (std::size_t r = 0; r < rows_; ++r)
            if (basis_[r] < columns_) x[basis_[r]] = table_[r].back();
        return x;
    }
    /// Where it is unbounded: a direction in which the cost falls.
    std::vector<mpq_class> direction() const {
        std::vector<mpq_class> x(columns_);
        x[entering_] = 1;
        for (std::size_t r = 0; r < rows_; ++r)
            if (basis_[r] < columns_) x[basis_[r]] = -table_[r][entering_];
        return x;
    }

  private:
    /// False where nothing bounds the cost.
    bool minimise() {
        for (;;) {
            entering_ = columns_;
            for (std::size_t c = 0; c < columns_ && entering_ == columns_; ++c)
                if (reduced_[c] < 0) entering_ = c;
            if (entering_ == columns_) return true;
            std::size_t leaving = rows_;
            mpq_class least;
            for (std::size_t r = 0; r < rows_; ++r) {
                if (table_[r][entering_] <= 0) continue;
                const mpq_class ratio = table_[r].back() / table_[r][entering_];
                if (leaving == rows_ || ratio < least || (ratio == least && basis_[r] < basis_[leaving]))
                    least = ratio, leaving = r;
            }
            if (leaving == rows_) return false;
            pivot(leaving, entering_);
        }
    }

    void pivot(std::size_t row, std::size_t column) {
        const mpq_class scale = 1 / table_[row][column];
        for (mpq_class& x : table_[row])
            if (x != 0) x *= scale;
        const auto subtract = [&](std::vector<mpq_class>& from) {
            if (from[column] == 0) return;
            const mpq_class times = from[column];
            for (std::size_t c = 0; c < from.size(); ++c)
                if (table_[row][c] != 0) from[c] -= times * table_[row][c];
        };
        for (std::size_t r = 0; r < rows_; ++r)
            if (r != row) subtract(table_[r]);
        subtract(reduced_);
        basis_[row] = column;
    }

    /// Artificial columns leave the basis; a row that has nothing else is 0.
    void drop_artificials() {
        for (std::size_t r = 0; r < rows_; ++r) {
            if (basis_[r] < columns_) continue;
            for (std::size_t c = 0; c < columns_; ++c)
                if (table_[r][c] != 0) {
                    pivot(r, c);
                    break;
                }
        }
    }

    std::size_t rows_, columns_;
    std::vector<std::vector<mpq_class>> table_;
    std::vector<mpq_class> cost_, reduced_;
    std::vector<std::size_t> basis_;
    std::size_t entering_ = 0;
};

/// The premises that say something of the variables, directly or by way of others.
std::vector<std::size_t> related(const std::vector<Constraint>& premises, std::set<std::uint32_t> variables) {
    std::vector<bool> in(premises.size());
    for (bool grows = true; grows;) {
        grows = false;
        for (std::size_t k = 0; k < premises.size(); ++k) {
            const auto& terms = premises[k].form.terms;
            if (in[k] ||
                std::none_of(terms.begin(), terms.end(), [&](const auto& t) { return variables.contains(t.first); }))
                continue;
            in[k] = grows = true;
            for (const auto& term : terms) variables.insert(term.first);
        }
    }
    std::vector<std::size_t> result;
    for (std::size_t k = 0; k < premises.size(); ++k)
        if (in[k]) result.push_back(k);
    return result;
}

/// The columns of premises: an equation has two, of which the second is its negative.
struct Columns {
    std::vector<std::pair<std::size_t, int>> of;  ///< premise, sign
    std::map<std::uint32_t, std::size_t> row;     ///< by variable

    Columns(const std::vector<Constraint>& premises, const std::vector<std::size_t>& used, const Form& form) {
        for (const std::size_t k : used) {
            of.emplace_back(k, 1);
            if (premises[k].is_equation) of.emplace_back(k, -1);
            for (const auto& term : premises[k].form.terms) row.emplace(term.first, row.size());
        }
        for (const auto& term : form.terms) row.emplace(term.first, row.size());
    }

    Times times(const std::vector<mpq_class>& x) const {
        Times result;
        for (std::size_t c = 0; c < of.size(); ++c) {
            if (x[c] == 0) continue;
            if (!result.empty() && result.back().first == of[c].first) result.back().second += of[c].second * x[c];
            else result.emplace_back(of[c].first, of[c].second * x[c]);
        }
        std::erase_if(result, [](const auto& t) { return t.second == 0; });
        return result;
    }
};

Multipliers whole(const Times& times, std::optional<std::size_t> last) {
    mpz_class scale = 1;
    for (const auto& t : times) mpz_lcm(scale.get_mpz_t(), scale.get_mpz_t(), t.second.get_den_mpz_t());
    Multipliers result;
    for (const auto& t : times) result.emplace_back(t.first, mpz_class(t.second * scale));
    if (last) result.emplace_back(*last, scale);
    return result;
}

}  // namespace

Form plus(const Form& left, const mpz_class& times, const Form& right) {
    Form sum{{}, left.constant + times * right.constant};
    auto l = left.terms.begin();
    for (const auto& [variable, coefficient] : right.terms) {
        while (l != left.terms.end() && l->first < variable) sum.terms.push_back(*l++);
        mpz_class value = times * coefficient;
        if (l != left.terms.end() && l->first == variable) value += (l++)->second;
        if (value != 0) sum.terms.emplace_back(variable, std::move(value));
    }
    sum.terms.insert(sum.terms.end(), l, left.terms.end());
    return sum;
}

std::optional<Multipliers> contradiction(const std::vector<Constraint>& premises) {
    std::vector<std::size_t> all;
    for (std::size_t k = 0; k < premises.size(); ++k) all.push_back(k);
    const Columns columns(premises, all, {});
    const std::size_t last = columns.row.size();
    Simplex simplex(last + 1, columns.of.size());
    for (std::size_t c = 0; c < columns.of.size(); ++c) {
        const auto& [k, sign] = columns.of[c];
        for (const auto& [variable, times] : premises[k].form.terms)
            simplex.at(columns.row.at(variable), c) = sign * times;
        simplex.at(last, c) = sign * premises[k].form.constant;
    }
    simplex.target(last) = -1;
    if (simplex.solve() == Simplex::Result::infeasible) return std::nullopt;
    return whole(columns.times(simplex.solution()), std::nullopt);
}

std::optional<Multipliers> contradiction(const std::vector<Constraint>& premises, const std::vector<Constraint>& more) {
    std::set<std::uint32_t> variables;
    for (const Constraint& c : more)
        for (const auto& term : c.form.terms) variables.insert(term.first);
    std::vector<std::size_t> place = related(premises, std::move(variables));
    std::vector<Constraint> all;
    for (const std::size_t k : place) all.push_back(premises[k]);
    for (std::size_t k = 0; k < more.size(); ++k) place.push_back(premises.size() + k);
    all.insert(all.end(), more.begin(), more.end());
    auto sum = contradiction(all);
    if (sum)
        for (auto& term : *sum) term.first = place[term.first];
    return sum;
}

std::optional<Least> least(const Form& form, const std::vector<Constraint>& constraints, std::uint32_t variables,
                           bool& unbounded) {
    // An inequality is an equation with one more variable, what is left of it.
    const auto slacks = static_cast<std::size_t>(
        std::count_if(constraints.begin(), constraints.end(), [](const Constraint& c) { return !c.is_equation; }));
    Simplex simplex(constraints.size(), variables + slacks);
    std::size_t slack = variables;
    for (std::size_t r = 0; r < constraints.size(); ++r) {
        for (const auto& [variable, times] : constraints[r].form.terms) simplex.at(r, variable) = times;
        if (!constraints[r].is_equation) simplex.at(r, slack++) = -1;
        simplex.target(r) = -constraints[r].form.constant;
    }
    for (const auto& [variable, times] : form.terms) simplex.cost(variable) = times;
    const Simplex::Result result = simplex.solve();
    unbounded = result == Simplex::Result::unbounded;
    if (result != Simplex::Result::optimal) return std::nullopt;
    Least found{simplex.value() + form.constant, simplex.solution()};
    found.at.resize(variables);
    return found;
}

Bounds::Greatest Bounds::greatest(const Form& form) const {
    std::set<std::uint32_t> variables;
    for (const auto& term : form.terms) variables.insert(term.first);
    const std::vector<std::size_t> used = related(premises_, std::move(variables));
    const Columns columns(premises_, used, form);
    Simplex simplex(columns.row.size(), columns.of.size());
    for (std::size_t c = 0; c < columns.of.size(); ++c) {
        const auto& [k, sign] = columns.of[c];
        for (const auto& [variable, times] : premises_[k].form.terms)
            simplex.at(columns.row.at(variable), c) = sign * times;
        simplex.cost(c) = sign * premises_[k].form.constant;
    }
    for (const auto& [variable, times] : form.terms) simplex.target(columns.row.at(variable)) = -times;
    // Premises that contradict each other bound nothing here: the caller asks for that by itself.
    if (simplex.solve() != Simplex::Result::optimal) return {};
    return {simplex.value(), columns.times(simplex.solution())};
}

std::optional<Multipliers> Bounds::refute(const Form& form) {
    if (form.is_constant()) {
        if (form.constant < 0) return Multipliers{{premises_.size(), 1}};
        return std::nullopt;
    }
    auto at = std::find_if(known_.begin(), known_.end(), [&](const auto& known) { return known.first == form.terms; });
    if (at == known_.end()) at = known_.insert(known_.end(), {form.terms, greatest(form)});
    const Greatest& bound = at->second;
    if (!bound.value || *bound.value + form.constant >= 0) return std::nullopt;
    return whole(bound.times, premises_.size());
}

}  // namespace attest::counting
