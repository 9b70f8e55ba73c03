#include <fmt/format.h>

#include "program.hpp"
#include "programs/symbol_text.hpp"

namespace attest::programs::crasp {

namespace {

/// How tight what stands outermost binds, of Booleans and of counts.
enum Strength : int { loosest, conjunction, negation, sum = loosest, term = conjunction, tight = negation + 1 };

struct Written {
    std::string text;
    int strength = tight;
};

class DefinitionWriter {
  public:
    explicit DefinitionWriter(const Program& program) : program_(program) {}

    std::string write(const Definition& definition) {
        first_ = definition.first;
        parts_.clear();
        for (std::uint32_t n = definition.first; n <= definition.last; ++n) parts_.push_back(part(program_.nodes[n]));
        return std::move(parts_.back().text);
    }

  private:
    std::string take(std::uint32_t operand, int within) {
        Written& part = parts_[operand - first_];
        return part.strength < within ? "(" + part.text + ")" : std::move(part.text);
    }
    std::string whole(std::uint32_t operand) { return take(operand, loosest); }

    Written binary(const Node& node, const char* sign, int strength) {
        std::string text = take(node.left, strength) + sign;
        return {text + take(node.right, strength + 1), strength};
    }
    /// Counts on both sides need no brackets.
    Written relation(const Node& node, const char* sign) {
        std::string text = whole(node.left) + sign;
        return {text + whole(node.right), negation};
    }
    Written pair(const Node& node, const char* name) {
        std::string text = name + whole(node.left) + ", ";
        return {text + whole(node.right) + ")"};
    }

    Written part(const Node& node) {
        using Kind = Node::Kind;
        switch (node.kind) {
            case Kind::constant: return {node.number == 1 ? "true" : "false"};
            case Kind::symbol:
                return {"Q(" + symbol_text(program_.alphabet[static_cast<std::size_t>(node.number)], "//") + ")"};
            case Kind::negation: return {"!" + take(node.left, tight), negation};
            case Kind::conjunction: return binary(node, " & ", conjunction);
            case Kind::disjunction: return binary(node, " | ", loosest);
            case Kind::less: return relation(node, " < ");
            case Kind::less_equal: return relation(node, " <= ");
            case Kind::equal: return relation(node, " = ");
            case Kind::integer: return {std::to_string(node.number)};
            case Kind::sum: return binary(node, " + ", sum);
            case Kind::difference: return binary(node, " - ", sum);
            case Kind::multiple: return {fmt::format("{} * {}", node.number, take(node.left, tight)), term};
            case Kind::before: return {"#[" + whole(node.left) + "]"};
            case Kind::after: return {"#>[" + whole(node.left) + "]"};
            case Kind::minimum: return pair(node, "min(");
            case Kind::maximum: return pair(node, "max(");
            case Kind::choice: {
                std::string text = "(" + whole(node.condition) + " ? " + whole(node.left) + " : ";
                return {text + whole(node.right) + ")"};
            }
            case Kind::name: break;
        }
        return {program_.definitions[static_cast<std::size_t>(node.number)].name};
    }

    const Program& program_;
    std::uint32_t first_ = 0;
    std::vector<Written> parts_;
};

}  // namespace

std::string write(const Program& program) {
    std::string text = "alphabet";
    for (const std::string& symbol : program.alphabet) text += " " + symbol_text(symbol, "//");
    text += "\n";
    DefinitionWriter writer(program);
    for (const Definition& definition : program.definitions)
        text += definition.name + " = " + writer.write(definition) + "\n";
    return text + "output " + program.definitions[program.output].name + "\n";
}

}  // namespace attest::programs::crasp
