#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "program.hpp"
#include "programs/begin_symbol.hpp"

// B-RASP as a program over finite values: 1 and 0 for true and false, a variable a conjunction. A score S(i, j) is taken apart by
// what it says of i: by the symbol there and by bits of i alone. For each way that these may be, what is left of S speaks of j
// alone; equal rests are one case. The query is the number of the case, and for each case there is a selection of the keys
// where its rest is true; at any i at most one of them selects. So nothing here is shared with the compiler to networks, which
// is held against it.

namespace attest::programs::brasp {

namespace {

using network::Mask;
using Variables = network::Program;

constexpr std::size_t most_ways = 4096;

/// 2 · variable, + 1 for its negation, after the two constants.
using Literal = std::uint32_t;
constexpr Literal false_literal = 0, true_literal = 1;
Literal of_variable(std::size_t variable) { return static_cast<Literal>(2 * (variable + 1)); }

Variables::Value number(unsigned long n) { return exact::Rational(n); }

/// Variables of a program that hold 0 or 1; equal conjunctions are one.
class Bits {
  public:
    explicit Bits(Variables& program) : program_(program) {}

    std::size_t add(std::string name, decltype(Variables::Variable::step) step) {
        program_.variables.push_back({std::move(name), std::move(step)});
        return program_.variables.size() - 1;
    }
    std::string fresh() { return fmt::format("({})", ++made_); }

    Literal both(Literal a, Literal b) {
        if (a > b) std::swap(a, b);
        if (a == false_literal || b == (a ^ 1U)) return false_literal;
        if (a == true_literal || a == b) return b;
        const auto [at, is_new] = known_.try_emplace((std::uint64_t{a} << 32) | b, 0);
        if (is_new) {
            Variables::Map map{{variable_below(a), variable_below(b)}, {}, number(0)};
            map.table.emplace(std::vector<Variables::Value>{number(1 - a % 2), number(1 - b % 2)}, number(1));
            at->second = of_variable(add(fresh(), std::move(map)));
        }
        return at->second;
    }
    Literal either(Literal a, Literal b) { return both(a ^ 1U, b ^ 1U) ^ 1U; }

    static std::size_t variable_below(Literal literal) { return literal / 2 - 1; }
    std::size_t constant(bool is) {
        auto& at = constants_[is ? 1 : 0];
        if (!at) at = add(is ? "true" : "false", Variables::Constant{number(is ? 1 : 0)});
        return *at;
    }
    /// A variable that is the literal itself.
    std::size_t variable(Literal literal) {
        if (literal < 2) return constant(literal == true_literal);
        if (literal % 2 == 0) return variable_below(literal);
        const auto [at, is_new] = negated_.try_emplace(literal, 0);
        if (is_new)
            at->second = add(fresh(), Variables::Map{{variable_below(literal)}, {{{number(0)}, number(1)}}, number(0)});
        return at->second;
    }

  private:
    Variables& program_;
    std::size_t made_ = 0;
    std::unordered_map<std::uint64_t, Literal> known_;
    std::unordered_map<Literal, std::size_t> negated_;
    std::optional<std::size_t> constants_[2];
};

/// What a part of S or V speaks of: nothing, the symbol at i, i, j, both positions.
enum class Speaks : std::uint8_t { of_nothing, of_symbol, of_query, of_key, of_both };

struct Part {
    Speaks about = Speaks::of_nothing;
    Literal literal = false_literal;  ///< of both: 2 · number of the joint conjunction, + 1 for its negation
    std::vector<bool> table = {};     ///< of the symbol: by symbol, the begin last
};

/// An expression over two positions: conjunctions of parts, of which no two that speak of one position alone.
class Joint {
  public:
    Joint(const Program& program, const std::vector<Literal>& literals, Bits& bits)
        : program_(program), literals_(literals), bits_(bits) {}

    Part read(const Expression& expression, bool splits_symbols) {
        splits_symbols_ = splits_symbols;
        std::vector<Part> parts;
        for (std::uint32_t at = expression.first; at <= expression.last; ++at) {
            const Node& node = program_.nodes[at];
            const auto operand = [&](std::uint32_t index) { return parts[index - expression.first]; };
            switch (node.kind) {
                case Node::Kind::constant:
                    parts.push_back({Speaks::of_nothing, node.flag ? true_literal : false_literal});
                    break;
                case Node::Kind::name: parts.push_back(name(node)); break;
                case Node::Kind::negation: parts.push_back(negated(operand(node.left))); break;
                case Node::Kind::conjunction: parts.push_back(joined(operand(node.left), operand(node.right))); break;
                case Node::Kind::disjunction:
                    parts.push_back(negated(joined(negated(operand(node.left)), negated(operand(node.right)))));
                    break;
            }
        }
        return std::move(parts.back());
    }

