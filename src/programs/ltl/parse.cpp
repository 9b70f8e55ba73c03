#include <algorithm>
#include <array>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "program.hpp"
#include "programs/formula_text.hpp"

namespace attest::programs::ltl {

namespace {

using Kind = Node::Kind;

constexpr const char* signs = "-><-";

/// Names of operators and words of the syntax, which are no names of definitions, and no symbols without quotation marks.
constexpr std::array<std::string_view, 14> operators = {"Y", "Z", "P", "O", "H",  "X", "N",
                                                        "F", "E", "G", "S", "Si", "U", "Ui"};
constexpr std::array<std::string_view, 6> words = {"true", "false", "empty", "mod", "alphabet", "output"};

template <typename List>
bool is_one_of(std::string_view text, const List& list) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

/// Formulas, and what is written with others.
class Formulas {
  public:
    explicit Formulas(std::vector<Node>& nodes) : nodes_(nodes) {}

    std::uint32_t make(Kind kind, std::uint32_t left = 0, std::uint32_t right = 0) {
        nodes_.push_back({kind, left, right});
        return static_cast<std::uint32_t>(nodes_.size() - 1);
    }
    std::uint32_t constant(bool value) { return make(Kind::constant, value ? 1 : 0); }
    std::uint32_t no(std::uint32_t f) { return make(Kind::negation, f); }
    std::uint32_t both(std::uint32_t f, std::uint32_t g) { return make(Kind::conjunction, f, g); }
    std::uint32_t either(std::uint32_t f, std::uint32_t g) { return make(Kind::disjunction, f, g); }

    /// `kind`: since or until
    std::uint32_t next(Kind kind, std::uint32_t f) { return make(kind, constant(false), f); }
    std::uint32_t some(Kind kind, std::uint32_t f) { return make(kind, constant(true), f); }

    std::uint32_t unary(std::string_view op, std::uint32_t f) {
        const Kind kind =
            is_one_of(op, std::array<std::string_view, 5>{"Y", "Z", "P", "O", "H"}) ? Kind::since : Kind::until;
        if (op == "!") return no(f);
        if (op == "Y" || op == "X") return next(kind, f);
        if (op == "Z" || op == "N") return no(next(kind, no(f)));
        if (op == "P" || op == "F") return some(kind, f);
        if (op == "O" || op == "E") return either(f, some(kind, f));
        return both(f, no(some(kind, no(f))));  // H, G
    }
    std::uint32_t binary(std::string_view op, std::uint32_t f, std::uint32_t g) {
        if (op == "&") return both(f, g);
        if (op == "|") return either(f, g);
        if (op == "->") return either(no(f), g);
        if (op == "<->") return either(both(f, g), both(no(f), no(g)));
        const Kind kind = op[0] == 'S' ? Kind::since : Kind::until;
        const std::uint32_t strict = make(kind, f, g);
        return op.size() == 1 ? strict : either(g, both(f, strict));  // Si, Ui: here g, or here f too
    }

  private:
    std::vector<Node>& nodes_;
};

/// One formula, by operators that wait for their operands: what nests costs memory and no stack.
class FormulaReader {
  public:
    FormulaReader(LineReader& line, std::vector<Node>& nodes, const FormulaScope& scope)
        : line_(line), formulas_(nodes), scope_(scope) {}

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
    /// Loose to tight. Implications and temporal operators group to the right, the others to the left.
    enum class Level : std::uint8_t {
        parenthesis,
        equivalence,
        implication,
        disjunction,
        conjunction,
        temporal,
        unary
    };
    struct Waiting {
        Level level;
        std::string_view op;
    };

    void operand() {
        for (;;) {
            const Token token = line_.token();
            if (line_.take_if("(")) {
                waiting_.push_back({Level::parenthesis, "("});
                continue;
            }
            const bool is_unary = is_one_of(
                token.text, std::array<std::string_view, 11>{"!", "Y", "Z", "P", "O", "H", "X", "N", "F", "E", "G"});
            if (!is_unary || token.kind == Token::Kind::end) break;
            line_.take();
            waiting_.push_back({Level::unary, token.text});
        }
        atom();
    }

