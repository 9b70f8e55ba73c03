#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "program.hpp"
#include "programs/alphabet_line.hpp"
#include "programs/text_reader.hpp"

namespace attest::programs::brasp {

namespace {

using Kind = Node::Kind;

/// One expression, by operators that wait for their operands: what nests costs memory and no stack.
class ExpressionReader {
  public:
    /// `at`: whether names may be meant at j
    ExpressionReader(LineReader& line, Program& program, const std::unordered_map<std::string, std::uint32_t>& names,
                     bool at)
        : line_(line), program_(program), names_(names), at_(at), first_(size()) {}

    Expression read() {
        do operand();
        while (read_operator());
        while (!waiting_.empty()) {
            if (waiting_.back() == Waiting::parenthesis) line_.fail("')'");
            reduce();
        }
        return {first_, size() - 1};
    }

  private:
    enum class Waiting : std::uint8_t { parenthesis, disjunction, conjunction, negation };  // loose to tight

    std::uint32_t size() const { return static_cast<std::uint32_t>(program_.nodes.size()); }

    void operand() {
        for (;;) {
            if (line_.take_if("!")) waiting_.push_back(Waiting::negation);
            else if (line_.take_if("(")) waiting_.push_back(Waiting::parenthesis);
            else break;
        }
        atom();
    }

    void atom() {
        if (line_.token().kind != Token::Kind::name) line_.fail("a name, true, false, '!' or '('");
        const Token token = line_.take();
        if (token.text == "true" || token.text == "false") return push({Kind::constant, token.text == "true"});
        const auto known = names_.find(std::string(token.text));
        if (known == names_.end()) line_.fail_at(token, "a name that is defined above", base::quoted(token.text, 40));
        push({Kind::name, read_place(), known->second});
    }

    bool read_place() {
        if (!line_.token().is("@")) return false;
        if (!at_) line_.fail("@ within rightmost and leftmost only", "\"@\"");
        line_.take();
        if (line_.take_if("j")) return true;
        line_.expect("i");
        return false;
    }

    void push(const Node& node) {
        results_.push_back(size());
        program_.nodes.push_back(node);
    }

    /// Whether another operand must follow.
    bool read_operator() {
        while (line_.token().is(")") && has_parenthesis()) {
            reduce_to(Waiting::disjunction);
            waiting_.pop_back();
            line_.take();
        }
        if (line_.take_if("&")) return wait(Waiting::conjunction);
        if (line_.take_if("|")) return wait(Waiting::disjunction);
        return false;
    }
    bool wait(Waiting op) {
        reduce_to(op);
        waiting_.push_back(op);
        return true;
    }
    bool has_parenthesis() const {
        return std::find(waiting_.rbegin(), waiting_.rend(), Waiting::parenthesis) != waiting_.rend();
    }
    /// What binds as tight as this or tighter has its operands.
    void reduce_to(Waiting op) {
        while (!waiting_.empty() && waiting_.back() >= op) reduce();
    }

    void reduce() {
        const Waiting op = waiting_.back();
        waiting_.pop_back();
        const std::uint32_t right = results_.back();
        results_.pop_back();
        if (op == Waiting::negation) return push({Kind::negation, false, right});
        const std::uint32_t left = results_.back();
        results_.pop_back();
        push({op == Waiting::conjunction ? Kind::conjunction : Kind::disjunction, false, left, right});
    }

    LineReader& line_;
    Program& program_;
    const std::unordered_map<std::string, std::uint32_t>& names_;
    bool at_;
    std::uint32_t first_;
    std::vector<Waiting> waiting_;
    std::vector<std::uint32_t> results_;
};

class ProgramReader {
  public:
    explicit ProgramReader(const std::string& file) : file_(file) {}

    Program read(std::string_view text) {
        Lines lines(text, "#");
        for (std::string_view content; lines.next(content);) {
            LineReader line(content, lines.number(), file_, "");
            number_ = lines.number();
            if (!line.at_end()) statement(line);
        }
        finish();
        return std::move(program_);
    }

