#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "program.hpp"
#include "programs/formula_text.hpp"

namespace attest::programs::foc {

namespace {

using FocKind = Node::Kind;

constexpr const char* foc_signs = "-><-<=>=!=";
constexpr std::array<std::string_view, 10> foc_words = {"exists", "forall", "exactly", "some",     "every",
                                                        "true",   "false",  "mod",     "alphabet", "output"};
constexpr std::uint32_t greatest_number = 1'000'000'000, greatest_modulus = 720;

bool is_foc_word(std::string_view text) {
    return std::find(foc_words.begin(), foc_words.end(), text) != foc_words.end();
}

/// Formulas with how deep each nests.
class FocNodes {
  public:
    FocNodes(Program& program, const LineReader& line, std::vector<std::uint32_t>& depths)
        : program_(program), line_(line), depths_(depths) {}

    std::uint32_t make(Node node) {
        std::uint32_t depth = 0;
        if (node.kind >= FocKind::negation) depth = depths_[node.left] + 1;
        if (node.kind == FocKind::conjunction || node.kind == FocKind::disjunction)
            depth = std::max(depth, depths_[node.right] + 1);
        if (depth > most_nested)
            line_.fail(fmt::format("a formula that nests at most {} deep", most_nested), "one that nests deeper");
        depths_.push_back(depth);
        program_.nodes.push_back(std::move(node));
        return static_cast<std::uint32_t>(program_.nodes.size() - 1);
    }
    std::uint32_t constant(bool value) { return make({.kind = FocKind::constant, .left = value ? 1U : 0U}); }
    std::uint32_t no(std::uint32_t f) { return make({.kind = FocKind::negation, .left = f}); }
    std::uint32_t both(std::uint32_t f, std::uint32_t g) {
        return make({.kind = FocKind::conjunction, .left = f, .right = g});
    }
    std::uint32_t either(std::uint32_t f, std::uint32_t g) {
        return make({.kind = FocKind::disjunction, .left = f, .right = g});
    }
    std::uint32_t atom(FocKind kind, Linear form) { return make({.kind = kind, .form = std::move(form)}); }
    std::uint32_t exists(std::uint32_t count, std::uint32_t f) {
        return make({.kind = FocKind::exists, .left = f, .count = count});
    }

    /// Exactly as many positions as the form says: a variable of its own stands for it, unless it is one.
    std::uint32_t exactly(const Linear& number, std::uint32_t position, std::uint32_t f) {
        const bool plain = number.constant == 0 && number.terms.size() == 1 && number.terms.begin()->second == 1;
        const std::uint32_t count = plain ? number.terms.begin()->first : program_.counts++;
        const std::uint32_t quantifier =
            make({.kind = FocKind::exactly, .left = f, .position = position, .count = count});
        if (plain) return quantifier;
        const std::uint32_t equal = atom(FocKind::zero, plus(number, times(-1, variable(count))));
        return exists(count, both(equal, quantifier));
    }
    std::uint32_t some(std::uint32_t position, std::uint32_t f) {
        const std::uint32_t count = program_.counts++;
        const std::uint32_t quantifier =
            make({.kind = FocKind::exactly, .left = f, .position = position, .count = count});
        return exists(count, both(atom(FocKind::least, {{{count, 1}}, -1}), quantifier));
    }

    std::uint32_t compare(std::string_view relation, const Linear& a, const Linear& b) {
        const Linear more = plus(a, times(-1, b)), less = times(-1, more);
        const auto above = [&](const Linear& form, std::int64_t by) {
            return atom(FocKind::least, plus(form, {{}, -by}));
        };
        if (relation == "=") return atom(FocKind::zero, more);
        if (relation == "!=") return no(atom(FocKind::zero, more));
        if (relation == "<") return above(less, 1);
        if (relation == "<=") return above(less, 0);
        return above(more, relation == ">" ? 1 : 0);
    }

  private:
    Program& program_;
    const LineReader& line_;
    std::vector<std::uint32_t>& depths_;
};

/// One formula, by operators that wait for their operands: what nests costs memory and no stack.
class FocFormula {
  public:
    FocFormula(LineReader& line, Program& program, std::vector<std::uint32_t>& depths, const FormulaScope& scope)
        : line_(line), program_(program), nodes_(program, line, depths), scope_(scope) {}

    std::uint32_t read() {
        do operand();
        while (read_operator());
        while (!waiting_.empty()) {
            if (waiting_.back().level == Level::parenthesis) line_.fail("')'");
            reduce();
        }
        return results_.back();
    }

  private:
    /// Loose to tight. Implications group to the right, the others to the left.
    enum class Level : std::uint8_t { parenthesis, equivalence, implication, disjunction, conjunction, unary };
    struct Waiting {
        Level level;
        std::string_view op;
        std::string_view name = {};  ///< of the variable that it binds
        bool binds_position = false;
        std::uint32_t bound = 0;
        Linear number = {};  ///< of exactly
    };

