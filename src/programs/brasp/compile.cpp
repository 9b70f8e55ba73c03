#include <algorithm>
#include <optional>

#include "attest/base/error.hpp"
#include "programs/begin_symbol.hpp"
#include "score.hpp"

// B-RASP as unique hard attention, exactly [yang2024masked]. Booleans are coordinates that hold 0 or 1, conjunctions are
// rectified sums, negations are 1 - x. An attention scores keys by
//
//     S(i, j) = Σ_q asks_q(i) · key_q(j),
//
// where at most one question q is asked at i: the score is 0 or 1 and the greatest is S's own. The head brings key_q(j) of the
// position that it finds, and the definition is true iff the question that was asked is answered so: a position where S fails
// everywhere, or that sees none, gets false.

namespace attest::programs::brasp {

namespace {

using Literal = Formula::Literal;
using residual::all_of;
using residual::any_of;

class Compiler {
  public:
    explicit Compiler(const Program& program) : program_(program), bits_(program.definitions.size()) {}

    network::Transformer compile(const residual::Options& options) {
        const std::vector<bool> needed = used(program_);
        for (std::size_t d = 0; d < bits_.size(); ++d)
            if (needed[d]) bits_[d] = define(program_.definitions[d]);
        const residual::Layout layout{network::AttentionKind::hard, program_.alphabet, begin_symbol(program_.alphabet),
                                      options};
        return residual::assemble(builder_, bits_[program_.output].form(), layout);
    }

  private:
    Bit define(const Definition& definition) {
        switch (definition.kind) {
            case Definition::Kind::bos: return Bit::of(builder_.begin());
            case Definition::Kind::symbol: return Bit::of(builder_.symbol(definition.symbol));
            case Definition::Kind::expression: {
                Formula formula;
                return formula.make(builder_, expression(definition, formula, nullptr).literal);
            }
            default: return attend(definition);
        }
    }

    /// V or an expression: over the query position, unless all of it speaks of the key.
    struct Part {
        bool of_key = false;
        Literal literal = Formula::no;
    };

    /// `pattern`: how keys are looked at; what V says of the key beside the query is brought by it
    Part expression(const Definition& definition, Formula& formula, const residual::Pattern* pattern) {
        std::vector<Part> parts;
        const auto brought = [&](const Part& part) {
            if (!part.of_key || part.literal < 2) return part.literal;
            return formula.leaf(Side::query, bring(*pattern, formula.make(builder_, part.literal)));
        };
        const auto both = [&](Part a, Part b) {
            if (a.literal < 2) a.of_key = b.of_key;
            if (b.literal < 2) b.of_key = a.of_key;
            if (a.of_key == b.of_key) return Part{a.of_key, formula.both(a.literal, b.literal)};
            return Part{false, formula.both(brought(a), brought(b))};
        };
        const auto negated = [](Part part) { return Part{part.of_key, part.literal ^ 1U}; };
        for (std::uint32_t at = definition.value.first; at <= definition.value.last; ++at) {
            const Node& node = program_.nodes[at];
            const auto operand = [&](std::uint32_t index) { return parts[index - definition.value.first]; };
            switch (node.kind) {
                case Node::Kind::constant: parts.push_back({false, node.flag ? Formula::yes : Formula::no}); break;
                case Node::Kind::name:
                    parts.push_back({node.flag, formula.leaf(node.flag ? Side::key : Side::query, bits_[node.left])});
                    break;
                case Node::Kind::negation: parts.push_back(negated(operand(node.left))); break;
                case Node::Kind::conjunction: parts.push_back(both(operand(node.left), operand(node.right))); break;
                case Node::Kind::disjunction:
                    parts.push_back(negated(both(negated(operand(node.left)), negated(operand(node.right)))));
                    break;
            }
        }
        return parts.back();
    }

    Bit bring(const residual::Pattern& pattern, Bit bit) {
        if (bit == Bit(false)) return false;
        return Bit::of(builder_.look(pattern, bit.form()));
    }

