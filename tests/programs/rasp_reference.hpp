#pragma once

#include <gmpxx.h>

#include <cctype>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace attest::tests {

/// RASP by its definition: statements `NAME = EXPRESSION;` are evaluated on one word, whole sequences at a time, by recursive
/// descent with precedence climbing. No graph, no tables, nothing in common with the reader but the language. Knows no
/// functions, lists or loops.
class RaspReference {
  public:
    struct NoValue {};  ///< where the interpreter stops with an error
    struct Value {
        bool is_text = false;
        std::string text = {};
        mpq_class number = 0;

        bool operator==(const Value& other) const {
            return is_text == other.is_text && (is_text ? text == other.text : number == other.number);
        }
    };

    /// What the last name is at each position of a word that is not empty; nothing where there is an error.
    std::optional<std::vector<std::string>> run(const std::string& program, const std::vector<std::string>& word) {
        word_ = word;
        known_.clear();
        text_ = program;
        at_ = 0;
        Thing last;
        try {
            while (skip(), at_ < text_.size()) {
                const std::string name = identifier();
                expect("=");
                last = expression(0);
                expect(";");
                known_[name] = last;
            }
        } catch (const NoValue&) {
            return std::nullopt;
        }
        std::vector<std::string> answers;
        for (const Value& v : last.values)
            answers.push_back(v.is_text ? v.text : last.truth ? (v.number == 0 ? "F" : "T") : v.number.get_str());
        return answers;
    }

  private:
    /// A sequence, one value for all positions, or a selector.
    struct Thing {
        bool atom = false, selector = false, truth = false;
        std::vector<Value> values;
        std::vector<std::vector<bool>> selects;  // [query][key]
    };

    void skip() {
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    }
    bool next_is(const std::string& sign) {
        skip();
        return text_.compare(at_, sign.size(), sign) == 0;
    }
    bool take(const std::string& sign) {
        const bool is = next_is(sign);
        if (is) at_ += sign.size();
        return is;
    }
    void expect(const std::string& sign) {
        if (!take(sign)) throw std::logic_error("reference: expected " + sign + " at " + text_.substr(at_, 20));
    }
    std::string identifier() {
        skip();
        std::string name;
        while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_'))
            name += text_[at_++];
        return name;
    }
    bool take_word(const std::string& word) {
        skip();
        const std::size_t before = at_;
        if (identifier() == word) return true;
        at_ = before;
        return false;
    }

    std::size_t n() const { return word_.size(); }
    Thing constant(const Value& value, bool truth = false) const {
        return {true, false, truth, std::vector<Value>(n(), value), {}};
    }
    static Value number(const mpq_class& x) { return {false, {}, x}; }
    static bool holds(const Value& v) { return v.is_text ? !v.text.empty() : v.number != 0; }

    /// Loosest first: 1 if-else, 2 and or, 3 comparisons, 4 + -, 5 %, 6 * /, 7 ^.
    Thing expression(int least) {
        Thing left = operand();
        for (;;) {
            const std::size_t before = at_;
            std::string op;
            int strength = 0;
            for (const auto& [sign, s] : std::initializer_list<std::pair<const char*, int>>{{"==", 3},
                                                                                            {"<=", 3},
                                                                                            {">=", 3},
                                                                                            {"<", 3},
                                                                                            {">", 3},
                                                                                            {"+", 4},
                                                                                            {"-", 4},
                                                                                            {"%", 5},
                                                                                            {"*", 6},
                                                                                            {"/", 6},
                                                                                            {"^", 7}})
                if (take(sign)) {
                    op = sign;
                    strength = s;
                    break;
                }
            if (op.empty())
                for (const auto& [word, s] :
                     std::initializer_list<std::pair<const char*, int>>{{"and", 2}, {"or", 2}, {"if", 1}})
                    if (take_word(word)) {
                        op = word;
                        strength = s;
                        break;
                    }
            if (op.empty() || strength < least) {
                at_ = before;
                return left;
            }
            if (op == "if") {
                const Thing condition = expression(0);
                if (!take_word("else")) throw std::logic_error("reference: else");
                const Thing right = expression(strength + 1);
                left = choose(condition, left, right);
            } else {
                left = binary(op, left, expression(strength + 1));
            }
        }
    }

