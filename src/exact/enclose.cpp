#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/exact/expression.hpp"

// Expressions in balls. A step whose operands are exact is computed exactly, so that floor(n/2) and (-1)^i mean what
// they say however few the bits; from the first transcendental step on there are balls.

namespace attest::exact {

namespace {

/// What one step came to.
struct Value {
    std::optional<Rational> exact;
    Ball ball;  // if it is not exact
};

/// 1 or 0 if the relation is certain, else a ball around both.
Ball truth(bool certainly, bool certainly_not) {
    if (certainly) return 1;
    return certainly_not ? Ball(0) : hull(0, 1);
}

Ball related(Operation relation, const Ball& a, const Ball& b) {
    const Sign sign = (a - b).sign();
    const bool known = sign != Sign::unknown, less = sign == Sign::negative, greater = sign == Sign::positive,
               equal = sign == Sign::zero;
    // A ball around 0 may still be all on one side of it or the other, 0 included: those answers are left open.
    switch (relation) {
        case Operation::less: return truth(less, known && !less);
        case Operation::less_equal: return truth(less || equal, greater);
        case Operation::equal: return truth(equal, less || greater);
        case Operation::not_equal: return truth(less || greater, equal);
        case Operation::greater_equal: return truth(greater || equal, less);
        default: return truth(greater, known && !greater);
    }
}

}  // namespace

class EnclosedSteps {
  public:
    EnclosedSteps(const Expression& expression, const Variables& at, long bits)
        : e_(expression), at_(at), bits_(bits) {}

    Ball run() {
        std::vector<Value> value(e_.steps_.size());
        for (std::size_t k = 0; k < value.size(); ++k) {
            const Expression::Step& step = e_.steps_[k];
            const Value& a = value[step.left];
            const Value& b = value[step.right];
            if (step.operation < Operation::pi && inputs_exact(step, a, b))
                value[k].exact = e_.apply(step, at_, a.exact.value_or(Rational()), b.exact.value_or(Rational()));
            else value[k].ball = apply(step, a, b);
        }
        return ball(value.back());
    }

  private:
    static bool inputs_exact(const Expression::Step& step, const Value& a, const Value& b) {
        const Operation o = step.operation;
        if (o <= Operation::variable_dk) return true;
        const bool one = o == Operation::negate || o == Operation::floor || o == Operation::ceil || o == Operation::abs;
        return a.exact && (one || b.exact);
    }
    Ball ball(const Value& v) const { return v.exact ? Ball(*v.exact, bits_) : v.ball; }

    /// An exponent must come out an integer: a ball that holds none, or is around one without being it, is none.
    Ball power(const Ball& base, const Value& exponent) const {
        if (exponent.exact) {
            if (exponent.exact->get_den() != 1) e_.fail(at_, "the exponent is not an integer");
            if (base.is_zero() && *exponent.exact < 0) e_.fail(at_, "division by zero");
            return attest::exact::power(base, exponent.exact->get_num());
        }
        if (!exponent.ball.is_exact()) return Ball(1) / Ball(0);
        const Rational e = exponent.ball.lower();
        if (e.get_den() != 1) e_.fail(at_, "the exponent is not an integer");
        if (base.is_zero() && e < 0) e_.fail(at_, "division by zero");
        return attest::exact::power(base, e.get_num());
    }
    Ball modulo(const Ball& x, const Ball& y) const {
        const Sign sign = y.sign();
        if (sign == Sign::zero || sign == Sign::negative) e_.fail(at_, "mod by a number that is not positive");
        return sign == Sign::positive ? x - y * floor(x / y) : Ball(1) / Ball(0);
    }
    Ball apply(const Expression::Step& step, const Value& left, const Value& right) const {
        const Ball a = ball(left), b = ball(right);
        switch (step.operation) {
            case Operation::negate: return -a;
            case Operation::add: return a + b;
            case Operation::subtract: return a - b;
            case Operation::multiply: return a * b;
            case Operation::divide:
                if (b.is_zero()) e_.fail(at_, "division by zero");
                return a / b;
            case Operation::power: return power(a, right);
            case Operation::floor: return floor(a);
            case Operation::ceil: return -floor(-a);
            case Operation::abs: return abs(a);
            case Operation::min: return min(a, b);
            case Operation::max: return max(a, b);
            case Operation::mod: return modulo(a, b);
            case Operation::pi: return Ball::pi(bits_);
            case Operation::sqrt:
                if (a.sign() == Sign::negative) e_.fail(at_, "the square root of a negative number");
                return sqrt(a);
            case Operation::log:
                if (a.sign() == Sign::negative || a.is_zero())
                    e_.fail(at_, "the logarithm of a number that is not positive");
                return log(a);
            case Operation::exp: return exp(a);
            case Operation::sin: return sin(a);
            case Operation::cos: return cos(a);
            default: return related(step.operation, a, b);
        }
    }

    const Expression& e_;
    const Variables& at_;
    long bits_;
};

Ball Expression::enclose(const Variables& at, long bits) const {
    return is_transcendental() ? EnclosedSteps(*this, at, bits).run() : Ball(evaluate(at), bits);
}

}  // namespace attest::exact
