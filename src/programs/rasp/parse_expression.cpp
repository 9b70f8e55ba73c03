#include <algorithm>
#include <array>

#include "attest/base/error.hpp"
#include "syntax.hpp"

// Expressions by operators and brackets that wait for what they hold: what nests costs memory and no stack. All operators lean
// left, a prefix binds tighter than all that stand between two operands, and `in` is the loosest.

namespace attest::programs::rasp {

namespace {

using Kind = Node::Kind;

enum class Strength : std::uint8_t {
    open,
    membership,
    alternative,
    junction,
    relation,
    sum,
    remainder_of,
    product,
    power_of,
    prefix
};

struct Operator {
    std::string_view sign;
    Strength strength;
    Op op;
};
constexpr auto operators = std::to_array<Operator>({{"and", Strength::junction, Op::both},
                                                    {"or", Strength::junction, Op::either},
                                                    {"==", Strength::relation, Op::equal},
                                                    {"<=", Strength::relation, Op::less_equal},
                                                    {">=", Strength::relation, Op::greater_equal},
                                                    {">", Strength::relation, Op::greater},
                                                    {"<", Strength::relation, Op::less},
                                                    {"+", Strength::sum, Op::add},
                                                    {"-", Strength::sum, Op::subtract},
                                                    {"%", Strength::remainder_of, Op::modulo},
                                                    {"*", Strength::product, Op::multiply},
                                                    {"/", Strength::product, Op::divide},
                                                    {"^", Strength::power_of, Op::power}});
constexpr auto selections = std::to_array<std::pair<std::string_view, Op>>({{"==", Op::equal},
                                                                            {"!=", Op::unequal},
                                                                            {"<", Op::less},
                                                                            {">", Op::greater},
                                                                            {"<=", Op::less_equal},
                                                                            {">=", Op::greater_equal}});

/// What a bracket holds.
struct Bracket {
    std::string_view sign;     ///< that opens it
    Kind kind;                 ///< `atom`: a parenthesis; `conditional`: from if to else
    std::string_view closing;  ///< sign
    std::size_t least, most;   ///< expressions in it; of a call and an index, those behind what is called
};
constexpr std::size_t many = SIZE_MAX;
constexpr auto brackets = std::to_array<Bracket>({{"(", Kind::atom, ")", 1, 1},
                                                  {"[", Kind::list, "]", 0, many},
                                                  {"{", Kind::dict, "}", 0, many},
                                                  {"select(", Kind::select, ")", 2, 2},
                                                  {"aggregate(", Kind::aggregate, ")", 2, 3},
                                                  {"range(", Kind::range, ")", 1, many},
                                                  {"zip(", Kind::zip, ")", 1, many},
                                                  {"len(", Kind::length, ")", 1, 1}});
constexpr Bracket of_prefix = {"round", Kind::unary, ")", 1, 1};
constexpr Bracket of_call = {"(", Kind::call, ")", 0, many};
constexpr Bracket of_index = {"[", Kind::index, "]", 1, 1};
constexpr Bracket of_condition = {"if", Kind::conditional, "else", 1, 1};

class ExpressionReader {
  public:
    ExpressionReader(const std::vector<Word>& words, std::size_t& at, std::uint32_t file, Syntax& syntax)
        : words_(words), at_(at), file_(file), syntax_(syntax) {}

    std::uint32_t read() {
        do operand();
        while (another());
        reduce_to(Strength::membership);
        if (!waiting_.empty()) fail("'" + std::string(waiting_.back().bracket->closing) + "'");
        return results_.back();
    }

  private:
    struct Waiting {
        Strength strength;
        Op op;
        Word word;
        const Bracket* bracket = nullptr;
        std::size_t base = 0;  ///< results before what is in the bracket
        bool keyed = false;    ///< dict: the key is there
        bool each = false;     ///< list or dict of something
        std::vector<std::string> names = {};
    };

    const Word& word() const { return words_[at_]; }
    Word take() { return words_[at_++]; }
    bool take_if(std::string_view sign) {
        const bool is = word().is(sign);
        if (is) ++at_;
        return is;
    }
    [[noreturn]] void fail(const std::string& expected) const { fail_at(syntax_.files[file_], word(), expected); }

