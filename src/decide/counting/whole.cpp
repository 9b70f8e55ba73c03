#include "decide/counting/whole.hpp"

#include <algorithm>

#include "build/null_space.hpp"

// Branching as in integer programming, with what makes it end where regions are not bounded: forms whose values are bounded on the
// region are those that vanish on its cone of directions, and a basis of the whole ones among them can be completed to a
// unimodular matrix. Once they are settled the rest of its coordinates may be rounded, far enough inside of the cone.

namespace attest::counting {

namespace {

using Constraints = std::vector<Constraint>;
using Wholes = std::vector<mpz_class>;

mpz_class floor_of(const mpq_class& x) {
    mpz_class result;
    mpz_fdiv_q(result.get_mpz_t(), x.get_num_mpz_t(), x.get_den_mpz_t());
    return result;
}
mpz_class ceiling_of(const mpq_class& x) { return -floor_of(-x); }

Form sum_of_all(std::uint32_t variables) {
    Form sum;
    for (std::uint32_t v = 0; v < variables; ++v) sum.terms.emplace_back(v, 1);
    return sum;
}

mpq_class value_at(const Form& form, const std::vector<mpq_class>& point) {
    mpq_class value = form.constant;
    for (const auto& [variable, times] : form.terms) value += times * point[variable];
    return value;
}

std::optional<Point> whole_point(const std::vector<mpq_class>& at) {
    Point point;
    for (const mpq_class& x : at) {
        if (x.get_den() != 1) return std::nullopt;
        point.push_back(x.get_num());
    }
    return point;
}

bool fulfils(const Constraints& constraints, const Point& point) {
    return std::all_of(point.begin(), point.end(), [](const mpz_class& x) { return x >= 0; }) &&
           std::all_of(constraints.begin(), constraints.end(), [&](const Constraint& c) {
               const mpz_class value = counting::value_at(c.form, point);
               return c.is_equation ? value == 0 : value >= 0;
           });
}

/// A form without its constant, divided by what divides all of it.
Form primitive(const Form& form) {
    mpz_class divisor = 0;
    for (const auto& term : form.terms) mpz_gcd(divisor.get_mpz_t(), divisor.get_mpz_t(), term.second.get_mpz_t());
    Form result{form.terms, 0};
    for (auto& term : result.terms) term.second /= divisor;
    return result;
}

/// The values of a form, if they are bounded both ways.
struct Range {
    Form form;
    mpq_class least, greatest;

    mpz_class first() const { return ceiling_of(least); }
    mpz_class last() const { return floor_of(greatest); }
    bool is_settled() const { return least == greatest && least.get_den() == 1; }
};

std::optional<Range> range_of(const Form& form, const Constraints& constraints, std::uint32_t variables) {
    bool unbounded = false;
    const auto low = least(form, constraints, variables, unbounded);
    if (!low) return std::nullopt;
    const auto high = least(negative(form), constraints, variables, unbounded);
    if (!high) return std::nullopt;
    return Range{form, low->value, -high->value};
}

/// Where a range that is not settled is cut, so that both sides have fewer values.
mpz_class place_of_cut(const Range& range, const mpq_class& here) {
    if (here.get_den() != 1) return floor_of(here);
    const mpz_class first = range.first(), last = range.last();
    if (first > last) return floor_of(range.least);
    if (first < last) return floor_of(mpq_class(first + last, 2));
    return range.least < first ? mpz_class(first - 1) : last;
}

/// The directions in which one may go for ever: some that span what all of them span.
std::vector<Wholes> spanning_directions(const Constraints& constraints, std::uint32_t variables) {
    Constraints cone;
    for (const Constraint& c : constraints) cone.push_back({{c.form.terms, 0}, c.is_equation});
    cone.push_back({plus(Form::number(1), -1, sum_of_all(variables)), false});
    build::NullSpace known(variables);
    std::vector<Wholes> found;
    for (bool grows = true; grows;) {
        grows = false;
        for (const auto& row : known.basis()) {
            const mpz_class scale = build::NullSpace::scale(row);
            Form form;
            for (std::uint32_t v = 0; v < variables; ++v)
                if (row[v] != 0) form.terms.emplace_back(v, mpz_class(row[v] * scale));
            for (const Form& side : {form, negative(form)}) {
                bool unbounded = false;
                const auto low = least(side, cone, variables, unbounded);
                if (grows || !low || low->value == 0) continue;
                const mpz_class whole = build::NullSpace::scale(low->at);
                Wholes& direction = found.emplace_back();
                for (const mpq_class& x : low->at) direction.emplace_back(x * whole);
                known.add(low->at);
                grows = true;
            }
            if (grows) break;
        }
    }
    return found;
}

/// A unimodular matrix of whole numbers, by columns, of which those from `rank` on are a basis of the whole vectors that are
/// orthogonal to the given ones; with its inverse, by rows.
class Unimodular {
  public:
    Unimodular(std::size_t size, const std::vector<Wholes>& given)
        : columns_(size, Wholes(size)), inverse_(size, Wholes(size)) {
        for (std::size_t k = 0; k < size; ++k) columns_[k][k] = inverse_[k][k] = 1;
        for (const Wholes& row : given) reduce(row);
    }

    std::size_t rank() const { return rank_; }
    std::size_t size() const { return columns_.size(); }
    Form form(std::size_t column) const {
        Form form;
        for (std::size_t v = 0; v < size(); ++v)
            if (columns_[column][v] != 0) form.terms.emplace_back(static_cast<std::uint32_t>(v), columns_[column][v]);
        return form;
    }
    /// The point at which the columns, as forms, have these values.
    Point point(const Wholes& values) const {
        Point x(size());
        for (std::size_t k = 0; k < size(); ++k)
            for (std::size_t v = 0; v < size(); ++v) x[v] += inverse_[k][v] * values[k];
        return x;
    }

