#include <algorithm>
#include <array>

#include "checker/kernel/defect.hpp"
#include "checker/network/expression_node.hpp"

// The grammar of MODEL.md, section 3, by recursive descent. Depth and length are bounded, because evaluation recurses
// on the tree.

namespace attest::checker {
namespace {

using Node = Expression::Node;
using NodePtr = std::shared_ptr<const Node>;

NodePtr make(Operation operation, NodePtr left, NodePtr right = nullptr) {
    const bool transcendental =
        operation >= Operation::pi || (left && left->transcendental) || (right && right->transcendental);
    const auto node = std::make_shared<Node>();  // where it stays: a number that is moved leaves one behind
    node->operation = operation;
    node->transcendental = transcendental;
    node->left = std::move(left);
    node->right = std::move(right);
    return node;
}

/// Recursive descent over the grammar of the model format; `-2^2` is -(2^2) and `2^-1` is allowed.
class Parser {
  public:
    Parser(std::string_view text, const std::vector<std::string>& variables) : rest_(text), variables_(variables) {}

    NodePtr whole() {
        if (rest_.size() > longest_expression) fail("longer than 10000 characters");
        NodePtr node = sum();
        if (peek() != '\0' || !rest_.empty()) fail("unexpected '" + std::string(rest_.substr(0, 1)) + "'");
        return node;
    }

  private:
    [[noreturn]] static void fail(const std::string& reason) { throw Defect("", "expression: " + reason); }

    char peek() {
        while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t')) rest_.remove_prefix(1);
        return rest_.empty() ? '\0' : rest_.front();
    }

    bool take(std::string_view token) {
        peek();
        if (!rest_.starts_with(token)) return false;
        rest_.remove_prefix(token.size());
        return true;
    }

    void demand(std::string_view token) {
        if (!take(token)) fail("'" + std::string(token) + "' was expected");
    }

    NodePtr sum() {
        if (++depth_ > 200) fail("nested deeper than 200");
        NodePtr node = product();
        for (;;) {
            if (take("+")) {
                node = make(Operation::add, std::move(node), product());
            } else if (take("-")) {
                node = make(Operation::subtract, std::move(node), product());
            } else {
                --depth_;
                return node;
            }
        }
    }

    NodePtr product() {
        NodePtr node = unary();
        for (;;) {
            if (take("*")) {
                node = make(Operation::multiply, std::move(node), unary());
            } else if (take("/")) {
                node = make(Operation::divide, std::move(node), unary());
            } else {
                return node;
            }
        }
    }

    NodePtr unary() {
        if (++depth_ > 200) fail("nested deeper than 200");
        NodePtr node = take("-") ? make(Operation::negate, unary()) : power();
        --depth_;
        return node;
    }

    NodePtr power() {
        NodePtr base = primary();
        return take("^") ? make(Operation::power, std::move(base), unary()) : base;
    }

    NodePtr primary() {
        const char c = peek();
        if (c >= '0' && c <= '9') return number();
        if (take("(")) {
            NodePtr node = sum();
            demand(")");
            return node;
        }
        if (take("[")) return comparison();
        return named();
    }

    NodePtr number() {
        std::size_t length = 0;
        const auto digits = [&] {
            while (length < rest_.size() && rest_[length] >= '0' && rest_[length] <= '9') ++length;
        };
        digits();
        if (length < rest_.size() && rest_[length] == '.') ++length, digits();
        if (length < rest_.size() && (rest_[length] == 'e' || rest_[length] == 'E')) {
            ++length;
            if (length < rest_.size() && (rest_[length] == '+' || rest_[length] == '-')) ++length;
            digits();
        }
        const auto node = std::make_shared<Node>();
        node->constant = decimal(rest_.substr(0, length));
        rest_.remove_prefix(length);
        return node;
    }

    NodePtr comparison() {
        NodePtr left = sum();
        Operation operation{};
        if (take("<=")) operation = Operation::less_equal;
        else if (take("<")) operation = Operation::less;
        else if (take(">=")) operation = Operation::greater_equal;
        else if (take(">")) operation = Operation::greater;
        else if (take("!=")) operation = Operation::not_equal;
        else if (take("=")) operation = Operation::equal;
        else fail("a comparison was expected");
        NodePtr right = sum();
        demand("]");
        return make(operation, std::move(left), std::move(right));
    }

    NodePtr named() {
        std::size_t length = 0;
        while (length < rest_.size() && rest_[length] >= 'a' && rest_[length] <= 'z') ++length;
        const std::string name(rest_.substr(0, length));
        rest_.remove_prefix(length);
        if (name.empty())
            fail(rest_.empty() ? "unexpected end" : "unexpected '" + std::string(rest_.substr(0, 1)) + "'");
        if (NodePtr call = function(name)) return call;
        if (name == "pi") return make(Operation::pi, nullptr);
        if (std::find(variables_.begin(), variables_.end(), name) == variables_.end())
            fail("'" + name + "' is not allowed here");
        const auto node = std::make_shared<Node>();
        node->operation = Operation::variable;
        node->variable = name == "i"   ? &Bindings::i
                         : name == "j" ? &Bindings::j
                         : name == "n" ? &Bindings::n
                                       : &Bindings::dk;
        return node;
    }

    NodePtr function(const std::string& name) {
        struct Row {
            const char* name;
            Operation operation;
            bool binary;
        };
        static constexpr std::array<Row, 11> table = {{{"floor", Operation::floor, false},
                                                       {"ceil", Operation::ceil, false},
                                                       {"abs", Operation::abs, false},
                                                       {"min", Operation::min, true},
                                                       {"max", Operation::max, true},
                                                       {"mod", Operation::mod, true},
                                                       {"sqrt", Operation::sqrt, false},
                                                       {"log", Operation::log, false},
                                                       {"exp", Operation::exp, false},
                                                       {"sin", Operation::sin, false},
                                                       {"cos", Operation::cos, false}}};
        const auto row = std::find_if(table.begin(), table.end(), [&](const Row& r) { return name == r.name; });
        if (row == table.end()) return nullptr;
        demand("(");
        NodePtr left = sum();
        NodePtr right;
        if (row->binary) demand(","), right = sum();
        demand(")");
        return make(row->operation, std::move(left), std::move(right));
    }

    std::string_view rest_;
    const std::vector<std::string>& variables_;
    int depth_ = 0;
};

}  // namespace

NodePtr parse_expression(std::string_view text, const std::vector<std::string>& variables, Budget& budget) {
    // A node for each character at most, and a number of many digits takes as much.
    budget.memory(text.size(), 192);
    budget.step(text.size(), 64);
    return Parser(text, variables).whole();
}

}  // namespace attest::checker
