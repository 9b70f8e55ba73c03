#include "attest/exact/expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <functional>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::exact {

namespace {

constexpr std::size_t most_bits = 1000000;
constexpr std::size_t most_bits_in_all = 8 * most_bits;

std::size_t bits(const Rational& x) {
    return mpz_sizeinbase(x.get_num_mpz_t(), 2) + mpz_sizeinbase(x.get_den_mpz_t(), 2);
}

Rational floor_of(const Rational& x) {
    mpz_class quotient;
    mpz_fdiv_q(quotient.get_mpz_t(), x.get_num_mpz_t(), x.get_den_mpz_t());
    return quotient;
}

Rational boolean(bool b) { return b ? 1 : 0; }

const Rational zero = 0, one = 1;

bool is_one(const Rational& x) {
    return mpz_cmp_ui(x.get_num_mpz_t(), 1) == 0 && mpz_cmp_ui(x.get_den_mpz_t(), 1) == 0;
}

/// What a step comes to where that is one of its operands, 0 or 1; else null. A sum of `[i = k] * c`, as tables of positions
/// are written, needs no arithmetic and no copies.
const Rational* unchanged(const Expression::Step& step, const Rational& a, const Rational& b) {
    switch (step.operation) {
        case Operation::constant: return &step.constant;
        case Operation::add: return sgn(a) == 0 ? &b : sgn(b) == 0 ? &a : nullptr;
        case Operation::subtract: return sgn(b) == 0 ? &a : nullptr;
        case Operation::multiply:
            if (sgn(a) == 0 || sgn(b) == 0) return &zero;
            return is_one(a) ? &b : is_one(b) ? &a : nullptr;
        case Operation::less: return a < b ? &one : &zero;
        case Operation::less_equal: return a <= b ? &one : &zero;
        case Operation::equal: return a == b ? &one : &zero;
        case Operation::not_equal: return a != b ? &one : &zero;
        case Operation::greater_equal: return a >= b ? &one : &zero;
        case Operation::greater: return a > b ? &one : &zero;
        default: return nullptr;
    }
}

/// Most expressions of biases are small whole numbers throughout: these need no allocation. Steps that would leave
/// the whole numbers or 64 bits, or that are errors, give nothing; the rational way says what they are.
constexpr std::size_t most_whole_steps = 64;

class WholeSteps {
  public:
    explicit WholeSteps(const Variables& at) : at_(at) {}

    bool add(const Expression::Step& step) {
        const std::int64_t a = value_[step.left], b = value_[step.right];
        std::int64_t& out = value_[count_++];
        switch (step.operation) {
            case Operation::constant:
                if (step.constant.get_den() != 1 || !step.constant.get_num().fits_slong_p()) return false;
                out = step.constant.get_num().get_si();
                return true;
            case Operation::variable_i: out = at_.i; return true;
            case Operation::variable_j: out = at_.j; return true;
            case Operation::variable_n: out = at_.n; return true;
            case Operation::variable_dk: out = at_.dk; return true;
            case Operation::negate: return !__builtin_sub_overflow(std::int64_t{0}, a, &out);
            case Operation::add: return !__builtin_add_overflow(a, b, &out);
            case Operation::subtract: return !__builtin_sub_overflow(a, b, &out);
            case Operation::multiply: return !__builtin_mul_overflow(a, b, &out);
            case Operation::divide:
                if (b <= 0 || a % b != 0) return false;
                out = a / b;
                return true;
            case Operation::floor:
            case Operation::ceil: out = a; return true;
            case Operation::abs: return a < 0 ? !__builtin_sub_overflow(std::int64_t{0}, a, &out) : (out = a, true);
            case Operation::min: out = std::min(a, b); return true;
            case Operation::max: out = std::max(a, b); return true;
            case Operation::mod:
                if (b <= 0) return false;
                out = a % b < 0 ? a % b + b : a % b;
                return true;
            case Operation::less: out = a < b; return true;
            case Operation::less_equal: out = a <= b; return true;
            case Operation::equal: out = a == b; return true;
            case Operation::not_equal: out = a != b; return true;
            case Operation::greater_equal: out = a >= b; return true;
            case Operation::greater: out = a > b; return true;
            default: return false;
        }
    }
    std::int64_t last() const { return value_[count_ - 1]; }

  private:
    const Variables& at_;
    std::size_t count_ = 0;
    std::array<std::int64_t, most_whole_steps> value_{};
};

}  // namespace

std::optional<std::int64_t> Expression::evaluate_whole(const Variables& at) const {
    if (steps_.size() > most_whole_steps) return std::nullopt;
    WholeSteps whole(at);
    for (const Step& step : steps_)
        if (!whole.add(step)) return std::nullopt;
    return whole.last();
}

Expression::Expression() : Expression(Rational(0)) {}

Expression::Expression(const Rational& constant)
    : steps_{{Operation::constant, constant, 0, 0}}, text_(to_string(constant)) {}

bool Expression::is_transcendental() const {
    return std::any_of(steps_.begin(), steps_.end(), [](const Step& s) { return s.operation >= Operation::pi; });
}

bool Expression::may_lack_value() const {
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
    if (size * static_cast<unsigned long>(bits(base)) > static_cast<unsigned long>(2 * most_bits))
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
    if (const auto whole = evaluate_whole(at)) return static_cast<long>(*whole);
    std::vector<const Rational*> value(steps_.size(), &zero);
    std::deque<Rational> made;
    std::size_t bits_in_all = 0;
    for (std::size_t k = 0; k < steps_.size(); ++k) {
        const Rational &a = *value[steps_[k].left], &b = *value[steps_[k].right];
        value[k] = unchanged(steps_[k], a, b);
        if (value[k] == nullptr) value[k] = &made.emplace_back(apply(steps_[k], at, a, b));
        bits_in_all += bits(*value[k]);
        if (bits(*value[k]) > most_bits || bits_in_all > most_bits_in_all) fail(at, "a number of too many bits");
    }
    return *value.back();
}

}  // namespace attest::exact
