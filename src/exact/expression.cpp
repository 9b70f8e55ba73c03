#include "attest/exact/expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "expression_steps.hpp"
#include "learned_values.hpp"

namespace attest::exact {

namespace {

Rational floor_of(const Rational& x) {
    mpz_class quotient;
    mpz_fdiv_q(quotient.get_mpz_t(), x.get_num_mpz_t(), x.get_den_mpz_t());
    return quotient;
}

Rational boolean(bool b) { return b ? 1 : 0; }

}  // namespace

std::optional<std::int64_t> Expression::evaluate_whole(const Variables& at) const {
    if (steps_.size() > steps::most_whole_steps) return std::nullopt;
    steps::WholeSteps whole(at);
    for (const Step& step : steps_)
        if (!whole.add(step)) return std::nullopt;
    return whole.last();
}

Expression::Expression() : Expression(Rational(0)) {}

Expression::Expression(const Rational& constant)
    : steps_{{Operation::constant, constant, 0, 0}}, text_(to_string(constant)) {}

bool Expression::is_transcendental() const {
    if (learned_) return false;
    return std::any_of(steps_.begin(), steps_.end(), [](const Step& s) { return s.operation >= Operation::pi; });
}

bool Expression::may_lack_value() const {
    if (learned_) return !learned_->has_all();
    const auto constant = [&](std::uint32_t k) {
        return steps_[k].operation == Operation::constant ? &steps_[k].constant : nullptr;
    };
    const auto whole = [&](std::uint32_t k) {
        const Operation o = steps_[k].operation;
        return (o >= Operation::variable_i && o <= Operation::variable_dk) ||
               (constant(k) != nullptr && constant(k)->get_den() == 1);
    };
    // Positive by its form: positions and lengths are, and so are sums, products and quotients of what is.
    const std::function<bool(std::uint32_t)> positive = [&](std::uint32_t k) {
        const Operation o = steps_[k].operation;
        if (o >= Operation::variable_i && o <= Operation::variable_dk) return true;
        if (o == Operation::add || o == Operation::multiply || o == Operation::divide)
            return positive(steps_[k].left) && positive(steps_[k].right);
        return constant(k) != nullptr && *constant(k) > 0;
    };
    const auto fine = [&](const Step& step) {
        const Rational* right = constant(step.right);
        switch (step.operation) {
            // A sequence has n ≥ 1 and positions from 1, so these divisors are not zero.
            case Operation::divide:
                return right != nullptr ? *right != 0
                                        : steps_[step.right].operation == Operation::variable_n ||
                                              steps_[step.right].operation == Operation::variable_i ||
                                              steps_[step.right].operation == Operation::variable_j;
            case Operation::mod: return right != nullptr && *right > 0;
            case Operation::power: {
                // (-1)^i and i^2: neither division by zero nor many bits.
                const std::uint32_t base =
                    steps_[step.left].operation == Operation::negate ? steps_[step.left].left : step.left;
                const bool unit = constant(base) != nullptr && *constant(base) == 1;
                return whole(step.right) &&
                       (unit || (right != nullptr && (*right == 1 || *right == 2) && whole(step.left)));
            }
            case Operation::sqrt:
            case Operation::log: return positive(step.left);
            default: return true;
        }
    };
    return !std::all_of(steps_.begin(), steps_.end(), fine) || steps_.size() > 100;
}

bool Expression::uses(Operation variable) const {
    return std::any_of(steps_.begin(), steps_.end(), [&](const Step& s) { return s.operation == variable; });
}

void Expression::fail(const Variables& at, const std::string& what) const {
    std::string values;
    const auto name = [&](Operation v, const char* label, std::int64_t value) {
        if (value != 0 || uses(v)) values += fmt::format("{}{} = {}", values.empty() ? " at " : ", ", label, value);
    };
    // Those that this place has, whether the formula uses them or not: they say where one is.
    name(Operation::variable_i, "i", at.i);
    name(Operation::variable_j, "j", at.j);
    name(Operation::variable_n, "n", at.n);
    name(Operation::variable_dk, "dk", at.dk);
    throw base::InputError(where_.empty() ? "expression" : where_,
                           fmt::format("{}{} in \"{}\"", what, values, base::printable(text_)));
}

Rational Expression::power(const Variables& at, const Rational& base, const Rational& exponent) const {
    if (exponent.get_den() != 1)
        fail(at, fmt::format("the exponent {} is not an integer", base::printable(to_string(exponent))));
    if (base == 1 || exponent == 0) return 1;
    if (base == -1) return mpz_even_p(exponent.get_num_mpz_t()) != 0 ? 1 : -1;
    if (base == 0) {
        if (exponent < 0) fail(at, "division by zero");
        return 0;
    }
    const mpz_class size = abs(exponent.get_num());
    if (size * static_cast<unsigned long>(steps::bits(base)) > static_cast<unsigned long>(2 * steps::most_bits))
        fail(at, "a number of too many bits");
    Rational result;
    mpz_pow_ui(result.get_num_mpz_t(), base.get_num_mpz_t(), size.get_ui());
    mpz_pow_ui(result.get_den_mpz_t(), base.get_den_mpz_t(), size.get_ui());
    return exponent < 0 ? Rational(1 / result) : result;
}

Rational Expression::apply(const Step& step, const Variables& at, const Rational& a, const Rational& b) const {
    switch (step.operation) {
        case Operation::constant: return step.constant;
        case Operation::variable_i: return static_cast<long>(at.i);
        case Operation::variable_j: return static_cast<long>(at.j);
        case Operation::variable_n: return static_cast<long>(at.n);
        case Operation::variable_dk: return static_cast<long>(at.dk);
        case Operation::negate: return -a;
        case Operation::add: return a + b;
        case Operation::subtract: return a - b;
        case Operation::multiply: return a * b;
        case Operation::divide:
            if (b == 0) fail(at, "division by zero");
            return a / b;
        case Operation::power: return power(at, a, b);
        case Operation::floor: return floor_of(a);
        case Operation::ceil: return -floor_of(-a);
        case Operation::abs: return abs(a);
        case Operation::min: return a < b ? a : b;
        case Operation::max: return a > b ? a : b;
        case Operation::mod:
            if (b <= 0) fail(at, fmt::format("mod by {}, which is not positive", base::printable(to_string(b))));
            return a - b * floor_of(a / b);
        case Operation::less: return boolean(a < b);
        case Operation::less_equal: return boolean(a <= b);
        case Operation::equal: return boolean(a == b);
        case Operation::not_equal: return boolean(a != b);
        case Operation::greater_equal: return boolean(a >= b);
        case Operation::greater: return boolean(a > b);
        case Operation::pi:
        case Operation::sqrt:
        case Operation::log:
        case Operation::exp:
        case Operation::sin:
        case Operation::cos: break;
    }
    throw base::Unsupported(fmt::format("\"{}\" has no exact rational value", base::printable(text_)));
}

Rational Expression::evaluate(const Variables& at) const {
    if (const Rational* value = learned_ ? learned_->at(at.i) : nullptr) return *value;
    if (const auto whole = evaluate_whole(at)) return static_cast<long>(*whole);
    const auto compute = [&](const Step& step, const Rational& a, const Rational& b) { return apply(step, at, a, b); };
    const auto refuse = [&] { fail(at, "a number of too many bits"); };
    return steps::RationalSteps(steps_, compute, refuse).run();
}

}  // namespace attest::exact
