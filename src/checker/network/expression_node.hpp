#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "checker/network/expression.hpp"

namespace attest::checker {

enum class Operation {
    constant,
    variable,
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

struct Expression::Node {
    Operation operation = Operation::constant;
    bool transcendental = false;  ///< pi, sqrt, log, exp, sin or cos occurs in it
    Rational constant;
    long Bindings::*variable = nullptr;
    std::shared_ptr<const Node> left;
    std::shared_ptr<const Node> right;
};

/// Whether pi, sqrt, log, exp, sin or cos occurs.
inline bool has_transcendental(const Expression::Node& node) { return node.transcendental; }

/// Throws  Defect (no place), also for what is transcendental
Rational evaluate(const Expression::Node& node, const Bindings& at, Budget& budget);

/// Characters of an expression. A long chain a+b+c+… is as deep a tree as nested parentheses, and evaluation recurses on it: 5000
/// deep at most.
constexpr std::size_t longest_expression = 10000;

/// The syntax tree of the text. Throws Defect (no place).
std::shared_ptr<const Expression::Node> parse_expression(std::string_view text,
                                                         const std::vector<std::string>& variables, Budget& budget);

}  // namespace attest::checker
