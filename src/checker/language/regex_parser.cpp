#include <algorithm>

#include "checker/kernel/defect.hpp"
#include "checker/language/regex_node.hpp"

// The grammar of FORMAT.md, section 3, by recursive descent of bounded depth. What other dialects read differently
// (escapes of letters, anchors, back references) is refused rather than guessed.

namespace attest::checker {
namespace {

using Node = Regex::Node;
using NodePtr = std::shared_ptr<const Node>;
using Operator = Node::Operator;

class Parser {
  public:
    Parser(std::string_view pattern, const std::vector<Symbol>& alphabet, Budget& budget)
        : characters_(characters(pattern)), alphabet_(alphabet), budget_(budget) {}

    NodePtr whole() {
        NodePtr node = alternation();
        if (!at_end()) fail("unexpected " + peek());
        return node;
    }

  private:
    [[noreturn]] static void fail(const std::string& reason) { throw Defect("", "regular expression: " + reason); }

    bool at_end() const { return at_ == characters_.size(); }
    Symbol peek() const { return at_end() ? Symbol() : characters_[at_]; }
    bool take(const Symbol& c) {
        if (at_end() || characters_[at_] != c) return false;
        ++at_;
        return true;
    }
    Symbol next() {
        if (at_end()) fail("unexpected end");
        return characters_[at_++];
    }

    std::shared_ptr<Node> make(Operator op) {
        budget_.memory(256);
        auto node = std::make_shared<Node>();
        node->op = op;
        return node;
    }

    /// An operator of one operand is the operand.
    static NodePtr collapsed(std::shared_ptr<Node> node) {
        return node->children.size() == 1 ? node->children.front() : node;
    }

    NodePtr alternation() {
        if (++depth_ > 201) fail("parentheses nested deeper than 200");
        auto node = make(Operator::alternation);
        do node->children.push_back(concatenation());
        while (take("|"));
        --depth_;
        return collapsed(std::move(node));
    }

    NodePtr concatenation() {
        auto node = make(Operator::concatenation);
        while (!at_end() && peek() != "|" && peek() != ")") node->children.push_back(repetition());
        return collapsed(std::move(node));
    }

    NodePtr repetition() {
        NodePtr node = atom();
        if (take("*")) node = repeat(node, 0, std::nullopt);
        else if (take("+")) node = repeat(node, 1, std::nullopt);
        else if (take("?")) node = repeat(node, 0, 1);
        else if (take("{")) node = counted(node);
        else return node;
        if (peek() == "*" || peek() == "+" || peek() == "?" || peek() == "{")
            fail("'" + peek() + "' repeats a repetition; parentheses were expected");
        return node;
    }

    /// (e*)* = e*, and so for any number of times that may be 1 or more.
    NodePtr repeat(NodePtr child, long least, std::optional<long> most) {
        const bool starred = child->op == Operator::repetition && child->least == 0 && !child->most;
        if (starred && most != std::optional<long>(0)) return child;
        auto node = make(Operator::repetition);
        node->children.push_back(std::move(child));
        node->least = least;
        node->most = most;
        return node;
    }

    NodePtr counted(NodePtr child) {
        const long least = count();
        std::optional<long> most = least;
        if (take(",")) most = peek() == "}" ? std::nullopt : std::optional(count());
        if (!take("}")) fail("'}' was expected");
        if (most && *most < least) fail("a repetition whose bounds are in the wrong order");
        return repeat(std::move(child), least, most);
    }

    long count() {
        std::string digits;
        while (!at_end() && peek() >= "0" && peek() <= "9") digits += next();
        const auto value = natural(digits, 1000);
        if (!value) fail("a number of at most 1000 was expected");
        return *value;
    }

    NodePtr atom() {
        if (take("(")) {
            if (take("?") && !take(":")) fail("only groups (?:…) are known");
            NodePtr node = alternation();
            if (!take(")")) fail("')' was expected");
            return node;
        }
        auto node = make(Operator::set);
        budget_.memory(alphabet_.size() / 8);
        budget_.step(alphabet_.size());
        node->set.resize(alphabet_.size());
        if (take(".")) {
            node->set.flip();
        } else if (take("[")) {
            character_class(node->set);
        } else {
            const Symbol c = next();
            static const std::string special = "*+?{}]^$";
            if (special.find(c) != std::string::npos) fail("'" + c + "' stands for itself only after a backslash");
            node->set[number_of(c == "\\" ? escaped() : c)] = true;
        }
        return node;
    }

    std::size_t number_of(const Symbol& c) const {
        budget_.step(8 * alphabet_.size());
        const auto found = std::find(alphabet_.begin(), alphabet_.end(), c);
        if (found == alphabet_.end()) fail("'" + c + "' is not in the alphabet");
        return static_cast<std::size_t>(found - alphabet_.begin());
    }

    Symbol class_member() {
        const Symbol c = next();
        return c == "\\" ? escaped() : c;
    }

    /// A sign after a backslash. Letters and digits there have other meanings elsewhere, and none here.
    Symbol escaped() {
        const Symbol c = next();
        const bool digit = c >= "0" && c <= "9";
        if (c.size() > 1 || !(digit || (c >= "a" && c <= "z") || (c >= "A" && c <= "Z"))) return c;
        const char* class_of_it = c == "d" ? ", a digit [0-9]" : c == "w" ? ", a letter, digit or _ [A-Za-z0-9_]" : "";
        fail("'\\" + c + "' means nothing here: the symbol is written '" + c + "'" + class_of_it);
    }

    void character_class(std::vector<bool>& set) {
        const bool complement = take("^");
        if (peek() == "]") fail("an empty class");
        while (!take("]")) {
            const Symbol low = class_member();
            const bool range = peek() == "-" && at_ + 1 < characters_.size() && characters_[at_ + 1] != "]";
            if (!range) {
                set[number_of(low)] = true;
                continue;
            }
            take("-");
            const Symbol high = class_member();
            budget_.step(8 * alphabet_.size());
            if (high < low) fail("a range whose bounds are in the wrong order");
            for (std::size_t a = 0; a < alphabet_.size(); ++a)
                if (low <= alphabet_[a] && alphabet_[a] <= high) set[a] = true;
        }
        if (complement) set.flip();
    }

    std::vector<Symbol> characters_;
    const std::vector<Symbol>& alphabet_;
    Budget& budget_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

}  // namespace

NodePtr parse_regex(std::string_view pattern, const std::vector<Symbol>& alphabet, Budget& budget) {
    budget.memory(pattern.size(), 32);
    return Parser(pattern, alphabet, budget).whole();
}

}  // namespace attest::checker