    void operand() {
        for (;;) {
            const Token token = line_.token();
            if (token.kind == Token::Kind::quoted || token.kind == Token::Kind::end || is_symbol_atom()) break;
            if (line_.take_if("(")) waiting_.push_back({Level::parenthesis, "("});
            else if (line_.take_if("!")) waiting_.push_back({Level::unary, "!"});
            else if (token.is("exists") || token.is("forall")) quantify_counts();
            else if (token.is("exactly") || token.is("some") || token.is("every")) quantify_positions();
            else break;
        }
        atom();
    }

    /// A symbol and an opening parenthesis behind it.
    bool is_symbol_atom() const {
        LineReader ahead = line_;
        const Token token = ahead.take();
        const bool is_text = token.kind == Token::Kind::name || token.kind == Token::Kind::number;
        return is_text && !is_foc_word(token.text) && ahead.token().is("(");
    }

    void quantify_counts() {
        const Token op = line_.take();
        const std::string_view name = new_name();
        waiting_.push_back({Level::unary, op.text, name, false, program_.counts++});
    }

    void quantify_positions() {
        const Token op = line_.take();
        Waiting quantifier{Level::unary, op.text};
        if (op.is("exactly")) quantifier.number = term();
        quantifier.name = new_name();
        quantifier.binds_position = true;
        quantifier.bound = program_.positions++;
        waiting_.push_back(std::move(quantifier));
    }

    std::string_view new_name() {
        const Token token = line_.token();
        if (token.kind != Token::Kind::name || is_foc_word(token.text)) line_.fail("the name of a variable");
        if (scope_.definitions.contains(std::string(token.text)))
            line_.fail("the name of a variable", base::quoted(token.text, 40) + ", which is defined above");
        line_.take();
        return token.text;
    }

    /// The innermost quantifier with this variable.
    const Waiting* binder(std::string_view name) const {
        for (auto w = waiting_.rbegin(); w != waiting_.rend(); ++w)
            if (!w->name.empty() && w->name == name) return &*w;
        return nullptr;
    }

    void atom() {
        const Token token = line_.token();
        if (token.is("\"") || is_symbol_atom()) return symbol(token);
        if (token.is("true") || token.is("false")) {
            line_.take();
            return push(nodes_.constant(token.is("true")));
        }
        if (token.kind == Token::Kind::name) {
            const Waiting* bound = binder(token.text);
            if (bound != nullptr && bound->binds_position) return residue(*bound);
            if (bound == nullptr) return definition(token);
        }
        if (token.kind != Token::Kind::name && token.kind != Token::Kind::number && !token.is("-")) refuse();
        comparison();
    }

    [[noreturn]] void refuse() const {
        line_.fail(
            "a symbol of a position such as a(p), a count, true, false, a name that is defined above, a "
            "quantifier, '!' or '('");
    }

    void definition(const Token& token) {
        const auto known = scope_.definitions.find(std::string(token.text));
        if (known == scope_.definitions.end()) refuse();
        line_.take();
        push(known->second);
    }

    void symbol(const Token& token) {
        std::string text(token.text);
        if (token.is("\"")) text = line_.symbol();
        else line_.take();
        const auto known = scope_.symbols.find(text);
        if (known == scope_.symbols.end()) line_.fail_at(token, "a symbol of the alphabet", base::quoted(text, 40));
        line_.expect("(");
        const Waiting* bound = line_.token().kind == Token::Kind::name ? binder(line_.token().text) : nullptr;
        if (bound == nullptr || !bound->binds_position) line_.fail("a position that a quantifier binds");
        line_.take();
        line_.expect(")");
        push(nodes_.make({.kind = FocKind::symbol, .left = known->second, .position = bound->bound}));
    }

    /// p mod M = R
    void residue(const Waiting& bound) {
        line_.take();
        line_.expect("mod");
        const std::uint32_t modulus = line_.number(1, greatest_modulus);
        line_.expect("=");
        const std::uint32_t rest = line_.number(0, modulus - 1);
        push(nodes_.make({.kind = FocKind::residue, .position = bound.bound, .modulus = modulus, .rest = rest}));
    }

    void comparison() {
        const Linear left = term();
        if (line_.take_if("mod")) {
            const std::uint32_t modulus = line_.number(1, greatest_modulus);
            line_.expect("=");
            const std::int64_t rest = line_.number(0, modulus - 1);
            return push(nodes_.make({.kind = FocKind::multiple, .modulus = modulus, .form = plus(left, {{}, -rest})}));
        }
        for (const char* relation : {"=", "!=", "<=", ">=", "<", ">"})
            if (line_.take_if(relation)) return push(nodes_.compare(relation, left, term()));
        line_.fail("=, !=, <, <=, >, >= or mod");
    }

    Linear term() {
        Linear all;
        std::int64_t sign = line_.take_if("-") ? -1 : 1;
        for (;;) {
            all = plus(all, times(sign, factor()));
            if (line_.take_if("+")) sign = 1;
            else if (line_.take_if("-")) sign = -1;
            else return all;
        }
    }

    Linear factor() {
        if (line_.token().kind != Token::Kind::number) return count();
        const std::int64_t value = line_.number(0, greatest_number);
        return line_.take_if("*") ? times(value, count()) : Linear{{}, value};
    }

