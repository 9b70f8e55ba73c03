#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attest/exact/ball.hpp"
#include "attest/exact/rational.hpp"

namespace attest::exact {

/// The values of the variables that an expression may use; what a place does not allow cannot occur in it.
struct Variables {
    std::int64_t i = 0;   ///< asking position, from 1
    std::int64_t j = 0;   ///< asked position, from 1
    std::int64_t n = 0;   ///< length of the sequence
    std::int64_t dk = 0;  ///< rows of the query map
};

/// An operation of the expression language; a table in expression.cpp gives names and arities.
enum class Operation : std::uint8_t {
    constant,
    variable_i,
    variable_j,
    variable_n,
    variable_dk,
    negate,
    add,
    subtract,
    multiply,
    divide,
    power,
    floor,
    ceil,
    abs,
    min,
    max,
    mod,
    less,
    less_equal,
    equal,
    not_equal,
    greater_equal,
    greater,
    pi,
    sqrt,
    log,
    exp,
    sin,
    cos
};

class LearnedValues;

/// A formula in i, j, n, dk (model format, "Expressions").
class Expression {
  public:
    /// One step of the formula, operands before operators.
    struct Step {
        Operation operation;
        Rational constant;                  ///< of Operation::constant
        std::uint32_t left = 0, right = 0;  ///< indices of operand steps
    };

    /// The constant 0.
    Expression();
    explicit Expression(const Rational& constant);

    /// `allowed`: the variables of this place, e.g. "ijn"; `d` stands for dk.
    /// `transcendental`: whether pi, sqrt, log, exp, sin, cos may occur.
    /// Throws  InputError at `where:column`
    static Expression parse(std::string_view text, std::string_view allowed, bool transcendental,
                            const std::string& where);

    /// Exact   yes
    /// Throws  InputError naming the place, i, j and n for a division by zero, an exponent that is not an
    ///         integer, a modulus that is not positive, a result of more than a million bits or results of
    ///         more than eight million bits together;
    ///         Unsupported for transcendental operations
    Rational evaluate(const Variables& at) const;
    /// A ball around the value; exact steps stay exact until a transcendental one.
    ///
    /// Exact   encloses the true value; not finite where a step may lack its value at this precision
    /// Throws  InputError as `evaluate`, also for a square root of a negative number and a logarithm of one that is
    ///         not positive, where that is certain
    Ball enclose(const Variables& at, long bits) const;
    /// The same where every step is a whole number of 64 bits, else nothing.
    std::optional<std::int64_t> evaluate_whole(const Variables& at) const;

    bool is_transcendental() const;
    /// Whether evaluation can fail at some place: false only if the form of the expression shows that it cannot.
    bool may_lack_value() const;
    bool uses(Operation variable) const;
    bool is_constant() const { return steps_.size() == 1 && steps_[0].operation == Operation::constant; }
    /// As it was written.
    const std::string& text() const { return text_; }
    /// FILE:PLACE where it was written; empty if it was not read from a file.
    const std::string& where() const { return where_; }
    const std::vector<Step>& steps() const { return steps_; }

  private:
    friend class ExpressionParser;
    friend class EnclosedSteps;

    [[noreturn]] void fail(const Variables& at, const std::string& what) const;
    Rational power(const Variables& at, const Rational& base, const Rational& exponent) const;
    Rational apply(const Step& step, const Variables& at, const Rational& a, const Rational& b) const;

    std::vector<Step> steps_;                       // the last one is the result
    std::shared_ptr<const LearnedValues> learned_;  // of a sum that is one: nothing is computed anew at each place
    std::string text_;
    std::string where_;
};

/// An expression of a model file: a string, or a number.
Expression read_expression(const base::JsonNode& node, std::string_view allowed, bool transcendental);

}  // namespace attest::exact
