#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "program.hpp"
#include "programs/alphabet_line.hpp"
#include "programs/text_reader.hpp"

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

struct FocNames {
    std::unordered_map<std::string, std::uint32_t> definitions, symbols;
};

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
    FocFormula(LineReader& line, Program& program, std::vector<std::uint32_t>& depths, const FocNames& names)
        : line_(line), program_(program), nodes_(program, line, depths), names_(names) {}

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
        if (names_.definitions.contains(std::string(token.text)))
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
        const auto known = names_.definitions.find(std::string(token.text));
        if (known == names_.definitions.end()) refuse();
        line_.take();
        push(known->second);
    }

    void symbol(const Token& token) {
        std::string text(token.text);
        if (token.is("\"")) text = line_.symbol();
        else line_.take();
        const auto known = names_.symbols.find(text);
        if (known == names_.symbols.end()) line_.fail_at(token, "a symbol of the alphabet", base::quoted(text, 40));
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
        const std::uint32_t modulus = number(1, greatest_modulus);
        line_.expect("=");
        const std::uint32_t rest = number(0, modulus - 1);
        push(nodes_.make({.kind = FocKind::residue, .position = bound.bound, .modulus = modulus, .rest = rest}));
    }

    void comparison() {
        const Linear left = term();
        if (line_.take_if("mod")) {
            const std::uint32_t modulus = number(1, greatest_modulus);
            line_.expect("=");
            const std::int64_t rest = number(0, modulus - 1);
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
        const std::int64_t value = number(0, greatest_number);
        return line_.take_if("*") ? times(value, count()) : Linear{{}, value};
    }

    Linear count() {
        const Waiting* bound = line_.token().kind == Token::Kind::name ? binder(line_.token().text) : nullptr;
        if (bound == nullptr || bound->binds_position) line_.fail("a count that a quantifier binds, or a number");
        line_.take();
        return variable(bound->bound);
    }

    std::uint32_t number(std::uint32_t least, std::uint32_t greatest) {
        const Token token = line_.token();
        std::uint32_t value = 0;
        const char* end = token.text.data() + token.text.size();
        const auto [stop, error] = std::from_chars(token.text.data(), end, value);
        if (token.kind != Token::Kind::number || error != std::errc() || stop != end || value < least ||
            value > greatest)
            line_.fail(fmt::format("a whole number from {} to {}", least, greatest));
        line_.take();
        return value;
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
    const FocNames& names_;
    std::vector<Waiting> waiting_;
    std::vector<std::uint32_t> results_;
};

class FocReader {
  public:
    explicit FocReader(const std::string& file) : file_(file) {}

    Program read(std::string_view text) {
        Lines lines(text, "#");
        for (std::string_view content; lines.next(content);) {
            number_ = lines.number();
            LineReader line(content, number_, file_, foc_signs);
            if (!line.at_end()) statement(line, content);
        }
        if (program_.alphabet.empty()) throw base::InputError(file_, "a line that begins with alphabet", "none");
        if (!output_ && program_.definitions.empty()) throw base::InputError(file_, "a formula", "none");
        program_.output = output_ ? *output_ : program_.definitions.back().node;
        return std::move(program_);
    }

  private:
    void statement(LineReader& line, std::string_view content) {
        if (line.token().is("alphabet")) {
            const Token word = line.take();
            read_alphabet(line, word, program_.alphabet);
            for (const std::string& symbol : program_.alphabet)
                names_.symbols.emplace(symbol, static_cast<std::uint32_t>(names_.symbols.size()));
            return line.expect_end();
        }
        if (program_.alphabet.empty()) line.fail("a line that begins with alphabet before all others");
        if (line.token().is("output")) read_output(line);
        else if (is_definition(content)) define(line);
        else {
            const Token place = line.token();
            set_output(line, place, formula(line));
        }
        line.expect_end();
    }

    /// A name and an equals sign: outside of quantifiers there are no counts.
    bool is_definition(std::string_view content) const {
        LineReader ahead(content, number_, file_, foc_signs);
        const bool has_name = ahead.take().kind == Token::Kind::name;
        return has_name && ahead.token().is("=");
    }

    std::uint32_t formula(LineReader& line) { return FocFormula(line, program_, depths_, names_).read(); }

    void set_output(const LineReader& line, const Token& place, std::uint32_t node) {
        if (output_) line.fail_at(place, "one formula that is put out", "a second");
        output_ = node;
    }

    void read_output(LineReader& line) {
        const Token word = line.take(), name = line.token();
        const auto known = names_.definitions.find(std::string(name.text));
        if (known == names_.definitions.end()) line.fail("a name that is defined above");
        line.take();
        set_output(line, word, known->second);
    }

    void define(LineReader& line) {
        const Token name = line.take();
        std::string text(name.text);
        if (is_foc_word(text)) line.fail_at(name, "a name", base::quoted(text) + ", which is a word of the syntax");
        if (const auto known = lines_.find(text); known != lines_.end())
            line.fail_at(name, "a new name",
                         fmt::format("{} again, which line {} defines", base::quoted(text, 40), known->second));
        line.expect("=");
        const std::uint32_t node = formula(line);
        names_.definitions.emplace(text, node);
        lines_.emplace(text, number_);
        program_.definitions.push_back({std::move(text), node});
    }

    const std::string& file_;
    Program program_;
    std::vector<std::uint32_t> depths_;  ///< by node
    FocNames names_;
    std::unordered_map<std::string, std::size_t> lines_;  ///< by name: where it is defined
    std::optional<std::uint32_t> output_;
    std::size_t number_ = 0;
};

}  // namespace

Program parse(std::string_view text, const std::string& file) { return FocReader(file).read(text); }

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
