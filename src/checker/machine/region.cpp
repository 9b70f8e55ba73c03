#include "checker/machine/region.hpp"

#include "checker/kernel/defect.hpp"
#include "checker/network/expression_node.hpp"

// FORMAT.md, section 21, "Regions": an expression at infinitely many places, operation by operation.

namespace attest::checker {
namespace {

using Node = Expression::Node;
using Maybe = std::optional<Quotient>;

constexpr long most_exponent = 64;

Quotient number(const Rational& x) { return {Polynomial::of(x)}; }

mpz_class down(const Rational& x) {
    mpz_class result;
    mpz_fdiv_q(result.get_mpz_t(), x.get_num_mpz_t(), x.get_den_mpz_t());
    return result;
}

/// As a polynomial, where what is below is a number.
std::optional<Polynomial> polynomial_of(const Quotient& q, Budget& budget) {
    if (!q.below.is_constant()) return std::nullopt;
    return product(q.above, Polynomial::of(1 / q.below.constant()), budget);
}

std::optional<Rational> number_of(const Quotient& q, Budget& budget) {
    const auto p = polynomial_of(q, budget);
    if (!p || !p->is_constant()) return std::nullopt;
    return p->constant();
}

/// A number from −64 to 64 that is whole.
std::optional<long> small_exponent(const Quotient& q, Budget& budget) {
    const auto e = number_of(q, budget);
    if (!e || e->get_den() != 1 || abs(*e) > most_exponent) return std::nullopt;
    return e->get_num().get_si();
}

Maybe inverse(const Quotient& q, Budget& budget) {
    if (!q.above.never_zero()) return std::nullopt;
    if (q.above.never_negative()) return Quotient{q.below, q.above};
    return Quotient{difference({}, q.below, budget), difference({}, q.above, budget)};
}

class ExpressionWalk {
  public:
    ExpressionWalk(const Region& region, Budget& budget) : region_(region), budget_(budget) {}

    Maybe value(const Node& node) {
        budget_.step(8);
        switch (node.operation) {
            case Operation::constant: return number(node.constant);
            case Operation::variable: return Quotient{variable(node)};
            default: break;
        }
        const Maybe a = value(*node.left);
        const Maybe b = node.right ? value(*node.right) : a;
        if (!a || !b) return std::nullopt;
        const Maybe result = apply(node.operation, *a, *b);
        if (result) require_short(*result);
        return result;
    }

    bool is_total(const Node& node) {
        budget_.step(8);
        if (node.left && !is_total(*node.left)) return false;
        if (node.right && !is_total(*node.right)) return false;
        switch (node.operation) {
            case Operation::divide: {
                const Maybe b = value(*node.right);
                return b && b->above.never_zero();
            }
            case Operation::mod: {
                const Maybe b = value(*node.right);
                return b && b->above.never_zero() && b->above.never_negative();
            }
            case Operation::power: return is_total_power(value(*node.left), value(*node.right));
            default: return node.operation < Operation::pi;
        }
    }

  private:
    /// Where a coefficient has more bits than a step of an expression may have, so has the expression at some positions.
    static void require_short(const Quotient& q) {
        constexpr std::size_t most_bits = std::size_t{1} << 21;
        for (const Polynomial* p : {&q.above, &q.below})
            for (const auto& [exponents, coefficient] : p->terms)
                if (mpz_sizeinbase(coefficient.get_num_mpz_t(), 2) > most_bits ||
                    mpz_sizeinbase(coefficient.get_den_mpz_t(), 2) > most_bits)
                    throw Defect("limits", "a number of more than 2^21 bits in a score");
    }

    Polynomial variable(const Node& node) const {
        if (node.variable == &Bindings::i) return region_.i;
        if (node.variable == &Bindings::j) return region_.j;
        if (node.variable == &Bindings::n) return region_.n;
        return Polynomial::of(Rational(region_.dk));
    }

    Maybe apply(Operation operation, const Quotient& a, const Quotient& b) {
        const Quotient minus = difference(number(0), a, budget_);
        switch (operation) {
            case Operation::negate: return minus;
            case Operation::add: return sum(a, b, budget_);
            case Operation::subtract: return difference(a, b, budget_);
            case Operation::multiply: return product(a, b, budget_);
            case Operation::divide: {
                const Maybe by = inverse(b, budget_);
                return by ? Maybe(product(a, *by, budget_)) : std::nullopt;
            }
            case Operation::power: return power(a, b);
            case Operation::floor: return rounded(a, true);
            case Operation::ceil: return rounded(a, false);
            case Operation::abs: return greater(a, minus);
            case Operation::max: return greater(a, b);
            case Operation::min: {
                const Quotient d = difference(a, b, budget_);
                if (d.above.never_positive()) return a;
                return d.above.never_negative() ? Maybe(b) : std::nullopt;
            }
            case Operation::mod: return remainder(a, b);
            default: return compared(operation, difference(a, b, budget_).above);
        }
    }

