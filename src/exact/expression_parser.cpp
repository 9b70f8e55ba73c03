#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "attest/base/error.hpp"
#include "attest/exact/expression.hpp"
#include "base/text.hpp"
#include "learned_values.hpp"

// Recursive descent over the grammar of the model format:
//   sum      := product (('+' | '-') product)*
//   product  := signed (('*' | '/') signed)*
//   signed   := '-' signed | power            so -2^2 = -(2^2)
//   power    := atom ('^' signed)?            right-associative, 2^-1 allowed
//   atom     := number | variable | pi | f(sum, …) | '(' sum ')' | '[' sum relation sum ']'

namespace attest::exact {

namespace {

struct Function {
    std::string_view name;
    Operation operation;
    int arity;
    bool transcendental;
};

constexpr std::array functions = {
    Function{"floor", Operation::floor, 1, false}, Function{"ceil", Operation::ceil, 1, false},
    Function{"abs", Operation::abs, 1, false},     Function{"min", Operation::min, 2, false},
    Function{"max", Operation::max, 2, false},     Function{"mod", Operation::mod, 2, false},
    Function{"sqrt", Operation::sqrt, 1, true},    Function{"log", Operation::log, 1, true},
    Function{"exp", Operation::exp, 1, true},      Function{"sin", Operation::sin, 1, true},
    Function{"cos", Operation::cos, 1, true},
};

struct Variable {
    std::string_view name;
    Operation operation;
    char key;  // in the string of allowed variables
};

constexpr std::array variables = {
    Variable{"i", Operation::variable_i, 'i'},
    Variable{"j", Operation::variable_j, 'j'},
    Variable{"n", Operation::variable_n, 'n'},
    Variable{"dk", Operation::variable_dk, 'd'},
};

constexpr int deepest = 200;
constexpr std::size_t longest = 10000;

}  // namespace

class ExpressionParser {
  public:
    ExpressionParser(std::string_view text, std::string_view allowed, bool transcendental, const std::string& where)
        : text_(text), allowed_(allowed), transcendental_(transcendental), where_(where) {}

    Expression parse() {
        result_.steps_.clear();
        if (text_.size() > longest)
            fail(fmt::format("an expression of at most {} characters", longest), "a longer one");
        sum();
        peek();
        if (at_ < text_.size()) fail("an operator or the end", rest());
        result_.text_ = std::string(text_);
        result_.where_ = where_;
        if (auto learned = LearnedValues::of(result_.steps_))
            result_.learned_ = std::make_shared<const LearnedValues>(std::move(*learned));
        return std::move(result_);
    }

  private:
    using Index = std::uint32_t;

    [[noreturn]] void fail(const std::string& expected, const std::string& found) const {
        throw base::InputError(fmt::format("{}:{}", where_, std::min(at_, text_.size()) + 1), expected, found);
    }
    std::string rest() const {
        return at_ >= text_.size() ? "the end" : fmt::format("'{}'", base::printable(text_.substr(at_), 20));
    }
    char peek() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
        return at_ < text_.size() ? text_[at_] : '\0';
    }
    bool take(char c) {
        if (peek() != c) return false;
        ++at_;
        return true;
    }
    void need(char c) {
        if (!take(c)) fail(fmt::format("'{}'", c), rest());
    }
    Index push(Operation operation, Index left = 0, Index right = 0, const Rational& constant = 0) {
        result_.steps_.push_back({operation, constant, left, right});
        return static_cast<Index>(result_.steps_.size() - 1);
    }

