#include "region.hpp"

#include <vector>

#include "attest/base/error.hpp"

// An expression over a region. Positions are sums of whole numbers from 0, so that a polynomial whose coefficients have one
// sign has it everywhere: that decides conditions, |x|, min and max. A remainder x mod m is known where all coefficients but the
// constant one are multiples of m, (-1)^x where they are even, and floor where they are whole.

namespace attest::induction {

namespace {

using exact::Expression;
using exact::Operation;
using exact::Rational;
using Value = std::optional<Quotient>;

constexpr long greatest_exponent = 64;

bool is_whole(const Rational& x) { return x.get_den() == 1; }

/// The denominator as a number, where it is one.
std::optional<Polynomial> whole_polynomial(const Quotient& q) {
    const auto by = q.denominator.constant();
    if (!by) return std::nullopt;
    return q.numerator * Polynomial(1 / *by);
}

/// Whether all coefficients but the constant one are whole multiples of m.
bool varies_by_multiples(const Polynomial& p, const Rational& m) {
    for (const auto& [powers, coefficient] : p.terms())
        if (powers != Polynomial::Powers{} && !is_whole(coefficient / m)) return false;
    return true;
}

Rational floor_of(const Rational& x) {
    mpz_class result;
    mpz_fdiv_q(result.get_mpz_t(), x.get_num_mpz_t(), x.get_den_mpz_t());
    return result;
}

Value inverse(const Quotient& q) {
    const Signs s = signs(q.numerator);
    if (s.zero || (s.negative && s.positive)) return std::nullopt;
    if (s.positive) return Quotient{q.denominator, q.numerator};
    return Quotient{Polynomial() - q.denominator, Polynomial() - q.numerator};
}

Value rounded(const Quotient& q, bool up) {
    const auto p = whole_polynomial(q);
    if (!p || !varies_by_multiples(*p, 1)) return std::nullopt;
    const Rational c = p->constant_term();
    const Rational target = up ? Rational(-floor_of(-c)) : floor_of(c);
    return Quotient{*p + Polynomial(target - c)};
}

Value remainder(const Quotient& a, const Quotient& b) {
    const auto x = whole_polynomial(a), y = whole_polynomial(b);
    const auto m = y ? y->constant() : std::nullopt;
    if (!x || !m || *m <= 0 || !varies_by_multiples(*x, *m)) return std::nullopt;
    const Rational c = x->constant_term();
    return Quotient{Polynomial(c - *m * floor_of(c / *m))};
}

/// base ^ exponent for a base of 1 or −1.
Value unit_power(const Rational& base, const Quotient& exponent) {
    const auto e = whole_polynomial(exponent);
    if (!e || !varies_by_multiples(*e, 1) || !is_whole(e->constant_term())) return std::nullopt;
    if (base == 1) return Quotient{Polynomial(1)};
    if (!varies_by_multiples(*e, 2)) return std::nullopt;
    return Quotient{Polynomial(mpz_even_p(e->constant_term().get_num_mpz_t()) != 0 ? 1 : -1)};
}

Value power(const Quotient& base, const Quotient& exponent) {
    const auto b = whole_polynomial(base);
    const auto number = b ? b->constant() : std::nullopt;
    if (number && (*number == 1 || *number == -1)) return unit_power(*number, exponent);
    const auto e = whole_polynomial(exponent);
    const auto count = e ? e->constant() : std::nullopt;
    if (!count || !is_whole(*count) || abs(*count) > greatest_exponent) return std::nullopt;
    Value result = Quotient{Polynomial(1)};
    for (long k = 0; k < std::abs(count->get_num().get_si()); ++k) result = *result * base;
    return *count < 0 ? inverse(*result) : result;
}

Value truth(bool yes, bool no) {
    if (yes == no) return std::nullopt;
    return Quotient{Polynomial(yes ? 1 : 0)};
}

Value compare(Operation operation, const Quotient& a, const Quotient& b) {
    const Signs s = signs(a - b);
    switch (operation) {
        case Operation::less: return truth(!s.zero && !s.positive, !s.negative);
        case Operation::less_equal: return truth(!s.positive, !s.negative && !s.zero);
        case Operation::equal: return truth(!s.negative && !s.positive, !s.zero);
        case Operation::not_equal: return truth(!s.zero, !s.negative && !s.positive);
        case Operation::greater_equal: return truth(!s.negative, !s.zero && !s.positive);
        default: return truth(!s.negative && !s.zero, !s.positive);
    }
}

/// The smaller of two, or the greater.
Value choose(const Quotient& a, const Quotient& b, bool smaller) {
    const Signs s = signs(a - b);
    if (!s.positive) return smaller ? a : b;
    if (!s.negative) return smaller ? b : a;
    return std::nullopt;
}

Value apply(Operation operation, const Quotient& a, const Quotient& b) {
    const Quotient zero{Polynomial(0)};
    switch (operation) {
        case Operation::negate: return zero - a;
        case Operation::add: return a + b;
        case Operation::subtract: return a - b;
        case Operation::multiply: return a * b;
        case Operation::divide:
            if (const Value by = inverse(b)) return a * *by;
            return std::nullopt;
        case Operation::power: return power(a, b);
        case Operation::floor: return rounded(a, false);
        case Operation::ceil: return rounded(a, true);
        case Operation::abs: return choose(a, zero - a, false);
        case Operation::min: return choose(a, b, true);
        case Operation::max: return choose(a, b, false);
        case Operation::mod: return remainder(a, b);
        case Operation::less:
        case Operation::less_equal:
        case Operation::equal:
        case Operation::not_equal:
        case Operation::greater_equal:
        case Operation::greater: return compare(operation, a, b);
        default: return std::nullopt;
    }
}

bool is_unary(Operation operation) {
    return operation == Operation::negate || operation == Operation::floor || operation == Operation::ceil ||
           operation == Operation::abs;
}

/// What each step is in the region, where that is known.
std::vector<Value> evaluate_steps(const Expression& expression, const Region& region) {
    std::vector<Value> values;
    for (const Expression::Step& step : expression.steps()) {
        switch (step.operation) {
            case Operation::constant: values.emplace_back(Quotient{Polynomial(step.constant)}); continue;
            case Operation::variable_i: values.emplace_back(Quotient{region.i}); continue;
            case Operation::variable_j: values.emplace_back(Quotient{region.j}); continue;
            case Operation::variable_n: values.emplace_back(Quotient{region.n}); continue;
            case Operation::variable_dk: values.emplace_back(Quotient{Polynomial(Rational(region.dk))}); continue;
            default: break;
        }
        const Value& a = values[step.left];
        const Value& b = is_unary(step.operation) ? a : values[step.right];
        values.push_back(a && b ? apply(step.operation, *a, *b) : std::nullopt);
    }
    return values;
}

/// Whether the step has a value wherever its operands have one.
bool is_total(const Expression::Step& step, const std::vector<Value>& values) {
    const auto known = [&](std::uint32_t k) { return values[k]; };
    switch (step.operation) {
        case Operation::divide: {
            const Value b = known(step.right);
            return b && !signs(*b).zero;
        }
        case Operation::mod: {
            const Value b = known(step.right);
            return b && !signs(*b).zero && !signs(*b).negative;
        }
        case Operation::power: {
            const Value a = known(step.left), e = known(step.right);
            const auto p = e ? whole_polynomial(*e) : std::nullopt;
            if (!p || !varies_by_multiples(*p, 1) || !is_whole(p->constant_term())) return false;
            const auto unit = a ? a->numerator.constant() : std::nullopt;
            if (unit && abs(*unit) == 1 && a->denominator.constant() == Rational(1)) return true;
            const auto count = p->constant();
            if (!count || abs(*count) > greatest_exponent) return false;
            return *count >= 0 || (a && !signs(*a).zero);
        }
        default: return step.operation < Operation::pi;
    }
}

}  // namespace

Signs signs(const Quotient& quotient) { return signs(quotient.numerator); }

Quotient operator+(const Quotient& a, const Quotient& b) {
    return {a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator};
}
Quotient operator-(const Quotient& a, const Quotient& b) {
    return {a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator};
}
Quotient operator*(const Quotient& a, const Quotient& b) {
    return {a.numerator * b.numerator, a.denominator * b.denominator};
}

std::optional<Quotient> evaluate(const Expression& expression, const Region& region) {
    return evaluate_steps(expression, region).back();
}

std::string lacks_value(const Expression& expression, std::int64_t shortest, std::int64_t dk) {
    const Polynomial one(1);
    const Region everywhere{one + Polynomial::variable(0), one + Polynomial::variable(1),
                            Polynomial(Rational(shortest)) + Polynomial::variable(2), dk};
    const std::vector<Value> values = evaluate_steps(expression, everywhere);
    for (const Expression::Step& step : expression.steps())
        if (!is_total(step, values))
            return step.operation == Operation::divide ? "a divisor that is not seen to differ from 0 everywhere"
                                                       : "an operation that is not seen to have a value everywhere";
    return "";
}

}  // namespace attest::induction
