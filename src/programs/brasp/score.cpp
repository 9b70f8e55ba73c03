#include "score.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "attest/base/error.hpp"
#include "base/quote.hpp"

// S(i, j) as a table over i. The symbol at i is one variable of as many values as there are symbols, since a position holds
// just one; each part of S that speaks of i alone is one bit, made at i, and each part that speaks of j alone is one made at
// j. So only what joins the two is taken apart.

namespace attest::programs::brasp {

namespace {

using Literal = Formula::Literal;
using residual::all_of;
using residual::any_of;

constexpr std::size_t most_cases = 4096;
constexpr std::size_t most_nodes = std::size_t{1} << 23;  ///< of all formulas of one score

class ScoreReader {
  public:
    ScoreReader(const Made& made, const Definition& definition, const Expression& expression, Formula& formula)
        : made_(made),
          definition_(definition),
          expression_(expression),
          formula_(formula),
          symbols_(made.program.alphabet.size() + 1) {}

    std::vector<Question> read() {
        Part whole = part();
        switch (whole.about) {
            case About::nothing:
                return whole.literal == Formula::yes ? one(true, Formula::yes) : one(true, Formula::no);
            case About::symbol: return one(symbol_bit(whole.table), Formula::yes);
            case About::query: return one(formula_.make(made_.builder, whole.literal), Formula::yes);
            case About::key: return one(true, whole.literal);
            case About::both: break;
        }
        split_by_symbol(whole.literal);
        split_by_bits();
        return asked();
    }

  private:
    enum class About : std::uint8_t { nothing, symbol, query, key, both };
    using Table = std::vector<bool>;  ///< by symbol, begin last

    /// A part of S: over the symbol at i a table, else a literal.
    struct Part {
        About about = About::nothing;
        Literal literal = Formula::no;
        Table table = {};
    };
    using Cube = std::vector<Bit>;
    using Cases = std::map<Literal, std::vector<Cube>>;  ///< what is left of S, and when

    static std::vector<Question> one(Bit asks, Literal key) {
        if (key == Formula::no || asks == Bit(false)) return {};
        return {{asks, key}};
    }

    [[noreturn]] void refuse() const {
        throw base::Unsupported(fmt::format(
            "line {}: {} asks more than {} questions; a definition that joins what it says of i makes fewer",
            definition_.line, base::named(definition_.name), most_cases));
    }

    /// True for these symbols at the position.
    Bit symbol_bit(const Table& table) {
        std::size_t count = 0;
        for (const bool in : table) count += in ? 1 : 0;
        const bool inverted = 2 * count > symbols_;
        if (count == 0 || count == symbols_) return count > 0;
        std::vector<residual::Value> flags;
        for (std::size_t s = 0; s < symbols_; ++s)
            if (table[s] != inverted)
                flags.push_back(s + 1 < symbols_ ? made_.builder.symbol(static_cast<std::uint32_t>(s))
                                                 : made_.builder.begin());
        residual::Form sum;
        for (const residual::Value flag : flags) sum.terms[flag] = 1;
        const Bit bit = Bit::of(flags.size() == 1 ? flags[0] : made_.builder.unit(sum));
        return inverted ? !bit : bit;
    }

