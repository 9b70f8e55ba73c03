#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "program.hpp"
#include "programs/symbol_text.hpp"

namespace attest::programs::brasp {

namespace {

/// How tight what stands outermost binds.
enum Strength : int { disjunction, conjunction, tight };

struct Written {
    std::string text;
    Strength strength = tight;
};

/// Parts before what they are part of, so that nothing nests too deep.
class ExpressionWriter {
  public:
    ExpressionWriter(const Program& program, bool at) : program_(program), at_(at) {}

    std::string write(const Expression& expression) {
        std::vector<Written> parts;
        for (std::uint32_t n = expression.first; n <= expression.last; ++n) {
            const Node& node = program_.nodes[n];
            const auto take = [&](std::uint32_t operand, Strength within) {
                Written& part = parts[operand - expression.first];
                return part.strength < within ? "(" + part.text + ")" : std::move(part.text);
            };
            switch (node.kind) {
                case Node::Kind::constant: parts.push_back({node.flag ? "true" : "false"}); break;
                case Node::Kind::name:
                    parts.push_back({program_.definitions[node.left].name + (!at_ ? "" : node.flag ? "@j" : "@i")});
                    break;
                case Node::Kind::negation: parts.push_back({"!" + take(node.left, tight)}); break;
                case Node::Kind::conjunction:
                    parts.push_back({take(node.left, conjunction) + " & " + take(node.right, tight), conjunction});
                    break;
                case Node::Kind::disjunction:
                    parts.push_back(
                        {take(node.left, disjunction) + " | " + take(node.right, conjunction), disjunction});
                    break;
            }
        }
        return std::move(parts.back().text);
    }

  private:
    const Program& program_;
    bool at_;
};

std::string body(const Program& program, const Definition& d) {
    switch (d.kind) {
        case Definition::Kind::bos: return "bos";
        case Definition::Kind::symbol: return "symbol " + symbol_text(program.alphabet[d.symbol], "#");
        case Definition::Kind::expression: return ExpressionWriter(program, false).write(d.value);
        case Definition::Kind::rightmost:
        case Definition::Kind::leftmost: break;
    }
    ExpressionWriter writer(program, true);
    return fmt::format("{}({}, {})", d.kind == Definition::Kind::rightmost ? "rightmost" : "leftmost",
                       writer.write(d.score), writer.write(d.value));
}

}  // namespace

std::string write(const Program& program) {
    std::string text = "alphabet";
    for (const std::string& symbol : program.alphabet) text += " " + symbol_text(symbol, "#");
    text += "\n";
    for (const Definition& definition : program.definitions)
        text += definition.name + " = " + body(program, definition) + "\n";
    return text + "output " + program.definitions[program.output].name + "\n";
}

}  // namespace attest::programs::brasp