  private:
    struct Named {
        std::uint32_t definition;
        std::string symbol;
        std::size_t line, column;
    };

    void statement(LineReader& line) {
        if (line.token().kind != Token::Kind::name) line.fail("alphabet, output or a name");
        const Token name = line.take();
        if (name.text == "alphabet") read_alphabet(line, name, program_.alphabet);
        else if (name.text == "output") read_output(line, name);
        else definition(line, name);
        line.expect_end();
    }

    void read_output(LineReader& line, const Token& word) {
        if (output_) line.fail_at(word, "one output", "a second");
        const Token name = line.token();
        if (name.kind != Token::Kind::name) line.fail("a name");
        const auto known = names_.find(std::string(line.take().text));
        if (known == names_.end()) line.fail_at(name, "a name that is defined above", base::quoted(name.text, 40));
        output_ = known->second;
    }

    void definition(LineReader& line, const Token& name) {
        const std::string text(name.text);
        if (text == "true" || text == "false") line.fail_at(name, "a name", base::quoted(text));
        if (const auto known = names_.find(text); known != names_.end())
            line.fail_at(name, "a new name",
                         fmt::format("{} again, which line {} defines", base::quoted(text, 40),
                                     program_.definitions[known->second].line));
        line.expect("=");
        Definition made;
        made.name = text;
        made.line = number_;
        body(line, made);
        names_.emplace(text, static_cast<std::uint32_t>(program_.definitions.size()));
        program_.definitions.push_back(std::move(made));
    }

    void body(LineReader& line, Definition& made) {
        if (line.take_if("bos")) {
            made.kind = Definition::Kind::bos;
        } else if (line.take_if("symbol")) {
            made.kind = Definition::Kind::symbol;
            const std::size_t column = line.token().column;
            named_.push_back({static_cast<std::uint32_t>(program_.definitions.size()), line.symbol(), number_, column});
        } else if (line.take_if("const")) {
            if (!line.token().is("true") && !line.token().is("false")) line.fail("true or false");
            const auto at = static_cast<std::uint32_t>(program_.nodes.size());
            program_.nodes.push_back({Kind::constant, line.take().text == "true"});
            made.value = {at, at};
        } else if (line.token().is("rightmost") || line.token().is("leftmost")) {
            made.kind = line.take().text == "rightmost" ? Definition::Kind::rightmost : Definition::Kind::leftmost;
            line.expect("(");
            made.score = expression(line, true);
            line.expect(",");
            made.value = expression(line, true);
            line.expect(")");
        } else {
            made.value = expression(line, false);
        }
    }

    Expression expression(LineReader& line, bool at) { return ExpressionReader(line, program_, names_, at).read(); }

    void finish() {
        if (program_.alphabet.empty()) throw base::InputError(file_, "a line that begins with alphabet", "none");
        if (program_.definitions.empty()) throw base::InputError(file_, "a definition", "none");
        std::unordered_map<std::string, std::uint32_t> symbols;
        for (const std::string& symbol : program_.alphabet)
            symbols.emplace(symbol, static_cast<std::uint32_t>(symbols.size()));
        for (const Named& named : named_) {
            const auto known = symbols.find(named.symbol);
            if (known == symbols.end())
                throw base::InputError(fmt::format("{}:line {}, column {}", file_, named.line, named.column),
                                       "a symbol of the alphabet", base::quoted(named.symbol, 40));
            program_.definitions[named.definition].symbol = known->second;
        }
        program_.output = output_.value_or(static_cast<std::uint32_t>(program_.definitions.size() - 1));
    }

    const std::string& file_;
    Program program_;
    std::unordered_map<std::string, std::uint32_t> names_;
    std::vector<Named> named_;
    std::optional<std::uint32_t> output_;
    std::size_t number_ = 0;
};

}  // namespace

Program parse(std::string_view text, const std::string& file) { return ProgramReader(file).read(text); }

}  // namespace attest::programs::brasp