    Index sum() {
        const Depth guard(*this);
        Index left = product();
        for (;;) {
            if (take('+')) left = push(Operation::add, left, product());
            else if (take('-')) left = push(Operation::subtract, left, product());
            else return left;
        }
    }
    Index product() {
        Index left = signed_power();
        for (;;) {
            if (take('*')) left = push(Operation::multiply, left, signed_power());
            else if (take('/')) left = push(Operation::divide, left, signed_power());
            else return left;
        }
    }
    Index signed_power() {
        const Depth guard(*this);
        if (take('-')) return push(Operation::negate, signed_power());
        const Index base = atom();
        return take('^') ? push(Operation::power, base, signed_power()) : base;
    }
    Index atom() {
        const char c = peek();
        if (take('(')) {
            const Index inner = sum();
            need(')');
            return inner;
        }
        if (take('[')) return relation();
        if (std::isdigit(static_cast<unsigned char>(c)) != 0) return number();
        if (std::isalpha(static_cast<unsigned char>(c)) != 0) return named();
        fail("a number, a variable, a function or '('", rest());
    }
    Index relation() {
        const Index left = sum();
        Operation operation{};
        // Nothing stands between the two characters of a relation.
        const auto then_equal = [&] { return at_ < text_.size() && text_[at_] == '=' && take('='); };
        if (take('<')) operation = then_equal() ? Operation::less_equal : Operation::less;
        else if (take('>')) operation = then_equal() ? Operation::greater_equal : Operation::greater;
        else if (take('!')) {
            if (!then_equal()) fail("'='", rest());
            operation = Operation::not_equal;
        } else if (take('=')) operation = Operation::equal;
        else fail("one of < <= = != >= >", rest());
        const Index right = sum();
        need(']');
        return push(operation, left, right);
    }
    Index number() {
        const std::size_t from = at_;
        const auto digits = [&] {
            while (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
        };
        digits();
        if (at_ < text_.size() && text_[at_] == '.') {
            ++at_;
            digits();
        }
        if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
            // An exponent only if digits follow, so that a slip such as `2exp(1)` is told as one.
            std::size_t next = at_ + 1;
            if (next < text_.size() && (text_[next] == '+' || text_[next] == '-')) ++next;
            if (next < text_.size() && std::isdigit(static_cast<unsigned char>(text_[next])) != 0) {
                at_ = next;
                digits();
            }
        }
        return push(Operation::constant, 0, 0,
                    parse_decimal(text_.substr(from, at_ - from), fmt::format("{}:{}", where_, from + 1)));
    }
    Index named() {
        const std::size_t from = at_;
        while (at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
        const std::string_view name = text_.substr(from, at_ - from);
        for (const Variable& v : variables)
            if (v.name == name && allowed_.find(v.key) != std::string_view::npos) return push(v.operation);
        for (const Function& f : functions)
            if (f.name == name) return call(f, from);
        if (name == "pi") {
            need_transcendental(name, from);
            return push(Operation::pi);
        }
        at_ = from;
        fail(fmt::format("one of the variables {} or a function", allowed_names()),
             fmt::format("'{}'", base::printable(name, 20)));
    }
    Index call(const Function& f, std::size_t from) {
        if (f.transcendental) need_transcendental(f.name, from);
        need('(');
        const Index first = sum();
        Index second = 0;
        if (f.arity == 2) {
            need(',');
            second = sum();
        }
        need(')');
        return push(f.operation, first, second);
    }
    void need_transcendental(std::string_view name, std::size_t from) {
        if (transcendental_) return;
        at_ = from;
        fail("exact operations only (pi, sqrt, log, exp, sin, cos are for softmax models)", fmt::format("'{}'", name));
    }
    std::string allowed_names() const {
        std::string names;
        for (const Variable& v : variables)
            if (allowed_.find(v.key) != std::string_view::npos)
                names += (names.empty() ? "" : ", ") + std::string(v.name);
        return names;
    }

    struct Depth {
        explicit Depth(ExpressionParser& p) : parser(p) {
            if (++parser.depth_ > deepest) parser.fail(fmt::format("nesting of at most {} levels", deepest), "more");
        }
        ~Depth() { --parser.depth_; }
        Depth(const Depth&) = delete;
        Depth& operator=(const Depth&) = delete;
        ExpressionParser& parser;
    };

    std::string_view text_;
    std::string_view allowed_;
    bool transcendental_;
    const std::string& where_;
    std::size_t at_ = 0;
    int depth_ = 0;
    Expression result_;
};

Expression Expression::parse(std::string_view text, std::string_view allowed, bool transcendental,
                             const std::string& where) {
    return ExpressionParser(text, allowed, transcendental, where).parse();
}

Expression read_expression(const base::JsonNode& node, std::string_view allowed, bool transcendental) {
    if (node.value().is_string()) return Expression::parse(node.as_string(), allowed, transcendental, node.where());
    if (!node.value().is_number()) node.fail("an expression (a string or a number)");
    return Expression(read_rational(node));
}

}  // namespace attest::exact