  private:
    /// Euclid's algorithm on the columns that are left, by their products with the row.
    void reduce(const Wholes& row) {
        for (;;) {
            std::size_t pivot = size(), others = 0;
            std::vector<mpz_class> product(size());
            for (std::size_t k = rank_; k < size(); ++k) {
                for (std::size_t v = 0; v < size(); ++v) product[k] += row[v] * columns_[k][v];
                if (product[k] == 0) continue;
                ++others;
                if (pivot == size() || abs(product[k]) < abs(product[pivot])) pivot = k;
            }
            if (others == 0) return;
            for (std::size_t k = rank_; k < size(); ++k) {
                if (k == pivot || product[k] == 0) continue;
                const mpz_class times = product[k] / product[pivot];
                for (std::size_t v = 0; v < size(); ++v) {
                    columns_[k][v] -= times * columns_[pivot][v];
                    inverse_[pivot][v] += times * inverse_[k][v];
                }
            }
            if (others > 1) continue;
            std::swap(columns_[pivot], columns_[rank_]);
            std::swap(inverse_[pivot], inverse_[rank_]);
            ++rank_;
            return;
        }
    }

    std::vector<Wholes> columns_, inverse_;
    std::size_t rank_ = 0;
};

/// A whole point far inside of the cone, where all bounded forms are settled.
Point far_point(const Constraints& constraints, const std::vector<mpq_class>& from,
                const std::vector<Wholes>& directions, const Unimodular& matrix) {
    std::vector<mpq_class> inward(from.size());
    for (const Wholes& direction : directions)
        for (std::size_t v = 0; v < from.size(); ++v) inward[v] += direction[v];
    for (mpz_class far = 0;; far = 2 * far + 1) {
        std::vector<mpq_class> at = from;
        for (std::size_t v = 0; v < at.size(); ++v) at[v] += far * inward[v];
        Wholes values;
        for (std::size_t k = 0; k < matrix.size(); ++k) values.push_back(floor_of(value_at(matrix.form(k), at)));
        const Point point = matrix.point(values);
        if (fulfils(constraints, point)) return point;
    }
}

/// The narrowest of the forms that are bounded and not settled.
void keep_narrowest(std::optional<Range>& narrowest, std::optional<Range> range) {
    if (!range || range->is_settled()) return;
    if (!narrowest || range->last() - range->first() < narrowest->last() - narrowest->first())
        narrowest = std::move(range);
}

}  // namespace

mpz_class value_at(const Form& form, const Point& point) {
    mpz_class value = form.constant;
    for (const auto& [variable, times] : form.terms) value += times * point[variable];
    return value;
}

Branch branch(const Constraints& constraints, std::uint32_t variables) {
    bool unbounded = false;
    const auto nearest = least(sum_of_all(variables), constraints, variables, unbounded);
    if (!nearest) return Nowhere{};
    if (auto point = whole_point(nearest->at)) return *std::move(point);
    const auto cut = [&](const Range& range) {
        return Cut{range.form, place_of_cut(range, value_at(range.form, nearest->at))};
    };
    std::optional<Range> narrowest;
    for (const Constraint& c : constraints)
        if (!c.form.is_constant()) keep_narrowest(narrowest, range_of(primitive(c.form), constraints, variables));
    for (std::uint32_t v = 0; v < variables; ++v)
        keep_narrowest(narrowest, range_of(Form::variable(v), constraints, variables));
    if (narrowest) return cut(*narrowest);
    const std::vector<Wholes> directions = spanning_directions(constraints, variables);
    const Unimodular matrix(variables, directions);
    for (std::size_t k = matrix.rank(); k < variables; ++k)
        keep_narrowest(narrowest, range_of(matrix.form(k), constraints, variables));
    if (narrowest) return cut(*narrowest);
    return far_point(constraints, nearest->at, directions, matrix);
}

namespace {

/// A whole point, found in at most so many branches; `left` counts them.
std::optional<Point> find_point(Constraints all, std::uint32_t variables, std::size_t& left,
                                const base::Limits& limits) {
    std::vector<Constraints> waiting{std::move(all)};
    while (!waiting.empty() && left > 0 && !limits.exceeded()) {
        --left;
        const Constraints here = std::move(waiting.back());
        waiting.pop_back();
        const Branch next = branch(here, variables);
        if (const auto* point = std::get_if<Point>(&next)) return *point;
        const auto* cut = std::get_if<Cut>(&next);
        if (cut == nullptr) continue;
        for (const Form& side :
             {plus(Form::number(-cut->at - 1), 1, cut->form), plus(Form::number(cut->at), -1, cut->form)}) {
            waiting.push_back(here);
            waiting.back().push_back({side, false});
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<Point> small_point(const Constraints& constraints, std::uint32_t variables, const base::Limits& limits) {
    const Form sum = sum_of_all(variables);
    bool unbounded = false;
    const auto nearest = least(sum, constraints, variables, unbounded);
    if (!nearest) return std::nullopt;
    std::size_t any_number = SIZE_MAX, few = 200;
    auto any = find_point(constraints, variables, any_number, limits);
    if (!any) return std::nullopt;
    // Whole numbers may need more than rational ones do, but not much in most cases.
    for (mpz_class most = ceiling_of(nearest->value); few > 0 && most < counting::value_at(sum, *any);
         most = 2 * most + 1) {
        Constraints bounded = constraints;
        bounded.push_back({plus(Form::number(most), -1, sum), false});
        if (auto point = find_point(std::move(bounded), variables, few, limits)) return point;
        if (limits.exceeded()) break;
    }
    return any;
}

}  // namespace attest::counting