    Part part() {
        std::vector<Part> parts;
        for (std::uint32_t at = expression_.first; at <= expression_.last; ++at) {
            const Node& node = made_.program.nodes[at];
            const auto operand = [&](std::uint32_t index) { return std::move(parts[index - expression_.first]); };
            switch (node.kind) {
                case Node::Kind::constant:
                    parts.push_back({About::nothing, node.flag ? Formula::yes : Formula::no});
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

    Part name(const Node& node) {
        const Definition& of = made_.program.definitions[node.left];
        if (node.flag) return leaf(About::key, Side::key, made_.bits[node.left]);
        if (of.kind != Definition::Kind::symbol && of.kind != Definition::Kind::bos)
            return leaf(About::query, Side::query, made_.bits[node.left]);
        Part part{About::symbol, Formula::no, Table(symbols_)};
        part.table[of.kind == Definition::Kind::bos ? symbols_ - 1 : of.symbol] = true;
        return part;
    }
    Part leaf(About about, Side side, Bit bit) {
        return {bit.is_constant() ? About::nothing : about, formula_.leaf(side, bit)};
    }

    static Part negated(Part part) {
        part.literal ^= 1U;
        part.table.flip();
        return part;
    }

    Part joined(Part a, Part b) {
        if (a.about > b.about) std::swap(a, b);
        if (a.about == About::nothing) return a.literal == Formula::yes ? b : a;
        if (a.about == About::symbol && b.about == About::symbol) {
            for (std::size_t s = 0; s < symbols_; ++s) a.table[s] = a.table[s] && b.table[s];
            return a;
        }
        if (a.about == About::symbol && b.about == About::query) {
            const Literal symbol = formula_.leaf(Side::query, symbol_bit(a.table));
            return {About::query, formula_.both(symbol, b.literal)};
        }
        if (a.about == b.about) return {a.about, formula_.both(a.literal, b.literal)};
        return {About::both, formula_.both(for_both(a), for_both(b))};
    }

    /// A part that speaks of one position as a leaf beside parts that speak of the other.
    Literal for_both(const Part& part) {
        switch (part.about) {
            case About::symbol: return formula_.symbol_leaf(number_of(part.table));
            case About::query: return formula_.leaf(Side::query, formula_.make(made_.builder, part.literal));
            case About::key: return formula_.leaf(Side::key, formula_.make(made_.builder, part.literal));
            default: return part.literal;
        }
    }

    std::uint32_t number_of(const Table& table) {
        const auto [at, is_new] = table_numbers_.emplace(table, static_cast<std::uint32_t>(tables_.size()));
        if (is_new) tables_.push_back(table);
        return at->second;
    }

    void split_by_symbol(Literal whole) {
        // Symbols that no table tells apart are one value.
        std::map<Table, Table> classes;
        for (std::size_t s = 0; s < symbols_; ++s) {
            Table says;
            for (const Table& table : tables_) says.push_back(table[s]);
            Table& all = classes.try_emplace(std::move(says), symbols_).first->second;
            all[s] = true;
        }
        std::map<Literal, Table> left;
        for (const auto& entry : classes) {
            const Table& says = entry.first;
            const Literal rest = formula_.substitute(whole, [&](std::uint32_t node) -> Literal {
                const auto& leaf = formula_.leaf_at(node);
                if (leaf.side != Side::symbol) return 2 * node;
                return says[leaf.content] ? Formula::yes : Formula::no;
            });
            Table& symbols = left.try_emplace(rest, symbols_).first->second;
            for (std::size_t s = 0; s < symbols_; ++s) symbols[s] = symbols[s] || entry.second[s];
        }
        for (const auto& [rest, symbols] : left) {
            const Bit when = symbol_bit(symbols);
            cases_[rest].push_back(when == Bit(true) ? Cube{} : Cube{when});
        }
    }

    void split_by_bits() {
        std::set<std::uint32_t> bits;  // in order of nodes; found once, since splitting makes no leaves
        for (const auto& [rest, cubes] : cases_)
            for (const std::uint32_t node : formula_.support(rest))
                if (formula_.leaf_at(node).side == Side::query) bits.insert(node);
        for (const std::uint32_t node : bits) split_by_bit(node);
    }

    void split_by_bit(std::uint32_t split) {
        const Bit bit = formula_.bit(formula_.leaf_at(split));
        Cases next;
        std::size_t count = 0;
        const auto add = [&](Literal rest, std::vector<Cube> cubes, Bit when) {
            if (rest == Formula::no) return;
            count += cubes.size();
            if (count > most_cases || formula_.size() > most_nodes) refuse();
            for (Cube& cube : cubes) {
                if (when != Bit(true)) cube.push_back(when);
                next[rest].push_back(std::move(cube));
            }
        };
        for (const auto& [rest, cubes] : cases_) {
            const auto with = [&, left = rest](bool value) {
                return formula_.substitute(left, [&](std::uint32_t node) -> Literal {
                    if (node != split) return 2 * node;
                    return value ? Formula::yes : Formula::no;
                });
            };
            const Literal yes = with(true), no = with(false);
            if (yes == no) {
                add(yes, cubes, true);
            } else {
                add(yes, cubes, bit);
                add(no, cubes, !bit);
            }
        }
        cases_ = std::move(next);
    }

    std::vector<Question> asked() {
        std::vector<Question> questions;
        if (cases_.size() > most_cases) refuse();
        for (const auto& [rest, cubes] : cases_) {
            std::vector<Bit> any;
            for (const Cube& cube : cubes) any.push_back(all_of(made_.builder, cube));
            const Bit asks = any_of(made_.builder, std::move(any));
            if (rest != Formula::no && asks != Bit(false)) questions.push_back({asks, rest});
        }
        return questions;
    }

    const Made& made_;
    const Definition& definition_;
    const Expression& expression_;
    Formula& formula_;
    std::size_t symbols_;
    std::vector<Table> tables_;
    std::map<Table, std::uint32_t> table_numbers_;
    Cases cases_;
};

}  // namespace

std::vector<Question> questions(const Made& made, const Definition& definition, const Expression& expression,
                                Formula& formula) {
    return ScoreReader(made, definition, expression, formula).read();
}

}  // namespace attest::programs::brasp