    /// What is left of a part when those of the symbol and the query are these.
    template <typename Known>
    Literal rest(const Part& whole, const Known& known) {
        const auto of = [&](const Part& part, const std::vector<Literal>& joints) {
            if (part.about == Speaks::of_both) return joints[part.literal / 2] ^ (part.literal & 1U);
            return known(part);
        };
        std::vector<Literal> joints;
        for (const auto& [a, b] : joints_) joints.push_back(bits_.both(of(a, joints), of(b, joints)));
        return of(whole, joints);
    }

    /// The parts that conjunctions of both positions are of.
    template <typename Action>
    void each_part(const Action& action) const {
        for (const auto& joint : joints_)
            for (const Part* part : {&joint.first, &joint.second})
                if (part->about != Speaks::of_both) action(*part);
    }

  private:
    Part name(const Node& node) const {
        const Definition& of = program_.definitions[node.left];
        const Literal literal = literals_[node.left];
        if (literal < 2) return {Speaks::of_nothing, literal};
        if (node.flag) return {Speaks::of_key, literal};
        const bool is_symbol = of.kind == Definition::Kind::symbol || of.kind == Definition::Kind::bos;
        if (!is_symbol || !splits_symbols_) return {Speaks::of_query, literal};
        Part part{Speaks::of_symbol, literal, std::vector<bool>(program_.alphabet.size() + 1)};
        part.table[of.kind == Definition::Kind::bos ? program_.alphabet.size() : of.symbol] = true;
        return part;
    }

    static Part negated(Part part) {
        part.literal ^= 1U;
        part.table.flip();
        return part;
    }

    Part joined(Part a, Part b) {
        if (a.about > b.about) std::swap(a, b);
        if (a.about == Speaks::of_nothing) return a.literal == true_literal ? b : Part{};
        const bool alike = a.about == b.about && a.about != Speaks::of_both;
        if (alike || (a.about == Speaks::of_symbol && b.about == Speaks::of_query)) {
            Part both{b.about, bits_.both(a.literal, b.literal)};
            if (both.literal < 2) return {Speaks::of_nothing, both.literal};
            if (b.about != Speaks::of_symbol) return both;
            both.table.resize(a.table.size());
            for (std::size_t s = 0; s < a.table.size(); ++s) both.table[s] = a.table[s] && b.table[s];
            return both;
        }
        joints_.emplace_back(std::move(a), std::move(b));
        return {Speaks::of_both, static_cast<Literal>(2 * (joints_.size() - 1))};
    }

    const Program& program_;
    const std::vector<Literal>& literals_;
    Bits& bits_;
    std::vector<std::pair<Part, Part>> joints_;
    bool splits_symbols_ = false;
};

class Translator {
  public:
    explicit Translator(const Program& program) : program_(program), literals_(program.definitions.size()) {}

    Variables translate(const std::string& name) {
        made_.name = name;
        made_.alphabet = language::Alphabet(program_.alphabet);
        made_.begin = begin_symbol(program_.alphabet);
        tokens_ = bits_.add("(tokens)", Variables::Symbol{});
        const std::vector<bool> needed = used(program_);
        for (std::size_t d = 0; d < literals_.size(); ++d)
            if (needed[d]) literals_[d] = define(program_.definitions[d]);
        made_.output.value = bits_.variable(literals_[program_.output]);
        made_.output.accept = {"1"};
        return std::move(made_);
    }

  private:
    Literal define(const Definition& definition) {
        switch (definition.kind) {
            case Definition::Kind::bos: return symbol(definition, *made_.begin);
            case Definition::Kind::symbol: return symbol(definition, program_.alphabet[definition.symbol]);
            case Definition::Kind::expression: {
                Joint joint(program_, literals_, bits_);
                return named(definition, joint.read(definition.value, false).literal);
            }
            default: return named(definition, attend(definition));
        }
    }

    Literal symbol(const Definition& definition, const std::string& text) {
        Variables::Map map{{tokens_}, {{{text}, number(1)}}, number(0)};
        return of_variable(bits_.add(definition.name, std::move(map)));
    }

    /// Gives what was made last for a definition the definition's name.
    Literal named(const Definition& definition, Literal literal) {
        if (literal < 2 || literal % 2 == 1) return literal;
        std::string& name = made_.variables[Bits::variable_below(literal)].name;
        if (name[0] == '(') name = definition.name;
        return literal;
    }

    /// A case of S: the number by which the query says that it is asked, and the key's answer.
    struct Case {
        std::size_t number;
        Literal key;
    };
    struct Asked {
        std::size_t query = 0;
        std::vector<Case> cases;
    };

    [[noreturn]] static void refuse(const Definition& definition) {
        throw base::Unsupported(fmt::format(
            "line {}: {} says more than {} things of i; a definition that joins what it says of i makes fewer",
            definition.line, base::named(definition.name), most_ways));
    }

