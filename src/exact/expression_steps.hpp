#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "attest/exact/expression.hpp"

// The steps of an expression, operands before operators, one after the other: in whole numbers of 64 bits where that goes, in
// rationals else. Numbers are bounded, since a short text can ask for very long ones.

namespace attest::exact::steps {

/// Of one step's numerator and denominator together, and of those of all steps.
inline constexpr std::size_t most_bits = 1000000;
inline constexpr std::size_t most_bits_in_all = 8 * most_bits;

inline std::size_t bits(mpz_srcptr x) {
    return mpz_size(x) == 1 ? std::bit_width(mpz_getlimbn(x, 0)) : mpz_sizeinbase(x, 2);
}

inline std::size_t bits(const Rational& x) { return bits(x.get_num_mpz_t()) + bits(x.get_den_mpz_t()); }

inline const Rational zero = 0, one = 1;

inline bool is_one(const Rational& x) {
    return mpz_cmp_ui(x.get_num_mpz_t(), 1) == 0 && mpz_cmp_ui(x.get_den_mpz_t(), 1) == 0;
}

/// What a step comes to where that is one of its operands, 0 or 1; else null. A sum of `[i = k] * c`, as tables of positions
/// are written, needs no arithmetic and no copies.
inline const Rational* unchanged(const Expression::Step& step, const Rational& a, const Rational& b) {
    switch (step.operation) {
        case Operation::add: return sgn(a) == 0 ? &b : sgn(b) == 0 ? &a : nullptr;
        case Operation::subtract: return sgn(b) == 0 ? &a : nullptr;
        case Operation::multiply: return is_one(a) ? &b : is_one(b) ? &a : nullptr;
        case Operation::less: return a < b ? &one : &zero;
        case Operation::less_equal: return a <= b ? &one : &zero;
        case Operation::equal: return a == b ? &one : &zero;
        case Operation::not_equal: return a != b ? &one : &zero;
        case Operation::greater_equal: return a >= b ? &one : &zero;
        case Operation::greater: return a > b ? &one : &zero;
        default: return nullptr;
    }
}

/// The steps of a formula in rationals. A step that is a number as it is written, such as -3/4, cannot be an error, and is
/// computed where it is asked for: most numbers of a table are multiplied by 0.
template <typename Compute, typename Refuse>
class RationalSteps {
  public:
    using Step = Expression::Step;

    /// compute  gives what a step makes of its operands
    /// refuse   throws: a number is too large
    RationalSteps(const std::vector<Step>& steps, const Compute& compute, const Refuse& refuse)
        : steps_(steps), compute_(compute), refuse_(refuse), value_(steps.size(), nullptr) {
        made_.reserve(steps.size());
    }

    const Rational& run() {
        for (std::size_t k = 0; k < steps_.size(); ++k)
            if (!is_written(k)) set(k);
        return of(steps_.size() - 1);
    }

  private:
    bool is_unset(std::size_t k) const { return value_[k] == nullptr; }
    bool is_zero(std::size_t k) const { return !is_unset(k) && sgn(*value_[k]) == 0; }

    /// -a and a/b for numbers a and b as they are written, b not 0.
    bool is_written(std::size_t k) const {
        const Step& step = steps_[k];
        const auto number = [&](std::size_t operand) {
            return is_unset(operand) || steps_[operand].operation == Operation::constant;
        };
        if (step.operation == Operation::negate) return number(step.left);
        return step.operation == Operation::divide && number(step.left) &&
               steps_[step.right].operation == Operation::constant && !is_zero(step.right);
    }

    const Rational& of(std::size_t k) {
        if (is_unset(k)) set(k);
        return *value_[k];
    }

    const Rational& known(std::size_t k) {
        const Step& step = steps_[k];
        if (step.operation == Operation::constant) return step.constant;
        if (step.operation == Operation::multiply && (is_zero(step.left) || is_zero(step.right))) return zero;
        if (step.operation >= Operation::variable_i && step.operation <= Operation::variable_dk) return variable(step);
        if (step.operation >= Operation::pi) return made_.emplace_back(compute_(step, zero, zero));  // throws
        const Rational &a = of(step.left), &b = of(step.right);
        const Rational* same = unchanged(step, a, b);
        return same != nullptr ? *same : made_.emplace_back(compute_(step, a, b));
    }

    const Rational& variable(const Step& step) {
        const Rational*& kept =
            variables_[static_cast<std::size_t>(step.operation) - static_cast<std::size_t>(Operation::variable_i)];
        if (kept == nullptr) kept = &made_.emplace_back(compute_(step, zero, zero));
        return *kept;
    }

    void set(std::size_t k) {
        value_[k] = &known(k);
        const std::size_t own = bits(*value_[k]);
        bits_in_all_ += own;
        if (own > most_bits || bits_in_all_ > most_bits_in_all) refuse_();
    }

    const std::vector<Step>& steps_;
    const Compute& compute_;
    const Refuse& refuse_;
    std::vector<const Rational*> value_;
    std::vector<Rational> made_;  // one room, since values point into it
    std::array<const Rational*, 4> variables_{};
    std::size_t bits_in_all_ = 0;
};

/// Most expressions of biases are small whole numbers throughout: these need no allocation. Steps that would leave
/// the whole numbers or 64 bits, or that are errors, give nothing; the rational way says what they are.
inline constexpr std::size_t most_whole_steps = 64;

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

}  // namespace attest::exact::steps
