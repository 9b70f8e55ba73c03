#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/network/program.hpp"

namespace attest::programs::rasp {

/// A value at a position: a text or a number. True and False are the numbers 1 and 0, as they are in Python.
using Value = network::Program::Value;

/// What is done at a position, to the values there.
enum class Op : std::uint8_t {
    add,
    subtract,
    multiply,
    divide,
    power,
    modulo,
    equal,
    less_equal,
    greater_equal,
    greater,
    less,
    unequal,  ///< of selections only: the text has no such operator elsewhere
    both,     ///< and, of truths: 1 or 0
    either,
    negation,  ///< not
    minus,
    plus,
    round,      ///< half to even
    indicator,  ///< 1 of what is true, else 0
    choose,     ///< condition, then, else
    among,      ///< whether it is one of a list of values: 1 or 0
    entry       ///< the value that a table has for it
};

/// Whether an operation gives a truth whatever it is applied to.
bool gives_truth(Op op);

/// What the operation gives, as Python does but for numbers, which are exact: nothing where Python has an error (a division by
/// 0, an order between text and number), and where the result is no rational number or beyond 2^4096.
///
/// `among` and `entry` are not here: they need their list or table.
std::optional<Value> applied(Op op, const std::vector<const Value*>& of);

/// Whether Python takes it for true: a text that is not empty, a number that is not 0.
bool is_true(const Value& value);

/// The integer that it is, if it is one of at most 62 bits.
std::optional<std::int64_t> as_integer(const Value& value);

/// The nearest integer, of two the even one.
exact::Rational rounded(const exact::Rational& x);

/// `"abc"`, `3`, `-1/2`: as messages name it.
std::string shown(const Value& value);

}  // namespace attest::programs::rasp