    Asked ask(const Definition& definition) {
        Joint joint(program_, literals_, bits_);
        const Part whole = joint.read(definition.score, true);
        switch (whole.about) {
            case Speaks::of_nothing:
            case Speaks::of_key: return one(bits_.constant(true), whole.literal);
            case Speaks::of_symbol:
            case Speaks::of_query: return one(bits_.variable(whole.literal), true_literal);
            case Speaks::of_both: break;
        }
        std::vector<Literal> queries;  // bits of i
        std::vector<std::vector<bool>> tables;
        joint.each_part([&](const Part& part) {
            if (part.about == Speaks::of_symbol) tables.push_back(part.table);
            if (part.about == Speaks::of_query) queries.push_back(part.literal & ~1U);
        });
        std::sort(queries.begin(), queries.end());
        queries.erase(std::unique(queries.begin(), queries.end()), queries.end());
        const std::size_t symbols = tables.empty() ? 1 : program_.alphabet.size() + 1;
        if (queries.size() > 12 || symbols << queries.size() > most_ways * 16) refuse(definition);
        return split(definition, joint, whole, queries, symbols);
    }

    static Asked one(std::size_t query, Literal key) {
        if (key == false_literal) return {};
        return {query, {{1, key}}};
    }

    Asked split(const Definition& definition, Joint& joint, const Part& whole, const std::vector<Literal>& queries,
                std::size_t symbols) {
        Variables::Map map{{}, {}, number(0)};
        if (symbols > 1) map.of.push_back(tokens_);
        for (const Literal query : queries) map.of.push_back(Bits::variable_below(query));
        std::map<Literal, std::size_t> numbers;
        Asked asked;
        for (std::size_t s = 0; s < symbols; ++s)
            for (std::size_t way = 0; way < std::size_t{1} << queries.size(); ++way) {
                const Literal key = joint.rest(whole, [&](const Part& part) -> Literal {
                    if (part.about == Speaks::of_symbol) return part.table[s] ? true_literal : false_literal;
                    if (part.about != Speaks::of_query) return part.literal;
                    const auto at = std::lower_bound(queries.begin(), queries.end(), part.literal & ~1U);
                    const bool is = (way >> (at - queries.begin()) & 1U) != 0;
                    return is != ((part.literal & 1U) != 0) ? true_literal : false_literal;
                });
                if (key == false_literal) continue;
                const auto [at, is_new] = numbers.try_emplace(key, numbers.size() + 1);
                if (is_new) asked.cases.push_back({at->second, key});
                if (numbers.size() > most_ways) refuse(definition);
                std::vector<Variables::Value> entry;
                if (symbols > 1) entry.emplace_back(s < program_.alphabet.size() ? program_.alphabet[s] : *made_.begin);
                for (std::size_t k = 0; k < queries.size(); ++k) entry.push_back(number(way >> k & 1U));
                map.table.emplace(std::move(entry), number(at->second));
            }
        if (!asked.cases.empty()) asked.query = bits_.add(bits_.fresh(), std::move(map));
        return asked;
    }

    /// The literal at the position that is found, false where none is.
    Literal bring(const Definition& definition, const Asked& asked, Literal value) {
        Literal any = false_literal;
        if (value == false_literal) return any;
        const std::size_t of = bits_.variable(value);
        for (const Case& one : asked.cases) {
            Variables::Attend attend;
            attend.query = asked.query;
            attend.key = one.key < 2 ? bits_.constant(true) : Bits::variable_below(one.key);
            attend.pairs = {{number(one.number), number(one.key < 2 ? 1 : 1 - one.key % 2)}};
            attend.mask = Mask::strict;
            attend.take =
                definition.kind == Definition::Kind::rightmost ? Variables::Take::right : Variables::Take::left;
            attend.value = of;
            attend.none = number(0);
            any = bits_.either(any, of_variable(bits_.add(bits_.fresh(), std::move(attend))));
        }
        return any;
    }

    Literal attend(const Definition& definition) {
        const Asked asked = ask(definition);
        if (asked.cases.empty()) return false_literal;
        Joint joint(program_, literals_, bits_);
        const Part value = joint.read(definition.value, false);
        if (value.about == Speaks::of_key || value.about == Speaks::of_nothing)
            return bring(definition, asked, value.literal);
        const Literal found = bring(definition, asked, true_literal);
        std::map<Literal, Literal> brought;
        joint.each_part([&](const Part& part) {
            if (part.about == Speaks::of_key) brought.emplace(part.literal, bring(definition, asked, part.literal));
        });
        const Literal here = joint.rest(value, [&](const Part& part) {
            return part.about == Speaks::of_key ? brought.at(part.literal) : part.literal;
        });
        return bits_.both(found, here);
    }

    const Program& program_;
    Variables made_;
    Bits bits_{made_};
    std::vector<Literal> literals_;
    std::size_t tokens_ = 0;
};

}  // namespace

network::Program as_program(const Program& program, const std::string& name) {
    return Translator(program).translate(name);
}

}  // namespace attest::programs::brasp
