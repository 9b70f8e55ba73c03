#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "program.hpp"
#include "programs/alphabet_line.hpp"
#include "programs/text_reader.hpp"

namespace attest::programs::crasp {

namespace {

using Kind = Node::Kind;

constexpr std::size_t most_digits = 15;
constexpr auto reserved = std::to_array<std::string_view>({"Q", "true", "false", "min", "max"});

bool is_reserved(std::string_view text) { return std::find(reserved.begin(), reserved.end(), text) != reserved.end(); }

const char* type_name(bool is_count) { return is_count ? "a count" : "a Boolean"; }

/// One expression, by operators and brackets that wait for what they hold: what nests costs memory and no stack.
class ExpressionReader {
  public:
    ExpressionReader(LineReader& line, Program& program, const std::unordered_map<std::string, std::uint32_t>& names)
        : line_(line), program_(program), names_(names) {}

    void read() {
        do operand();
        while (read_operator());
        reduce_all();
        if (!waiting_.empty()) line_.fail(waiting_.back().bracket->expected);
    }

  private:
    /// What a bracket holds, and what may end it.
    struct Bracket {
        Kind kind;             ///< constant: a parenthesis
        const char* closing;   ///< sign
        const Bracket* next;   ///< the part that follows a ',', if one must; for a parenthesis after '?', ':'
        const char* expected;  ///< in messages
    };
    enum Strength : int { bracket, disjunction, conjunction, negation, relation, sum, multiple };  // loose to tight
    struct Waiting {
        Strength strength;
        Token token;
        const Bracket* bracket = nullptr;
    };

    static inline const Bracket otherwise_{Kind::choice, ")", nullptr, "')'"};
    static inline const Bracket then_{Kind::choice, ":", &otherwise_, "':'"};
    static inline const Bracket parenthesis_{Kind::constant, ")", &then_, "')'"};
    static inline const Bracket before_{Kind::before, "]", nullptr, "']'"};
    static inline const Bracket after_{Kind::after, "]", nullptr, "']'"};
    static inline const Bracket minimum_last_{Kind::minimum, ")", nullptr, "')'"};
    static inline const Bracket maximum_last_{Kind::maximum, ")", nullptr, "')'"};
    static inline const Bracket minimum_{Kind::minimum, ",", &minimum_last_, "','"};
    static inline const Bracket maximum_{Kind::maximum, ",", &maximum_last_, "','"};

    void operand() {
        for (;;) {
            const Token token = line_.token();
            if (line_.take_if("!")) waiting_.push_back({negation, token});
            else if (line_.take_if("(")) waiting_.push_back({bracket, token, &parenthesis_});
            else if (line_.take_if("#")) open_count(token);
            else if (line_.token().is("min") || line_.token().is("max")) open_extreme();
            else break;
        }
        atom();
    }

    void open_count(const Token& token) {
        const bool after = line_.take_if(">");
        line_.expect("[");
        waiting_.push_back({bracket, token, after ? &after_ : &before_});
    }
    void open_extreme() {
        const Token token = line_.take();
        line_.expect("(");
        waiting_.push_back({bracket, token, token.text == "min" ? &minimum_ : &maximum_});
    }

    void atom() {
        const Token token = line_.token();
        if (token.kind == Token::Kind::number) return integer();
        if (token.kind != Token::Kind::name) line_.fail("a name, Q(…), a number, '#', '!' or '('");
        line_.take();
        if (token.text == "true" || token.text == "false") return push({Kind::constant, false, token.text == "true"});
        if (token.text == "Q") return symbol();
        const auto known = names_.find(std::string(token.text));
        if (known == names_.end()) line_.fail_at(token, "a name that is defined above", base::quoted(token.text, 40));
        push({Kind::name, program_.is_count(program_.definitions[known->second]), known->second});
    }

    void integer() {
        const Token token = line_.take();
        if (token.text.size() > most_digits)
            line_.fail_at(token, fmt::format("a number of at most {} digits", most_digits),
                          base::quoted(token.text, 40));
        std::int64_t number = 0;
        for (const char c : token.text) number = 10 * number + (c - '0');
        push({Kind::integer, true, number});
    }

