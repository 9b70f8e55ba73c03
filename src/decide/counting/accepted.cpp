#include "decide/counting/accepted.hpp"

#include <algorithm>
#include <set>

#include "attest/base/error.hpp"
#include "decide/counting/depth_one.hpp"
#include "decide/counting/walk.hpp"

namespace attest::counting {

namespace {

using language::Symbol;
using Constraints = std::vector<Constraint>;

constexpr std::size_t most_parts = 2000;
constexpr std::size_t most_vectors = 20'000;  // that are looked at for bases and periods

/// As whole numbers fulfil it: divided by what divides all factors; an equation's first factor is positive.
Constraint shortened(Constraint c) {
    mpz_class divisor = 0;
    for (const auto& term : c.form.terms) mpz_gcd(divisor.get_mpz_t(), divisor.get_mpz_t(), term.second.get_mpz_t());
    if (divisor == 0) return c;
    if (c.is_equation && c.form.terms.front().second < 0) divisor = -divisor;
    for (auto& term : c.form.terms) term.second /= divisor;
    mpz_fdiv_q(c.form.constant.get_mpz_t(), c.form.constant.get_mpz_t(), divisor.get_mpz_t());
    return c;
}

/// Two inequalities that leave one value are an equation; what follows from the rest goes.
Constraints reduced(Constraints all, std::uint32_t variables) {
    for (Constraint& c : all) c = shortened(std::move(c));
    for (std::size_t k = 0; k < all.size(); ++k)
        for (std::size_t l = k + 1; l < all.size(); ++l) {
            const Form sum = plus(all[k].form, 1, all[l].form);
            if (all[k].is_equation || all[l].is_equation || !sum.is_constant() || sum.constant != 0) continue;
            all[k].is_equation = true;
            all.erase(all.begin() + static_cast<std::ptrdiff_t>(l--));
        }
    for (std::size_t k = all.size(); k-- > 0;) {
        const Constraint here = all[k];
        Constraints others = all;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(k));
        bool unbounded = false;
        const auto low = least(here.form, others, variables, unbounded);
        if (!low || low->value <= -1) continue;
        if (here.is_equation) {
            const auto high = least(negative(here.form), others, variables, unbounded);
            if (!high || high->value <= -1) continue;
        }
        all = std::move(others);
    }
    for (Constraint& c : all) c = shortened(std::move(c));
    return all;
}

/// All cases of one last symbol in which the program accepts.
class Cases {
  public:
    Cases(const System& system, const std::vector<Form>& counted, Symbol last, const base::Limits& limits)
        : system_(system), counted_(counted), last_(last), limits_(limits), assumed_(system.tests.size(), unsettled) {
        for (std::uint32_t c = 0; c < system.counters; ++c) premises_.push_back({Form::variable(c), false});
    }

    /// False where a limit is exceeded.
    bool collect(std::vector<AcceptedCounts>& parts) {
        if (limits_.exceeded()) return false;
        const Walk walk(system_, premises_, last_, assumed_);
        if (walk.program() == Truth::no) return true;
        std::vector<std::uint32_t> open = walk.candidates_of_step(system_.output);
        if (walk.program() == Truth::yes) open = walk.candidates_of_premises();
        const Constraints constraints = in_symbols(walk.premises());
        const auto symbols = static_cast<std::uint32_t>(system_.symbols);
        bool unbounded = false;
        if (!walk.premises().empty() && !least({}, constraints, symbols, unbounded)) return true;
        if (!open.empty()) return split(open.front(), parts);
        if (!small_point(constraints, symbols, limits_)) return !limits_.exceeded();
        if (parts.size() == most_parts)
            throw base::Unsupported("the words that are accepted have more than 2,000 cases");
        AcceptedCounts& part = parts.emplace_back();
        part.last = last_;
        part.constraints = reduced(constraints, symbols);
        if (auto sets = linear_sets(part.constraints, symbols, most_vectors, limits_)) part.sets = *std::move(sets);
        return true;
    }

  private:
    bool split(std::uint32_t test, std::vector<AcceptedCounts>& parts) {
        const int outcomes = system_.steps[system_.tests[test - 1]].outcomes();
        for (int o = 0; o < outcomes; ++o) {
            assumed_[test - 1] = o;
            if (!collect(parts)) return false;
        }
        assumed_[test - 1] = unsettled;
        return true;
    }