    [[noreturn]] void refuse() const {
        line_.fail("a symbol, a name that is defined above, true, false, empty, mod, an operator or '('");
    }

    void atom() {
        const Token token = line_.token();
        if (token.is("\"")) return push(symbol(line_.symbol(), token));
        if (token.kind != Token::Kind::name && token.kind != Token::Kind::number) refuse();
        const std::string text(token.text);
        if (is_one_of(token.text, operators)) refuse();
        if (text == "true" || text == "false") {
            line_.take();
            return push(formulas_.constant(text == "true"));
        }
        if (text == "empty") {
            line_.take();
            return push(formulas_.make(Kind::empty));
        }
        if (text == "mod") return remainder();
        if (const auto known = scope_.definitions.find(text); known != scope_.definitions.end()) {
            line_.take();
            return push(known->second);
        }
        if (!scope_.symbols.contains(text)) refuse();
        line_.take();
        push(symbol(text, token));
    }

    std::uint32_t symbol(const std::string& text, const Token& place) {
        const auto known = scope_.symbols.find(text);
        if (known == scope_.symbols.end()) line_.fail_at(place, "a symbol of the alphabet", base::quoted(text, 40));
        return formulas_.make(Kind::symbol, known->second);
    }

    /// mod(M, R)
    void remainder() {
        line_.take();
        line_.expect("(");
        const std::uint32_t modulus = line_.number(1, 720);
        line_.expect(",");
        const std::uint32_t rest = line_.number(0, modulus - 1);
        line_.expect(")");
        push(formulas_.make(Kind::remainder, modulus, rest));
    }

    void push(std::uint32_t formula) { results_.push_back(formula); }

    /// Whether another operand must follow.
    bool read_operator() {
        while (line_.token().is(")") && has_parenthesis()) {
            while (waiting_.back().level != Level::parenthesis) reduce();
            waiting_.pop_back();
            line_.take();
        }
        const Token token = line_.token();
        if (token.is("&")) return wait(Level::conjunction, "&");
        if (token.is("|")) return wait(Level::disjunction, "|");
        if (token.is("->")) return wait(Level::implication, "->");
        if (token.is("<-")) {
            wait(Level::equivalence, "<->");
            line_.expect(">");
            return true;
        }
        for (const std::string_view op : {"S", "Si", "U", "Ui"})
            if (token.is(op)) return wait(Level::temporal, op);
        return false;
    }

    bool wait(Level level, std::string_view op) {
        line_.take();
        const bool to_the_right = level == Level::implication || level == Level::temporal;
        while (!waiting_.empty() &&
               (waiting_.back().level > level || (waiting_.back().level == level && !to_the_right)))
            reduce();
        waiting_.push_back({level, op});
        return true;
    }

    bool has_parenthesis() const {
        return std::any_of(waiting_.rbegin(), waiting_.rend(),
                           [](const Waiting& w) { return w.level == Level::parenthesis; });
    }

    void reduce() {
        const Waiting top = waiting_.back();
        waiting_.pop_back();
        const std::uint32_t right = results_.back();
        results_.pop_back();
        if (top.level == Level::unary) return push(formulas_.unary(top.op, right));
        const std::uint32_t left = results_.back();
        results_.pop_back();
        push(formulas_.binary(top.op, left, right));
    }

    LineReader& line_;
    Formulas formulas_;
    const FormulaScope& scope_;
    std::vector<Waiting> waiting_;
    std::vector<std::uint32_t> results_;
};

}  // namespace

Program parse(std::string_view text, const std::string& file) {
    Program program;
    FormulaText read = read_formula_text(
        text, file,
        {.signs = signs,
         .is_word = [](std::string_view name) { return is_one_of(name, operators) || is_one_of(name, words); },
         .symbols_stand_alone = true,
         .formula = [&](LineReader& line,
                        const FormulaScope& scope) { return FormulaReader(line, program.nodes, scope).read(); }});
    program.alphabet = std::move(read.alphabet);
    for (auto& [name, node] : read.definitions) program.definitions.push_back({std::move(name), node});
    program.output = read.output;
    return program;
}

}  // namespace attest::programs::ltl