    std::uint32_t push(Node node, const Word& at) {
        node.file = file_;
        node.line = at.line;
        node.column = at.column;
        syntax_.nodes.push_back(std::move(node));
        results_.push_back(static_cast<std::uint32_t>(syntax_.nodes.size() - 1));
        return results_.back();
    }
    /// The last results, taken from the stack.
    std::vector<std::uint32_t> pop(std::size_t from) {
        std::vector<std::uint32_t> taken(results_.begin() + static_cast<std::ptrdiff_t>(from), results_.end());
        results_.resize(from);
        return taken;
    }

    void operand() {
        for (;;) {
            const Word first = word();
            if (take_if("not")) wait({Strength::prefix, Op::negation, first});
            else if (take_if("-")) wait({Strength::prefix, Op::minus, first});
            else if (take_if("+")) wait({Strength::prefix, Op::plus, first});
            else if (first.is("round") || first.is("indicator")) {
                take();
                if (!take_if("(")) fail("'('");
                wait({Strength::open, first.is("round") ? Op::round : Op::indicator, first, &of_prefix,
                      results_.size()});
            } else if (const Bracket* bracket = opened()) {
                take();
                wait({Strength::open, Op::plus, first, bracket, results_.size()});
                if (bracket->least == 0 && word().is(bracket->closing)) return close();
            } else {
                return atom();
            }
        }
    }
    void wait(Waiting waiting) { waiting_.push_back(std::move(waiting)); }

    const Bracket* opened() const {
        for (const Bracket& bracket : brackets)
            if (word().is(bracket.sign)) return &bracket;
        return nullptr;
    }

    void atom() {
        const Word at = word();
        Node node;
        switch (at.kind) {
            case Word::Kind::name:
                node.kind = Kind::name;
                node.text = at.text;
                break;
            case Word::Kind::text: node.atom = std::string(at.text); break;
            case Word::Kind::integer:
            case Word::Kind::real: number(node, at); break;
            default: fail("an expression");
        }
        take();
        push(std::move(node), at);
    }