    Thing operand() {
        if (take("(")) {
            Thing inner = expression(0);
            expect(")");
            return inner;
        }
        if (take("-")) return unary("-", expression(8));
        if (take("+")) return unary("+", expression(8));
        if (take("\"")) {
            Value v{true};
            while (text_[at_] != '"') v.text += text_[at_++];
            ++at_;
            return constant(v);
        }
        skip();
        if (std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) {
            std::string digits;
            while (std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) digits += text_[at_++];
            return constant(number(mpq_class(digits)));
        }
        return named(identifier());
    }

    Thing named(const std::string& name) {
        if (name == "not") return unary("not", expression(8));
        if (name == "round" || name == "indicator") {
            expect("(");
            Thing inner = expression(0);
            expect(")");
            return unary(name, inner);
        }
        if (name == "True" || name == "False") return constant(number(name == "True" ? 1 : 0), true);
        if (name == "select") return select();
        if (name == "aggregate") return aggregate();
        if (name == "selector_width") return width();
        Thing made{false, false, false, {}, {}};
        for (std::size_t i = 0; i < n(); ++i) {
            if (name == "tokens") made.values.push_back({true, word_[i]});
            else if (name == "indices") made.values.push_back(number(mpq_class(static_cast<unsigned long>(i))));
            else if (name == "length") made.values.push_back(number(mpq_class(static_cast<unsigned long>(n()))));
            else return known_.at(name);
        }
        return made;
    }

    Thing select() {
        expect("(");
        const Thing key = expression(0);
        expect(",");
        const Thing query = expression(0);
        expect(",");
        skip();
        std::string op;
        while (text_[at_] != ')') op += text_[at_++];
        expect(")");
        Thing made;
        made.selector = true;
        for (std::size_t q = 0; q < n(); ++q) {
            made.selects.emplace_back();
            for (std::size_t k = 0; k < n(); ++k)
                made.selects[q].push_back(compared(op, key.values[k], query.values[q]));
        }
        return made;
    }

    static bool compared(const std::string& op, const Value& a, const Value& b) {
        if (op == "==") return a == b;
        if (op == "!=") return !(a == b);
        if (a.is_text != b.is_text) throw NoValue();
        const int order = a.is_text ? a.text.compare(b.text) : cmp(a.number, b.number);
        if (op == "<") return order < 0;
        if (op == "<=") return order <= 0;
        return op == ">" ? order > 0 : order >= 0;
    }

    Thing width() {
        expect("(");
        const Thing selector = expression(0);
        expect(")");
        Thing made;
        for (const auto& row : selector.selects) {
            unsigned long count = 0;
            for (const bool is : row) count += is ? 1 : 0;
            made.values.push_back(number(count));
        }
        return made;
    }

    Thing aggregate() {
        expect("(");
        const Thing selector = expression(0);
        expect(",");
        const Thing of = expression(0);
        std::optional<Thing> none;
        if (take(",")) none = expression(0);
        expect(")");
        Thing made;
        made.truth = of.truth && none && none->truth;
        for (std::size_t q = 0; q < n(); ++q) {
            std::vector<Value> selected;
            for (std::size_t k = 0; k < n(); ++k)
                if (selector.selects[q][k]) selected.push_back(of.values[k]);
            if (selected.empty()) made.values.push_back(none ? none->values[q] : number(0));
            else if (selected.size() == 1) made.values.push_back(selected[0]);
            else made.values.push_back(mean(selected, of.truth));
        }
        return made;
    }
    static Value mean(const std::vector<Value>& values, bool truths) {
        mpq_class sum = 0;
        for (const Value& v : values) {
            if (v.is_text || truths) throw NoValue();
            sum += v.number;
        }
        return number(mpq_class(sum / static_cast<unsigned long>(values.size())));
    }

