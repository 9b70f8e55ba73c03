#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "syntax.hpp"

namespace attest::programs::rasp {

namespace {

using Kind = Node::Kind;

Node node_of(Kind kind) {
    Node node;
    node.kind = kind;
    return node;
}

class StatementReader {
  public:
    StatementReader(const std::vector<Word>& words, const std::string& file, Syntax& syntax)
        : words_(words), syntax_(syntax), file_(static_cast<std::uint32_t>(syntax.files.size())) {
        syntax.files.push_back(file);
    }

    std::vector<std::uint32_t> read() {
        while (word().kind != Word::Kind::end && !ended_) statement();
        if (!open_.empty() && !ended_) fail("'}'");
        return std::move(top_);
    }

  private:
    const Word& word() const { return words_[at_]; }
    bool take_if(std::string_view sign) {
        const bool is = word().is(sign);
        if (is) ++at_;
        return is;
    }
    void expect(std::string_view sign) {
        if (!take_if(sign)) fail("'" + std::string(sign) + "'");
    }
    [[noreturn]] void fail(const std::string& expected) const { fail_at(syntax_.files[file_], word(), expected); }

    std::string name() {
        if (word().kind != Word::Kind::name) fail("a name");
        return std::string(words_[at_++].text);
    }
    std::vector<std::string> names() {
        std::vector<std::string> all;
        do all.push_back(name());
        while (take_if(","));
        return all;
    }
    std::uint32_t expression() { return parse_expression(words_, at_, file_, syntax_); }
    std::vector<std::uint32_t> expressions() {
        std::vector<std::uint32_t> all;
        do all.push_back(expression());
        while (take_if(","));
        return all;
    }

    std::uint32_t made(Node node, const Word& at) {
        node.file = file_;
        node.line = at.line;
        node.column = at.column;
        syntax_.nodes.push_back(std::move(node));
        return static_cast<std::uint32_t>(syntax_.nodes.size() - 1);
    }
    void add(Node node, const Word& at) {
        const std::uint32_t number = made(std::move(node), at);
        (open_.empty() ? top_ : syntax_.nodes[open_.back()].children).push_back(number);
    }
    bool in_function() const { return !open_.empty() && syntax_.nodes[open_.back()].kind == Kind::definition; }

    void statement() {
        const Word at = word();
        if (take_if("def")) return definition(at);
        if (take_if("for")) return loop(at);
        if (at.is("return")) return result(at);
        if (at.is("}") && !open_.empty()) {
            if (in_function()) fail("return");
            ++at_;
            open_.pop_back();
            return;
        }
        if (take_if("load")) return load(at);
        if (take_if("draw")) return draw(at);
        if (is_command(at)) return command(at);
        const bool assigns = at.kind == Word::Kind::name &&
                             (words_[at_ + 1].is(",") || words_[at_ + 1].is("="));  // the end stands behind any name
        Node node = node_of(assigns ? Kind::assignment : Kind::statement);
        if (assigns) {
            node.names = names();
            expect("=");
            node.children = expressions();
        } else {
            node.children = {expression()};
        }
        expect(";");
        add(std::move(node), at);
    }

    void definition(const Word& at) {
        Node node = node_of(Kind::definition);
        node.text = name();
        expect("(");
        if (!word().is(")")) node.names = names();
        expect(")");
        expect("{");
        begin(std::move(node), at);
    }
    void loop(const Word& at) {
        Node node = node_of(Kind::loop);
        node.names = names();
        expect("in");
        node.children = {expression()};
        expect("{");
        begin(std::move(node), at);
    }
    void begin(Node node, const Word& at) {
        add(std::move(node), at);
        open_.push_back(static_cast<std::uint32_t>(syntax_.nodes.size() - 1));
    }

    void result(const Word& at) {
        if (!in_function()) fail("return at the end of a function");
        ++at_;
        Node node = node_of(Kind::result);
        node.children = expressions();
        expect(";");
        add(std::move(node), at);
        expect("}");
        open_.pop_back();
    }

    void load(const Word& at) {
        if (word().kind != Word::Kind::text) fail("the name of a file, in quotation marks");
        Node node = node_of(Kind::load);
        node.text = words_[at_++].text;
        expect(";");
        add(std::move(node), at);
    }
    void draw(const Word& at) {
        expect("(");
        (void)expressions();
        expect(")");
        expect(";");
        Node node = node_of(Kind::ignored);
        node.text = "draw";
        add(std::move(node), at);
    }

    static bool is_command(const Word& at) {
        for (const char* first : {"set", "show", "s-op", "selector", "examples", "full seq display", "exit", "quit"})
            if (at.is(first)) return true;
        return false;
    }
    /// What is said to the interpreter, without a ';'.
    void command(const Word& at) {
        if (!open_.empty()) fail("a statement");
        ++at_;
        Node node = node_of(Kind::ignored);
        node.text = at.text;
        if (at.is("exit") || at.is("quit")) {
            if (take_if("(")) expect(")");
            ended_ = true;
        } else if (at.is("full seq display")) {
            on_or_off();
        } else if (at.is("set") || at.is("show")) {
            if (!take_if("s-op")) take_if("selector");
            expect("example");
            if (at.is("set")) (void)expression();
        } else {
            if (!at.is("examples")) expect("examples");
            on_or_off();
        }
        add(std::move(node), at);
    }
    void on_or_off() {
        if (!take_if("on") && !take_if("off")) fail("on or off");
    }

    const std::vector<Word>& words_;
    Syntax& syntax_;
    std::uint32_t file_;
    std::size_t at_ = 0;
    std::vector<std::uint32_t> open_, top_;
    bool ended_ = false;
};

}  // namespace

std::vector<std::uint32_t> parse(const std::vector<Word>& words, const std::string& file, Syntax& syntax) {
    return StatementReader(words, file, syntax).read();
}

}  // namespace attest::programs::rasp