    void number(Node& node, const Word& at) const {
        constexpr std::size_t most_digits = 1000;
        if (at.text.size() > most_digits) fail("a number of at most 1000 digits");
        std::string_view digits = at.text;
        while (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') digits.remove_prefix(1);
        node.atom = exact::parse_decimal(digits, syntax_.files[file_]);
        node.is_real = at.kind == Word::Kind::real;
    }

    /// Behind an operand: whether another one follows.
    bool another() {
        for (;;) {
            const Word at = word();
            if (at.is("(") || at.is("[")) {
                take();
                wait({Strength::open, Op::plus, at, at.is("(") ? &of_call : &of_index, results_.size() - 1});
                if (!at.is("(") || !word().is(")")) return true;
                close();
                continue;
            }
            if (const Operator* found = between()) {
                take();
                reduce_to(found->strength);
                wait({found->strength, found->op, at});
                return true;
            }
            if (take_if("in")) {
                reduce_to(Strength::membership);
                wait({Strength::membership, Op::among, at});
                return true;
            }
            if (take_if("if")) {
                reduce_to(Strength::alternative);
                wait({Strength::open, Op::choose, at, &of_condition, results_.size()});
                return true;
            }
            const Bracket* bracket = innermost();
            if (bracket == nullptr) return false;
            if (at.is(bracket->closing)) {
                reduce_to(Strength::membership);
                if (bracket->kind == Kind::conditional) {
                    take();
                    waiting_.pop_back();
                    wait({Strength::alternative, Op::choose, at});
                    return true;
                }
                close();
                continue;
            }
            if (next_in(*bracket)) return true;
        }
    }

    const Operator* between() const {
        for (const Operator& one : operators)
            if (word().is(one.sign)) return &one;
        return nullptr;
    }
    const Bracket* innermost() const {
        for (auto at = waiting_.rbegin(); at != waiting_.rend(); ++at)
            if (at->bracket != nullptr) return at->bracket;
        return nullptr;
    }

    /// A ',', a ':' or a 'for' in a bracket: whether another operand follows.
    bool next_in(const Bracket& bracket) {
        reduce_to(Strength::membership);
        Waiting& waiting = waiting_.back();
        const std::size_t before = waiting.base + (bracket.kind == Kind::call || bracket.kind == Kind::index ? 1 : 0);
        const std::size_t count = results_.size() - before;
        const bool is_dict = bracket.kind == Kind::dict;
        if (is_dict && !waiting.keyed && !waiting.each) {
            if (!take_if(":")) fail("':'");
            waiting.keyed = true;
            return true;
        }
        if (word().is("for") && !waiting.each && (is_dict ? count == 2 : bracket.kind == Kind::list && count == 1)) {
            take();
            waiting.each = true;
            waiting.keyed = false;
            waiting.names = names();
            if (!take_if("in")) fail("'in'");
            return true;
        }
        if (!word().is(",") || waiting.each || count >= bracket.most) {
            if (bracket.kind == Kind::select && count == 2 && take_if(",")) {
                select(waiting);
                return false;
            }
            const bool comma = count < bracket.least || bracket.kind == Kind::select;
            fail(comma ? "','" : "'" + std::string(bracket.closing) + "'");
        }
        take();
        waiting.keyed = false;
        return true;
    }

    std::vector<std::string> names() {
        std::vector<std::string> all;
        do {
            if (word().kind != Word::Kind::name) fail("a name");
            all.emplace_back(take().text);
        } while (take_if(","));
        return all;
    }

    /// The comparison in a selection, which is its end.
    void select(Waiting& waiting) {
        const auto found = std::find_if(selections.begin(), selections.end(),
                                        [&](const auto& selection) { return word().is(selection.first); });
        if (found == selections.end()) fail("one of == != < > <= >=");
        take();
        waiting.op = found->second;
        waiting.keyed = true;
        if (!word().is(")")) fail("')'");
        close();
    }

    /// The innermost bracket is full.
    void close() {
        Waiting waiting = std::move(waiting_.back());
        const Bracket& bracket = *waiting.bracket;
        const std::size_t before = waiting.base + (bracket.kind == Kind::call || bracket.kind == Kind::index ? 1 : 0);
        const std::size_t count = results_.size() - before;
        if (count < bracket.least || (bracket.kind == Kind::select && !waiting.keyed)) fail("','");
        if (bracket.kind == Kind::dict && count > 0 && !waiting.keyed && !waiting.each) fail("':'");
        waiting_.pop_back();
        take();
        if (bracket.kind == Kind::atom) return;
        Node node;
        node.kind = bracket.kind;
        node.op = waiting.op;
        if (waiting.each) node.kind = bracket.kind == Kind::dict ? Kind::dict_of : Kind::list_of;
        node.names = std::move(waiting.names);
        node.children = pop(waiting.base);
        push(std::move(node), waiting.word);
    }

    /// What binds as tight as this or tighter has its operands.
    void reduce_to(Strength strength) {
        while (!waiting_.empty() && waiting_.back().bracket == nullptr && waiting_.back().strength >= strength) {
            const Waiting op = std::move(waiting_.back());
            waiting_.pop_back();
            Node node;
            node.kind = Kind::binary;
            node.op = op.op;
            std::size_t operands = 2;
            if (op.strength == Strength::prefix) node.kind = Kind::unary, operands = 1;
            if (op.strength == Strength::alternative) node.kind = Kind::conditional, operands = 3;
            if (op.strength == Strength::membership) node.kind = Kind::contains;
            node.children = pop(results_.size() - operands);
            push(std::move(node), op.word);
        }
    }

    const std::vector<Word>& words_;
    std::size_t& at_;
    std::uint32_t file_;
    Syntax& syntax_;
    std::vector<Waiting> waiting_;
    std::vector<std::uint32_t> results_;
};

}  // namespace

std::uint32_t parse_expression(const std::vector<Word>& words, std::size_t& at, std::uint32_t file, Syntax& syntax) {
    return ExpressionReader(words, at, file, syntax).read();
}

}  // namespace attest::programs::rasp
