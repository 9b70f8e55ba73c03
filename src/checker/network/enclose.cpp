#include <optional>

#include "checker/kernel/defect.hpp"
#include "checker/network/expression_node.hpp"

// MODEL.md, section 3, in intervals: expressions of softmax models. A subexpression without transcendental functions
// stays rational, so that comparisons and exponents in it are exact; where an interval does not tell which way a
// comparison goes, both are kept.

namespace attest::checker {
namespace {

using Node = Expression::Node;

constexpr unsigned long greatest_power = 1UL << 16;

/// What a node comes to: a rational as long as nothing transcendental is in it.
struct Enclosed {
    std::optional<Rational> exact;
    Interval interval;
};

[[noreturn]] void not_enclosed(const std::string& reason) { throw Defect("", reason); }

/// x to a whole power, by squaring.
Interval power_of(const Interval& x, const mpz_class& exponent) {
    if (abs(exponent) > greatest_power) not_enclosed("a power of more than 2^16");
    Interval result(Rational(1), x.bits());
    Interval square = x;
    for (unsigned long k = mpz_class(abs(exponent)).get_ui(); k > 0; k /= 2) {
        if (k % 2 == 1) result = result * square;
        square = square * square;
    }
    return exponent < 0 ? Interval(Rational(1), x.bits()) / result : result;
}

/// The exponent of a power must come out an integer.
Interval power_of(const Interval& base, const Enclosed& exponent) {
    if (!exponent.exact && !exponent.interval.is_exact()) return Interval::entire(base.bits());
    const Rational e = exponent.exact ? *exponent.exact : exponent.interval.low();
    if (e.get_den() != 1) not_enclosed("an exponent that is not an integer");
    if (base.is_zero() && e < 0) not_enclosed("division by zero");
    return power_of(base, e.get_num());
}

Interval truth(bool certain, bool certain_not, mpfr_prec_t bits) {
    if (!certain && !certain_not) return Interval::entire(bits);
    return Interval(Rational(certain ? 1 : 0), bits);
}

/// 1 or 0, or nothing known where the ends do not tell.
Interval compared(Operation relation, const Interval& a, const Interval& b) {
    const Interval difference = a - b;
    const bool less = difference.is_negative(), greater = difference.is_positive(), equal = difference.is_zero();
    const mpfr_prec_t bits = difference.bits();
    switch (relation) {
        case Operation::less: return truth(less, greater || equal, bits);
        case Operation::less_equal: return truth(less || equal, greater, bits);
        case Operation::equal: return truth(equal, less || greater, bits);
        case Operation::not_equal: return truth(less || greater, equal, bits);
        case Operation::greater_equal: return truth(greater || equal, less, bits);
        default: return truth(greater, less || equal, bits);
    }
}

Interval modulus(const Interval& x, const Interval& y) {
    if (y.is_negative() || y.is_zero()) not_enclosed("mod(x, y) with y <= 0");
    return y.is_positive() ? x - y * floor(x / y) : Interval::entire(x.bits());
}

Interval square_root(const Interval& x) {
    if (x.is_negative()) not_enclosed("the square root of a negative number");
    return sqrt(x);
}

Interval logarithm(const Interval& x) {
    if (x.is_negative() || x.is_zero()) not_enclosed("the logarithm of a number that is not positive");
    return log(x);
}

Interval apply(Operation operation, const Interval& a, const Enclosed& right) {
    const Interval& b = right.interval;
    switch (operation) {
        case Operation::negate: return -a;
        case Operation::add: return a + b;
        case Operation::subtract: return a - b;
        case Operation::multiply: return a * b;
        case Operation::divide:
            if (b.is_zero()) not_enclosed("division by zero");
            return a / b;
        case Operation::power: return power_of(a, right);
        case Operation::floor: return floor(a);
        case Operation::ceil: return -floor(-a);
        case Operation::abs: return max(a, -a);
        case Operation::min: return min(a, b);
        case Operation::max: return max(a, b);
        case Operation::mod: return modulus(a, b);
        case Operation::sqrt: return square_root(a);
        case Operation::log: return logarithm(a);
        case Operation::exp: return exp(a);
        case Operation::sin: return sin(a);
        case Operation::cos: return cos(a);
        default: return compared(operation, a, b);
    }
}

Enclosed enclose(const Node& node, const Bindings& at, mpfr_prec_t bits, Budget& budget) {
    const auto digits = static_cast<std::uint64_t>(bits) / 64;
    budget.step(
        64 + digits * (node.operation >= Operation::pi || node.operation == Operation::power ? 16 * digits : digits));
    if (node.operation == Operation::pi) return {std::nullopt, Interval::pi(bits)};
    if (!has_transcendental(node)) {
        Rational exact = evaluate(node, at, budget);
        Interval interval(exact, bits);
        return {std::move(exact), std::move(interval)};
    }
    const Enclosed a = enclose(*node.left, at, bits, budget);
    const Enclosed b = node.right ? enclose(*node.right, at, bits, budget) : Enclosed{std::nullopt, Interval(bits)};
    return {std::nullopt, apply(node.operation, a.interval, b)};
}

}  // namespace

Interval Expression::enclose(const Bindings& at, mpfr_prec_t bits, Budget& budget) const {
    budget.step(64);
    if (placed_) return Interval(at_place(at.i), bits);
    if (!is_transcendental()) return Interval(value(at, budget), bits);
    return checker::enclose(*root_, at, bits, budget).interval;
}

}  // namespace attest::checker
