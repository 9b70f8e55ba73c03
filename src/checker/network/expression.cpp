#include "checker/network/expression.hpp"

#include <algorithm>
#include <optional>

#include "checker/kernel/defect.hpp"
#include "checker/network/expression_node.hpp"
#include "checker/network/placed_sum.hpp"

// MODEL.md, section 3: exact evaluation of expressions in rationals. What has no rational value, such as sqrt, is left to enclose.cpp;
// the size of numbers is bounded, because towers of powers are short to write.

namespace attest::checker {
namespace {

using Node = Expression::Node;

constexpr std::size_t most_bits = std::size_t{1} << 21;

[[noreturn]] void broken(const std::string& reason) { throw Defect("", reason); }

std::size_t bits_of(const Rational& x) {
    return std::max(mpz_sizeinbase(x.get_num_mpz_t(), 2), mpz_sizeinbase(x.get_den_mpz_t(), 2));
}

Rational floor_of(const Rational& x) {
    mpz_class result;
    mpz_fdiv_q(result.get_mpz_t(), x.get_num_mpz_t(), x.get_den_mpz_t());
    return result;
}

Rational quotient(const Rational& a, const Rational& b) {
    if (b == 0) broken("division by zero");
    return a / b;
}

Rational modulus(const Rational& a, const Rational& b) {
    if (b <= 0) broken("mod(x, y) with y <= 0");
    return a - b * floor_of(a / b);
}

Rational power_of(const Rational& base, const Rational& exponent) {
    if (exponent.get_den() != 1) broken("an exponent that is not an integer");
    if (base == 0 && exponent < 0) broken("division by zero");
    const mpz_class count = abs(exponent.get_num());
    const bool unit = abs(base.get_num()) <= 1 && base.get_den() == 1;
    if (unit) {
        if (base == 0) return count == 0 ? 1 : 0;
        return base > 0 || mpz_even_p(count.get_mpz_t()) ? 1 : -1;
    }
    const std::size_t bits = bits_of(base);
    if (count * bits > most_bits) broken("a power of more than 2^21 bits");
    mpz_class numerator;
    mpz_class denominator;
    mpz_pow_ui(numerator.get_mpz_t(), base.get_num_mpz_t(), count.get_ui());
    mpz_pow_ui(denominator.get_mpz_t(), base.get_den_mpz_t(), count.get_ui());
    Rational result = exponent < 0 ? Rational(denominator, numerator) : Rational(numerator, denominator);
    result.canonicalize();
    return result;
}

Rational apply(Operation operation, const Rational& a, const Rational& b) {
    switch (operation) {
        case Operation::negate: return -a;
        case Operation::add: return a + b;
        case Operation::subtract: return a - b;
        case Operation::multiply: return a * b;
        case Operation::divide: return quotient(a, b);
        case Operation::power: return power_of(a, b);
        case Operation::floor: return floor_of(a);
        case Operation::ceil: return -floor_of(-a);
        case Operation::abs: return abs(a);
        case Operation::min: return a < b ? a : b;
        case Operation::max: return a < b ? b : a;
        case Operation::mod: return modulus(a, b);
        case Operation::less: return a < b;
        case Operation::less_equal: return a <= b;
        case Operation::equal: return a == b;
        case Operation::not_equal: return a != b;
        case Operation::greater_equal: return a >= b;
        case Operation::greater: return a > b;
        default: broken("an unknown operation");
    }
}

/// `[j = 1]`, as biases have for all pairs of positions: a variable beside a constant is not copied to be compared.
std::optional<bool> variable_is(const Node& node, const Bindings& at) {
    if (node.operation != Operation::equal || node.left->operation != Operation::variable ||
        node.right->operation != Operation::constant)
        return std::nullopt;
    return mpq_cmp_si(node.right->constant.get_mpq_t(), at.*node.left->variable, 1) == 0;
}

/// What needs no arithmetic: a product of 0 with a constant, of 1, and a sum with 0.
std::optional<Rational> without_arithmetic(Operation operation, Rational& a, Rational& b) {
    if (operation == Operation::add && sgn(a) == 0) return std::move(b);
    if (operation == Operation::add && sgn(b) == 0) return std::move(a);
    if (operation == Operation::multiply && (sgn(a) == 0 || b == 1)) return std::move(a);
    if (operation == Operation::multiply && (sgn(b) == 0 || a == 1)) return std::move(b);
    return std::nullopt;
}

bool has_variable(const Node& node) {
    if (node.operation == Operation::variable) return true;
    return (node.left && has_variable(*node.left)) || (node.right && has_variable(*node.right));
}

bool has_variable(const Node& node, long Bindings::*variable) {
    if (node.operation == Operation::variable) return node.variable == variable;
    return (node.left && has_variable(*node.left, variable)) || (node.right && has_variable(*node.right, variable));
}

}  // namespace

/// Every intermediate value is bounded, or a short text could ask for gigabytes.
Rational evaluate(const Node& node, const Bindings& at, Budget& budget) {
    budget.step(64);
    if (node.operation == Operation::constant) return node.constant;
    if (node.operation == Operation::variable) return at.*node.variable;
    if (node.operation >= Operation::pi) broken("a transcendental number, which is not exact");
    if (const std::optional<bool> equal = variable_is(node, at)) return *equal ? 1 : 0;
    Rational a = evaluate(*node.left, at, budget);
    if (node.operation == Operation::multiply && sgn(a) == 0 && node.right->operation == Operation::constant) return a;
    Rational b = node.right ? evaluate(*node.right, at, budget) : Rational();
    if (auto known = without_arithmetic(node.operation, a, b)) return std::move(*known);
    budget.arithmetic(std::max(digits_of(a), digits_of(b)));
    Rational result = apply(node.operation, a, b);
    budget.arithmetic(digits_of(result));
    if (bits_of(result) > most_bits) broken("a number of more than 2^21 bits");
    return result;
}

Expression::Expression(const Rational& value) {
    Node node;
    node.constant = value;
    root_ = std::make_shared<Node>(std::move(node));
}

Expression::Expression(std::string_view text, const std::vector<std::string>& variables, Budget& budget) {
    const bool of_places = std::find(variables.begin(), variables.end(), "i") != variables.end();
    if (of_places) placed_ = PlacedSum::read(text, budget);
    if (!placed_) root_ = parse_expression(text, variables, budget);
}

Rational Expression::value(const Bindings& at, Budget& budget) const {
    budget.step(64);
    return placed_ ? at_place(at.i).rational() : evaluate(*root_, at, budget);
}

const KeptRational* Expression::placed(long i) const { return placed_ ? placed_->at(i) : nullptr; }

const KeptRational& Expression::at_place(long i) const {
    const KeptRational* value = placed(i);
    if (value == nullptr) broken("division by zero");
    return *value;
}

bool Expression::is_transcendental() const { return root_ && has_transcendental(*root_); }

bool Expression::is_constant() const { return root_ && !has_variable(*root_); }

std::optional<Rational> Expression::literal() const {
    if (!root_ || root_->operation != Operation::constant) return std::nullopt;
    return root_->constant;
}

bool Expression::uses(long Bindings::*variable) const {
    return root_ ? has_variable(*root_, variable) : variable == &Bindings::i;
}

const Expression::Node& Expression::root(Budget& budget) const { return root_ ? *root_ : placed_->tree(budget); }

}  // namespace attest::checker