    Maybe greater(const Quotient& a, const Quotient& b) {
        const Quotient d = difference(a, b, budget_);
        if (d.above.never_negative()) return a;
        return d.above.never_positive() ? Maybe(b) : std::nullopt;
    }

    Maybe rounded(const Quotient& a, bool to_lower) {
        auto p = polynomial_of(a, budget_);
        if (!p || !p->varies_by(1)) return std::nullopt;
        const Rational c = p->constant();
        const Rational whole = to_lower ? Rational(down(c)) : Rational(-down(-c));
        return Quotient{sum(*p, Polynomial::of(whole - c), budget_)};
    }

    Maybe remainder(const Quotient& a, const Quotient& b) {
        const auto x = polynomial_of(a, budget_);
        const auto y = number_of(b, budget_);
        if (!x || !y || *y <= 0 || !x->varies_by(*y)) return std::nullopt;
        return number(x->constant() - *y * Rational(down(x->constant() / *y)));
    }

    Maybe power(const Quotient& a, const Quotient& b) {
        const auto base = number_of(a, budget_);
        if (base && abs(*base) == 1) {
            const auto e = polynomial_of(b, budget_);
            if (!e || !e->varies_by(*base == 1 ? 1 : 2) || e->constant().get_den() != 1) return std::nullopt;
            return number(*base == 1 || mpz_even_p(e->constant().get_num_mpz_t()) ? 1 : -1);
        }
        const auto e = small_exponent(b, budget_);
        if (!e) return std::nullopt;
        Quotient result = number(1);
        for (long k = 0; k < std::abs(*e); ++k) result = product(result, a, budget_);
        return *e < 0 ? inverse(result, budget_) : Maybe(result);
    }

    bool is_total_power(const Maybe& a, const Maybe& b) {
        if (!b) return false;
        if (a) {
            const auto base = number_of(*a, budget_);
            const auto e = polynomial_of(*b, budget_);
            if (base && abs(*base) == 1) return e && e->varies_by(1) && e->constant().get_den() == 1;
        }
        const auto e = small_exponent(*b, budget_);
        return e && (*e >= 0 || (a && a->above.never_zero()));
    }

    static Maybe truth(bool yes, bool no) {
        if (yes == no) return std::nullopt;
        return number(yes ? 1 : 0);
    }

    /// By the sign of a − b.
    static Maybe compared(Operation operation, const Polynomial& d) {
        const bool at_least = d.never_negative(), at_most = d.never_positive(), apart = d.never_zero();
        const bool greater = at_least && apart, less = at_most && apart, same = at_least && at_most;
        switch (operation) {
            case Operation::less: return truth(less, at_least);
            case Operation::less_equal: return truth(at_most, greater);
            case Operation::equal: return truth(same, apart);
            case Operation::not_equal: return truth(apart, same);
            case Operation::greater_equal: return truth(at_least, less);
            case Operation::greater: return truth(greater, at_most);
            default: return std::nullopt;
        }
    }

    const Region& region_;
    Budget& budget_;
};

}  // namespace

Quotient sum(const Quotient& a, const Quotient& b, Budget& budget) {
    return {sum(product(a.above, b.below, budget), product(b.above, a.below, budget), budget),
            product(a.below, b.below, budget)};
}

Quotient difference(const Quotient& a, const Quotient& b, Budget& budget) {
    return {difference(product(a.above, b.below, budget), product(b.above, a.below, budget), budget),
            product(a.below, b.below, budget)};
}

Quotient product(const Quotient& a, const Quotient& b, Budget& budget) {
    return {product(a.above, b.above, budget), product(a.below, b.below, budget)};
}

std::optional<Quotient> in_region(const Expression& expression, const Region& region, Budget& budget) {
    return ExpressionWalk(region, budget).value(expression.root(budget));
}

bool has_value_in(const Expression& expression, const Region& region, Budget& budget) {
    return ExpressionWalk(region, budget).is_total(expression.root(budget));
}

}  // namespace attest::checker