    void symbol() {
        line_.expect("(");
        const Token place = line_.token();
        const std::string text = line_.symbol();
        const auto at = std::find(program_.alphabet.begin(), program_.alphabet.end(), text);
        if (at == program_.alphabet.end())
            line_.fail_at(place, "a symbol of the alphabet, which stands above", base::quoted(text, 40));
        line_.expect(")");
        push({Kind::symbol, false, at - program_.alphabet.begin()});
    }

    void push(const Node& node) {
        results_.push_back(static_cast<std::uint32_t>(program_.nodes.size()));
        program_.nodes.push_back(node);
    }
    std::uint32_t pop() {
        const std::uint32_t result = results_.back();
        results_.pop_back();
        return result;
    }

    /// Whether another operand must follow.
    bool read_operator() {
        for (;;) {
            const Bracket* open = innermost();
            const Token token = line_.token();
            if (open != nullptr && open == &parenthesis_ && token.is("?")) return to_next(token);
            if (open == nullptr || !token.is(open->closing)) break;
            if (open->next != nullptr && open != &parenthesis_) return to_next(token);
            close();
        }
        const Token token = line_.token();
        const Strength strength = strength_of(token);
        if (strength == bracket) return false;
        line_.take();
        reduce_to(strength);
        if (strength == multiple && program_.nodes[results_.back()].kind != Kind::integer)
            line_.fail_at(token, "a number before '*'", "something else");
        waiting_.push_back({strength, token});
        return true;
    }

    static Strength strength_of(const Token& token) {
        if (token.is("|")) return disjunction;
        if (token.is("&")) return conjunction;
        for (const char* sign : {"<", "<=", "=", "!=", ">=", ">"})
            if (token.is(sign)) return relation;
        if (token.is("+") || token.is("-")) return sum;
        return token.is("*") ? multiple : bracket;
    }

    const Bracket* innermost() const {
        for (auto at = waiting_.rbegin(); at != waiting_.rend(); ++at)
            if (at->strength == bracket) return at->bracket;
        return nullptr;
    }

    /// From one part of a bracket to the next: its value waits on the stack of results.
    bool to_next(const Token& token) {
        reduce_all();
        const Bracket* done = waiting_.back().bracket;
        require(results_.back(), done != &parenthesis_, token);
        waiting_.back() = {bracket, token, done->next};
        line_.take();
        return true;
    }

    void close() {
        reduce_all();
        const Waiting done = waiting_.back();
        waiting_.pop_back();
        const Token closing = line_.take();
        switch (done.bracket->kind) {
            case Kind::before:
            case Kind::after:
                require(results_.back(), false, closing);
                return push({done.bracket->kind, true, 0, pop()});
            case Kind::minimum:
            case Kind::maximum: return push_pair(done.bracket->kind, closing);
            case Kind::choice: {
                require(results_.back(), true, closing);
                const std::uint32_t right = pop(), left = pop(), condition = pop();
                return push({Kind::choice, true, 0, left, right, condition});
            }
            default: return;  // a parenthesis
        }
    }
    void push_pair(Kind kind, const Token& closing) {
        require(results_.back(), true, closing);
        const std::uint32_t right = pop(), left = pop();
        push({kind, true, 0, left, right});
    }

    void reduce_all() { reduce_to(disjunction); }
    /// What binds as tight as this or tighter has its operands.
    void reduce_to(Strength strength) {
        while (!waiting_.empty() && waiting_.back().strength >= strength) reduce();
    }

    void require(std::uint32_t node, bool count, const Token& at) {
        if (program_.nodes[node].is_count == count) return;
        line_.fail_at(at, fmt::format("{} for '{}'", type_name(count), at.text), type_name(!count));
    }