    Linear count() {
        const Waiting* bound = line_.token().kind == Token::Kind::name ? binder(line_.token().text) : nullptr;
        if (bound == nullptr || bound->binds_position) line_.fail("a count that a quantifier binds, or a number");
        line_.take();
        return variable(bound->bound);
    }

    /// A formula is complete: what binds it tightest takes it.
    void push(std::uint32_t node) {
        results_.push_back(node);
        while (!waiting_.empty() && waiting_.back().level == Level::unary) reduce();
    }

    /// Whether another operand follows.
    bool read_operator() {
        while (line_.token().is(")")) {
            while (!waiting_.empty() && waiting_.back().level != Level::parenthesis) reduce();
            if (waiting_.empty()) return false;
            line_.take();
            waiting_.pop_back();
            const std::uint32_t inside = results_.back();
            results_.pop_back();
            push(inside);
        }
        struct Binary {
            const char* sign;
            Level level;
        };
        for (const Binary& op :
             {Binary{"&", Level::conjunction}, Binary{"|", Level::disjunction}, Binary{"->", Level::implication}}) {
            if (line_.take_if(op.sign)) return wait(op.level, op.sign);
        }
        if (!line_.token().is("<-")) return false;
        line_.take();
        line_.expect(">");
        return wait(Level::equivalence, "<->");
    }

    bool wait(Level level, std::string_view op) {
        while (!waiting_.empty() &&
               (waiting_.back().level > level || (waiting_.back().level == level && level != Level::implication)))
            reduce();
        waiting_.push_back({level, op});
        return true;
    }

    void reduce() {
        const Waiting op = waiting_.back();
        waiting_.pop_back();
        const std::uint32_t last = results_.back();
        results_.pop_back();
        if (op.level == Level::unary) {
            results_.push_back(unary(op, last));
            return;
        }
        const std::uint32_t first = results_.back();
        results_.back() = binary(op.op, first, last);
    }

    std::uint32_t unary(const Waiting& op, std::uint32_t f) {
        if (op.op == "!") return nodes_.no(f);
        if (op.op == "exists") return nodes_.exists(op.bound, f);
        if (op.op == "forall") return nodes_.no(nodes_.exists(op.bound, nodes_.no(f)));
        if (op.op == "exactly") return nodes_.exactly(op.number, op.bound, f);
        if (op.op == "some") return nodes_.some(op.bound, f);
        return nodes_.no(nodes_.some(op.bound, nodes_.no(f)));  // every
    }

    std::uint32_t binary(std::string_view op, std::uint32_t f, std::uint32_t g) {
        if (op == "&") return nodes_.both(f, g);
        if (op == "|") return nodes_.either(f, g);
        if (op == "->") return nodes_.either(nodes_.no(f), g);
        return nodes_.either(nodes_.both(f, g), nodes_.both(nodes_.no(f), nodes_.no(g)));
    }

    LineReader& line_;
    Program& program_;
    FocNodes nodes_;
    const FormulaScope& scope_;
    std::vector<Waiting> waiting_;
    std::vector<std::uint32_t> results_;
};

}  // namespace

Program parse(std::string_view text, const std::string& file) {
    Program program;
    std::vector<std::uint32_t> depths;  // by node
    FormulaText read = read_formula_text(
        text, file,
        {.signs = foc_signs, .is_word = is_foc_word, .formula = [&](LineReader& line, const FormulaScope& scope) {
             return FocFormula(line, program, depths, scope).read();
         }});
    program.alphabet = std::move(read.alphabet);
    for (auto& [name, node] : read.definitions) program.definitions.push_back({std::move(name), node});
    program.output = read.output;
    return program;
}

std::vector<bool> used(const Program& program) {
    std::vector<bool> needed(program.nodes.size(), false);
    needed[program.output] = true;
    for (std::size_t k = program.nodes.size(); k-- > 0;) {
        const Node& node = program.nodes[k];
        if (!needed[k] || node.kind < FocKind::negation) continue;
        needed[node.left] = true;
        if (node.kind == FocKind::conjunction || node.kind == FocKind::disjunction) needed[node.right] = true;
    }
    return needed;
}

std::vector<std::string> unused(const Program& program) {
    const std::vector<bool> needed = used(program);
    std::vector<std::string> names;
    for (const Program::Definition& definition : program.definitions)
        if (!needed[definition.node]) names.push_back(definition.name);
    return names;
}

std::uint32_t modulus_of(const Program& program) {
    const std::vector<bool> needed = used(program);
    std::uint32_t modulus = 1;
    for (std::size_t k = 0; k < program.nodes.size(); ++k) {
        if (!needed[k] || program.nodes[k].kind != FocKind::residue) continue;
        modulus = std::lcm(modulus, program.nodes[k].modulus);
        if (modulus > greatest_modulus)
            throw base::Unsupported(
                fmt::format("the moduli of positions have a common multiple above {}", greatest_modulus));
    }
    return modulus;
}

}  // namespace attest::programs::foc