    Thing choose(const Thing& condition, const Thing& yes, const Thing& no) const {
        if (condition.atom) return holds(condition.values[0]) ? yes : no;
        Thing made;
        made.truth = yes.truth && no.truth;
        for (std::size_t i = 0; i < n(); ++i)
            made.values.push_back(holds(condition.values[i]) ? yes.values[i] : no.values[i]);
        return made;
    }

    Thing unary(const std::string& op, const Thing& a) const {
        if (a.selector) {
            Thing made = a;
            for (auto& row : made.selects)
                for (std::size_t k = 0; k < row.size(); ++k) row[k] = !row[k];
            return made;
        }
        Thing made{a.atom, false, op == "not", {}, {}};
        for (const Value& v : a.values) {
            if (op == "not") made.values.push_back(number(holds(v) ? 0 : 1));
            else if (op == "indicator") made.values.push_back(number(holds(v) ? 1 : 0));
            else if (v.is_text) throw NoValue();
            else if (op == "round") made.values.push_back(number(rounded(v.number)));
            else made.values.push_back(number(op == "-" ? mpq_class(-v.number) : v.number));
        }
        return made;
    }
    static mpz_class floored(const mpq_class& x) {
        mpz_class q;
        mpz_fdiv_q(q.get_mpz_t(), x.get_num_mpz_t(), x.get_den_mpz_t());
        return q;
    }
    static mpq_class rounded(const mpq_class& x) {
        const mpz_class below = floored(x);
        const mpq_class rest = x - below;
        const mpq_class half(1, 2);
        if (rest < half) return below;
        if (rest > half) return below + 1;
        return below % 2 == 0 ? below : mpz_class(below + 1);
    }

    Thing binary(const std::string& op, const Thing& a, const Thing& b) const {
        Thing made{a.atom && b.atom, a.selector, false, {}, {}};
        if (a.selector) {
            made.selects = a.selects;
            for (std::size_t q = 0; q < n(); ++q)
                for (std::size_t k = 0; k < n(); ++k)
                    made.selects[q][k] =
                        op == "and" ? a.selects[q][k] && b.selects[q][k] : a.selects[q][k] || b.selects[q][k];
            return made;
        }
        if (made.atom && (op == "and" || op == "or")) return holds(a.values[0]) == (op == "and") ? b : a;
        made.truth = op == "and" || op == "or" || op[0] == '=' || op[0] == '<' || op[0] == '>';
        for (std::size_t i = 0; i < n(); ++i) made.values.push_back(at(op, a.values[i], b.values[i]));
        return made;
    }
    static Value at(const std::string& op, const Value& a, const Value& b) {
        if (op == "and" || op == "or")
            return number((op == "and" ? holds(a) && holds(b) : holds(a) || holds(b)) ? 1 : 0);
        if (op[0] == '=' || op[0] == '<' || op[0] == '>') return number(compared(op, a, b) ? 1 : 0);
        if (a.is_text && b.is_text && op == "+") return {true, a.text + b.text};
        if (a.is_text || b.is_text) throw NoValue();
        if (op == "+") return number(mpq_class(a.number + b.number));
        if (op == "-") return number(mpq_class(a.number - b.number));
        if (op == "*") return number(mpq_class(a.number * b.number));
        if (b.number == 0 && op != "^") throw NoValue();
        if (op == "/") return number(mpq_class(a.number / b.number));
        if (op == "%") return number(mpq_class(a.number - b.number * floored(a.number / b.number)));
        if (b.number.get_den() != 1 || (a.number == 0 && b.number < 0)) throw NoValue();
        mpq_class product = 1;
        for (mpz_class k = 0; k < abs(b.number.get_num()); ++k) product *= a.number;
        return number(b.number < 0 ? mpq_class(1 / product) : product);
    }

    std::vector<std::string> word_;
    std::map<std::string, Thing> known_;
    std::string text_;
    std::size_t at_ = 0;
};

}  // namespace attest::tests