    void reduce() {
        const Waiting op = waiting_.back();
        waiting_.pop_back();
        const std::uint32_t right = pop();
        const bool of_counts = op.strength >= relation;
        require(right, of_counts, op.token);
        if (op.strength == negation) return push({Kind::negation, false, 0, right});
        const std::uint32_t left = pop();
        require(left, of_counts, op.token);
        if (op.strength == relation) return push_relation(op.token, left, right);
        if (op.strength == multiple) return push({Kind::multiple, true, program_.nodes[left].number, right});
        const Kind kind = op.strength == disjunction   ? Kind::disjunction
                          : op.strength == conjunction ? Kind::conjunction
                          : op.token.is("+")           ? Kind::sum
                                                       : Kind::difference;
        push({kind, of_counts, 0, left, right});
    }

    void push_relation(const Token& token, std::uint32_t left, std::uint32_t right) {
        if (token.is(">") || token.is(">=")) std::swap(left, right);
        const bool equality = token.is("=") || token.is("!=");
        const bool strict = token.is("<") || token.is(">");
        push({equality ? Kind::equal : strict ? Kind::less : Kind::less_equal, false, 0, left, right});
        if (token.is("!=")) push({Kind::negation, false, 0, pop()});
    }

    LineReader& line_;
    Program& program_;
    const std::unordered_map<std::string, std::uint32_t>& names_;
    std::vector<Waiting> waiting_;
    std::vector<std::uint32_t> results_;
};

class ProgramReader {
  public:
    explicit ProgramReader(const std::string& file) : file_(file) {}

    Program read(std::string_view text) {
        Lines lines(text, "//");
        for (std::string_view content; lines.next(content);) {
            LineReader line(content, lines.number(), file_, "<=>=!=");
            if (line.at_end()) continue;
            statement(line, lines.number());
            line.expect_end();
        }
        finish();
        return std::move(program_);
    }

  private:
    void statement(LineReader& line, std::size_t number) {
        if (line.token().kind != Token::Kind::name) line.fail("alphabet, output or a name");
        const Token name = line.take();
        if (name.text == "alphabet") return read_alphabet(line, name, program_.alphabet);
        if (name.text == "output") return read_output(line, name);
        const std::string text(name.text);
        if (is_reserved(text)) line.fail_at(name, "a name", base::quoted(text));
        if (const auto known = names_.find(text); known != names_.end())
            line.fail_at(name, "a new name",
                         fmt::format("{} again, which line {} defines", base::quoted(text, 40),
                                     program_.definitions[known->second].line));
        line.expect("=");
        Definition made{text, static_cast<std::uint32_t>(program_.nodes.size()), 0, number};
        ExpressionReader(line, program_, names_).read();
        made.last = static_cast<std::uint32_t>(program_.nodes.size() - 1);
        names_.emplace(text, static_cast<std::uint32_t>(program_.definitions.size()));
        program_.definitions.push_back(std::move(made));
    }

    void read_output(LineReader& line, const Token& word) {
        if (has_output_) line.fail_at(word, "one output", "a second");
        const Token name = line.token();
        if (name.kind != Token::Kind::name) line.fail("a name");
        const auto known = names_.find(std::string(line.take().text));
        if (known == names_.end()) line.fail_at(name, "a name that is defined above", base::quoted(name.text, 40));
        program_.output = known->second;
        has_output_ = true;
        if (program_.is_count(program_.definitions[program_.output]))
            line.fail_at(name, "a Boolean to put out", fmt::format("the count {}", base::quoted(name.text, 40)));
    }

    void finish() {
        if (program_.alphabet.empty()) throw base::InputError(file_, "a line that begins with alphabet", "none");
        if (program_.definitions.empty()) throw base::InputError(file_, "a definition", "none");
        if (has_output_) return;
        program_.output = static_cast<std::uint32_t>(program_.definitions.size() - 1);
        const Definition& last = program_.definitions.back();
        if (program_.is_count(last))
            throw base::InputError(fmt::format("{}:line {}", file_, last.line), "a Boolean to put out",
                                   fmt::format("the count {}", base::quoted(last.name, 40)));
    }

    const std::string& file_;
    Program program_;
    std::unordered_map<std::string, std::uint32_t> names_;
    bool has_output_ = false;
};

}  // namespace

Program parse(std::string_view text, const std::string& file) { return ProgramReader(file).read(text); }

}  // namespace attest::programs::crasp