    /// What is assumed of counters before the last symbol, said of symbols in the whole word. Variables of what is open
    /// are left out.
    Constraints in_symbols(const Constraints& premises) const {
        Constraints result{{plus(Form::variable(static_cast<std::uint32_t>(last_)), -1), false}};
        for (const Constraint& premise : premises) {
            if (std::any_of(premise.form.terms.begin(), premise.form.terms.end(),
                            [&](const auto& term) { return term.first >= system_.counters; }))
                continue;
            Form form = Form::number(premise.form.constant);
            for (const auto& [counter, times] : premise.form.terms) form = plus(form, times, counted_[counter]);
            const Form here = form;
            for (const auto& [symbol, times] : here.terms)
                if (symbol == last_) form.constant -= times;
            if (form.is_constant() && (premise.is_equation ? form.constant == 0 : form.constant >= 0)) continue;
            result.push_back({std::move(form), premise.is_equation});
        }
        return result;
    }

    const System& system_;
    const std::vector<Form>& counted_;
    Symbol last_;
    const base::Limits& limits_;
    std::vector<int> assumed_;
    Constraints premises_;
};

/// Whether one vector is at least another everywhere.
bool covers(const Point& large, const Point& small) {
    for (std::size_t k = 0; k < small.size(); ++k)
        if (large[k] < small[k]) return false;
    return true;
}

mpz_class product(const std::vector<mpz_class>& a, const std::vector<mpz_class>& b) {
    mpz_class sum = 0;
    for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
    return sum;
}

/// The least solutions of equations without constants, in variables of which one is at most 1.
class Solutions {
  public:
    Solutions(std::vector<std::vector<mpz_class>> columns, std::size_t single)
        : columns_(std::move(columns)), single_(single) {}

    std::optional<std::vector<Point>> find(std::size_t most, const base::Limits& limits) {
        std::set<Point> layer;
        for (std::size_t j = 0; j < columns_.size(); ++j) {
            Point unit(columns_.size());
            unit[j] = 1;
            layer.insert(std::move(unit));
        }
        std::size_t seen = 0;
        while (!layer.empty()) {
            std::vector<const Point*> open;
            for (const Point& v : layer) {
                if (++seen > most || limits.exceeded()) return std::nullopt;
                if (is_solution(v)) found_.push_back(v);
                else open.push_back(&v);
            }
            std::set<Point> next;
            for (const Point* v : open) grow(*v, next);
            layer = std::move(next);
        }
        return found_;
    }

  private:
    std::vector<mpz_class> defect(const Point& v) const {
        std::vector<mpz_class> sum(columns_.empty() ? 0 : columns_.front().size());
        for (std::size_t j = 0; j < v.size(); ++j)
            for (std::size_t r = 0; r < sum.size(); ++r) sum[r] += v[j] * columns_[j][r];
        return sum;
    }
    bool is_solution(const Point& v) const {
        const auto d = defect(v);
        return std::all_of(d.begin(), d.end(), [](const mpz_class& x) { return x == 0; });
    }
    /// Only steps that bring the defect back.
    void grow(const Point& v, std::set<Point>& next) const {
        const auto d = defect(v);
        for (std::size_t j = 0; j < columns_.size(); ++j) {
            if (product(d, columns_[j]) >= 0 || (j == single_ && v[j] == 1)) continue;
            Point to = v;
            ++to[j];
            if (std::none_of(found_.begin(), found_.end(), [&](const Point& s) { return covers(to, s); }))
                next.insert(std::move(to));
        }
    }

    std::vector<std::vector<mpz_class>> columns_;
    std::size_t single_;
    std::vector<Point> found_;
};

}  // namespace

std::optional<std::vector<LinearSet>> linear_sets(const Constraints& constraints, std::uint32_t variables,
                                                  std::size_t most, const base::Limits& limits) {
    // The constants are multiples of one more variable, and an inequality is an equation with what is left of it.
    std::vector<std::vector<mpz_class>> columns(variables + 1, std::vector<mpz_class>(constraints.size()));
    for (std::size_t r = 0; r < constraints.size(); ++r) {
        for (const auto& [variable, times] : constraints[r].form.terms) columns[variable][r] = times;
        columns[variables][r] = constraints[r].form.constant;
        if (constraints[r].is_equation) continue;
        columns.emplace_back(constraints.size())[r] = -1;
    }
    const auto found = Solutions(std::move(columns), variables).find(most, limits);
    if (!found) return std::nullopt;
    std::vector<LinearSet> sets;
    std::vector<Point> periods;
    for (const Point& solution : *found) {
        const Point counts(solution.begin(), solution.begin() + variables);
        if (solution[variables] == 1) sets.push_back({counts, {}});
        else periods.push_back(counts);
    }
    for (LinearSet& set : sets) set.periods = periods;
    return sets;
}

std::optional<std::vector<AcceptedCounts>> accepted_counts(const System& system, const base::Limits& limits) {
    const std::vector<Form> counted = counted_symbols(system);
    std::vector<AcceptedCounts> parts;
    for (Symbol a = 0; a < system.symbols; ++a)
        if (!Cases(system, counted, a, limits).collect(parts)) return std::nullopt;
    return parts;
}

}  // namespace attest::counting