    /// How often V joins what it says of i with what it says of j.
    std::size_t joins(const Definition& definition) const {
        enum class Of : std::uint8_t { neither, query, key };
        std::vector<Of> parts;
        std::size_t count = 0;
        for (std::uint32_t at = definition.value.first; at <= definition.value.last; ++at) {
            const Node& node = program_.nodes[at];
            const auto operand = [&](std::uint32_t index) { return parts[index - definition.value.first]; };
            switch (node.kind) {
                case Node::Kind::constant: parts.push_back(Of::neither); break;
                case Node::Kind::name: parts.push_back(node.flag ? Of::key : Of::query); break;
                case Node::Kind::negation: parts.push_back(operand(node.left)); break;
                case Node::Kind::conjunction:
                case Node::Kind::disjunction: {
                    const Of left = operand(node.left), right = operand(node.right);
                    const bool differ = left != right && left != Of::neither && right != Of::neither;
                    count += differ ? 1 : 0;
                    parts.push_back(differ ? Of::query : std::max(left, right));
                    break;
                }
            }
        }
        return count;
    }

    /// A V that joins the two often as the questions that it asks, where these are fewer: each join would be a value of its
    /// own.
    std::optional<Bit> join(const Definition& definition, const residual::Pattern& pattern) {
        constexpr std::size_t few = 16;
        const std::size_t count = joins(definition);
        if (count <= few) return std::nullopt;
        Formula formula;
        std::vector<Question> asked;
        try {
            asked = questions({program_, bits_, builder_}, definition, definition.value, formula);
        } catch (const base::Unsupported&) {
            return std::nullopt;  // too many; as it is written, then
        }
        if (asked.size() >= count) return std::nullopt;
        std::vector<Bit> any;
        for (const Question& question : asked)
            any.push_back(all_of(builder_, {question.asks, bring(pattern, formula.make(builder_, question.key))}));
        return any_of(builder_, std::move(any));
    }

    Bit attend(const Definition& definition) {
        Formula formula;
        const std::vector<Question> asked =
            questions({program_, bits_, builder_}, definition, definition.score, formula);
        if (asked.empty()) return false;
        residual::Pattern pattern{network::Mask::strict, definition.kind == Definition::Kind::rightmost
                                                             ? network::Tie::right
                                                             : network::Tie::left};
        // One question that every key answers alike leaves the choice to the tie.
        if (asked.size() > 1 || asked[0].key != Formula::yes)
            for (const Question& question : asked) {
                pattern.query.push_back(question.asks.form());
                pattern.key.push_back(formula.make(builder_, question.key).form());
            }
        const std::optional<Bit> joined = join(definition, pattern);
        const Part value =
            joined ? Part{false, formula.leaf(Side::query, *joined)} : expression(definition, formula, &pattern);
        const bool at_key = value.of_key || value.literal < 2;
        std::vector<Bit> any;
        for (const Question& question : asked) {
            const Literal answer = at_key ? formula.both(question.key, value.literal) : question.key;
            any.push_back(all_of(builder_, {question.asks, bring(pattern, formula.make(builder_, answer))}));
        }
        const Bit found = any_of(builder_, std::move(any));
        return at_key ? found : all_of(builder_, {found, formula.make(builder_, value.literal)});
    }

    const Program& program_;
    residual::Builder builder_;
    std::vector<Bit> bits_;
};

}  // namespace

std::vector<bool> used(const Program& program) {
    std::vector<bool> used(program.definitions.size(), false);
    used[program.output] = true;
    for (std::size_t d = used.size(); d-- > 0;) {
        const Definition& definition = program.definitions[d];
        if (!used[d] || definition.kind == Definition::Kind::bos || definition.kind == Definition::Kind::symbol)
            continue;
        const auto mark = [&](const Expression& expression) {
            for (std::uint32_t at = expression.first; at <= expression.last; ++at)
                if (program.nodes[at].kind == Node::Kind::name) used[program.nodes[at].left] = true;
        };
        mark(definition.value);
        if (definition.attends()) mark(definition.score);
    }
    return used;
}

std::vector<std::string> unused(const Program& program) {
    const std::vector<bool> needed = used(program);
    std::vector<std::string> names;
    for (std::size_t d = 0; d < needed.size(); ++d)
        if (!needed[d]) names.push_back(program.definitions[d].name);
    return names;
}

network::Transformer compile(const Program& program, const residual::Options& options) {
    return Compiler(program).compile(options);
}

}  // namespace attest::programs::brasp
