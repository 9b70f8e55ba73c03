#include "checker/language/formula.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "checker/core/cursor.hpp"
#include "checker/kernel/defect.hpp"

// FORMAT.md, section 33.1. Two positions with one symbol and one residue make the same formulas true, since nothing else
// of a position is seen: the value of a position variable is a cell.

namespace attest::checker {
namespace {

using CountOperator = CountFormula::Operator;

constexpr std::int64_t most_nodes = 100'000, most_variables = 1000, most_number = 1'000'000'000'000;
constexpr std::int64_t most_modulus = 720;
constexpr std::size_t most_nested = 1000, most_cells = 4096;

/// What a node may not leave free, and how deep it nests.
struct CountScope {
    std::set<std::size_t> positions, counts;
    std::size_t depth = 0;
};

class CountFormulaReader {
  public:
    CountFormulaReader(CountFormula& formula, Budget& budget) : formula_(formula), budget_(budget) {}

    void read(const Cursor& nodes) {
        if (nodes.size() == 0 || nodes.size() > static_cast<std::size_t>(most_nodes))
            nodes.fail("from 1 to 100000 nodes were expected");
        for (std::size_t k = 0; k < nodes.size(); ++k) {
            node(nodes.item(k));
            budget_.step(1 + scopes_.back().positions.size() + scopes_.back().counts.size());
            budget_.memory(sizeof(CountFormula::Node) +
                           64 * (scopes_.back().positions.size() + scopes_.back().counts.size()));
            if (scopes_.back().depth > most_nested) nodes.item(k).fail("it nests more than 1000 deep");
        }
        if (!scopes_.back().positions.empty() || !scopes_.back().counts.empty())
            nodes.item(nodes.size() - 1).fail("a variable is free in the formula");
    }

  private:
    void node(const Cursor& at) {
        if (at.size() == 0) at.fail("an operator was expected");
        const std::string& name = at.item(0).string();
        CountFormula::Node made;
        CountScope scope;
        if (name == "true" || name == "false") truth(at, made, name == "true");
        else if (name == "symbol") symbol(at, made, scope);
        else if (name == "residue") residue(at, made, scope);
        else if (name == "least" || name == "zero") comparison(at, made, scope, name == "least");
        else if (name == "multiple") multiple(at, made, scope);
        else if (name == "not") negation(at, made, scope);
        else if (name == "and" || name == "or") connective(at, made, scope, name == "and");
        else if (name == "exists") exists(at, made, scope);
        else if (name == "exactly") exactly(at, made, scope);
        else at.item(0).fail("\"" + name + "\" is no operator");
        formula_.nodes.push_back(std::move(made));
        scopes_.push_back(std::move(scope));
    }

    static void arity(const Cursor& at, std::size_t size) {
        if (at.size() != size) at.fail(std::to_string(size) + " entries were expected");
    }

    std::size_t operand(const Cursor& at, CountScope& scope) const {
        const auto k = static_cast<std::size_t>(at.integer(0, static_cast<std::int64_t>(formula_.nodes.size()) - 1));
        scope.positions.insert(scopes_[k].positions.begin(), scopes_[k].positions.end());
        scope.counts.insert(scopes_[k].counts.begin(), scopes_[k].counts.end());
        scope.depth = std::max(scope.depth, scopes_[k].depth + 1);
        return k;
    }

    std::size_t position(const Cursor& at) {
        const auto v = static_cast<std::size_t>(at.integer(0, most_variables - 1));
        formula_.positions = std::max(formula_.positions, v + 1);
        return v;
    }
    std::size_t count(const Cursor& at) {
        const auto v = static_cast<std::size_t>(at.integer(0, most_nodes - 1));
        formula_.counts = std::max(formula_.counts, v + 1);
        return v;
    }

    static void truth(const Cursor& at, CountFormula::Node& made, bool holds) {
        arity(at, 1);
        made.holds = holds;
    }

    void symbol(const Cursor& at, CountFormula::Node& made, CountScope& scope) {
        arity(at, 3);
        made.op = CountOperator::symbol;
        made.position = position(at.item(1));
        scope.positions.insert(made.position);
        const auto found = std::find(formula_.alphabet.begin(), formula_.alphabet.end(), at.item(2).string());
        if (found == formula_.alphabet.end()) at.item(2).fail("no symbol of the alphabet");
        made.symbol = static_cast<std::size_t>(found - formula_.alphabet.begin());
    }

    void residue(const Cursor& at, CountFormula::Node& made, CountScope& scope) {
        arity(at, 4);
        made.op = CountOperator::residue;
        made.position = position(at.item(1));
        scope.positions.insert(made.position);
        made.modulus = at.item(2).integer(1, most_modulus);
        made.rest = at.item(3).integer(0, made.modulus - 1);
        formula_.modulus = std::lcm(formula_.modulus, static_cast<std::size_t>(made.modulus));
        if (formula_.modulus > static_cast<std::size_t>(most_modulus) ||
            formula_.modulus * formula_.alphabet.size() > most_cells)
            at.item(2).fail("the moduli of positions have too great a common multiple");
    }

    void form(const Cursor& terms, const Cursor& constant, CountFormula::Node& made, CountScope& scope) {
        for (std::size_t k = 0; k < terms.size(); ++k) {
            const Cursor term = terms.item(k);
            arity(term, 2);
            const std::size_t v = count(term.item(0));
            if (!scope.counts.insert(v).second) term.fail("the variable occurs twice");
            made.terms.push_back({v, term.item(1).integer(-most_number, most_number)});
        }
        budget_.step(1 + terms.size());
        budget_.memory(terms.size(), sizeof(CountFormula::Term));
        made.constant = constant.integer(-most_number, most_number);
    }

    void comparison(const Cursor& at, CountFormula::Node& made, CountScope& scope, bool least) {
        arity(at, 3);
        made.op = least ? CountOperator::least : CountOperator::zero;
        form(at.item(1), at.item(2), made, scope);
    }

    void multiple(const Cursor& at, CountFormula::Node& made, CountScope& scope) {
        arity(at, 4);
        made.op = CountOperator::multiple;
        made.modulus = at.item(1).integer(1, most_modulus);
        form(at.item(2), at.item(3), made, scope);
    }

    void negation(const Cursor& at, CountFormula::Node& made, CountScope& scope) {
        arity(at, 2);
        made.op = CountOperator::negation;
        made.left = operand(at.item(1), scope);
    }

    void connective(const Cursor& at, CountFormula::Node& made, CountScope& scope, bool both) {
        arity(at, 3);
        made.op = both ? CountOperator::conjunction : CountOperator::disjunction;
        made.left = operand(at.item(1), scope);
        made.right = operand(at.item(2), scope);
    }

    void exists(const Cursor& at, CountFormula::Node& made, CountScope& scope) {
        arity(at, 3);
        made.op = CountOperator::exists;
        made.count = count(at.item(1));
        made.left = operand(at.item(2), scope);
        scope.counts.erase(made.count);
    }

    void exactly(const Cursor& at, CountFormula::Node& made, CountScope& scope) {
        arity(at, 4);
        made.op = CountOperator::exactly;
        made.count = count(at.item(1));
        made.position = position(at.item(2));
        made.left = operand(at.item(3), scope);
        scope.positions.erase(made.position);
        scope.counts.insert(made.count);
    }

    CountFormula& formula_;
    Budget& budget_;
    std::vector<CountScope> scopes_;  ///< by node
};

class FormulaOnCells {
  public:
    FormulaOnCells(const CountFormula& formula, const CellCounts& cells, Budget& budget)
        : formula_(formula),
          cells_(cells),
          length_(std::accumulate(cells.begin(), cells.end(), std::uint64_t{0})),
          positions_(formula.positions),
          counts_(formula.counts),
          budget_(budget) {}

    bool holds(std::size_t at) {
        budget_.step();
        const CountFormula::Node& node = formula_.nodes[at];
        switch (node.op) {
            case CountOperator::truth: return node.holds;
            case CountOperator::symbol: return positions_[node.position] / formula_.modulus == node.symbol;
            case CountOperator::residue: {
                const std::size_t r = positions_[node.position] % formula_.modulus;
                return static_cast<std::int64_t>(r) % node.modulus == node.rest;
            }
            case CountOperator::least: return value(node) >= 0;
            case CountOperator::zero: return value(node) == 0;
            case CountOperator::multiple: return value(node) % node.modulus == 0;
            case CountOperator::negation: return !holds(node.left);
            case CountOperator::conjunction: return holds(node.left) && holds(node.right);
            case CountOperator::disjunction: return holds(node.left) || holds(node.right);
            case CountOperator::exists: return exists(node);
            case CountOperator::exactly: return exactly(node);
        }
        return false;
    }

  private:
    __extension__ using Sum = __int128;

    bool exists(const CountFormula::Node& node) {
        const std::uint64_t outer = counts_[node.count];
        bool found = false;
        for (std::uint64_t c = 0; c <= length_ && !found; ++c) {
            counts_[node.count] = c;
            found = holds(node.left);
        }
        counts_[node.count] = outer;
        return found;
    }

    bool exactly(const CountFormula::Node& node) {
        const std::size_t outer = positions_[node.position];
        std::uint64_t found = 0;
        for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
            positions_[node.position] = cell;
            if (cells_[cell] > 0 && holds(node.left)) found += cells_[cell];
        }
        positions_[node.position] = outer;
        return found == counts_[node.count];
    }

    Sum value(const CountFormula::Node& node) const {
        Sum sum = node.constant;
        for (const CountFormula::Term& term : node.terms) sum += static_cast<Sum>(term.factor) * counts_[term.count];
        return sum;
    }

    const CountFormula& formula_;
    const CellCounts& cells_;
    std::uint64_t length_;
    std::vector<std::size_t> positions_;
    std::vector<std::uint64_t> counts_;
    Budget& budget_;
};

}  // namespace

CountFormula read_formula(std::string_view bytes, const std::string& file, Budget& budget) {
    const Json json = parse_json(bytes, file, budget);
    const Cursor root(json, file);
    root.only({"format", "version", "name", "alphabet", "nodes"});
    if (root.at("format").string() != "attest/foc") root.at("format").fail("\"attest/foc\" was expected");
    (void)root.at("version").integer(1, 1);
    CountFormula formula;
    formula.name = root.at("name").string();
    const Cursor alphabet = root.at("alphabet");
    if (alphabet.size() == 0 || alphabet.size() > most_cells) alphabet.fail("from 1 to 4096 symbols were expected");
    for (std::size_t a = 0; a < alphabet.size(); ++a) {
        const std::string& symbol = alphabet.item(a).string();
        if (!is_symbol(symbol)) alphabet.item(a).fail("a symbol is one character, no control character");
        if (std::find(formula.alphabet.begin(), formula.alphabet.end(), symbol) != formula.alphabet.end())
            alphabet.item(a).fail("the symbol occurs twice");
        formula.alphabet.push_back(symbol);
    }
    CountFormulaReader(formula, budget).read(root.at("nodes"));
    return formula;
}

bool holds(const CountFormula& formula, const CellCounts& cells, Budget& budget) {
    return FormulaOnCells(formula, cells, budget).holds(formula.nodes.size() - 1);
}

CellCounts cells_of(const CountFormula& formula, const std::vector<std::size_t>& word) {
    CellCounts cells(formula.cells(), 0);
    for (std::size_t i = 0; i < word.size(); ++i) ++cells[word[i] * formula.modulus + (i + 1) % formula.modulus];
    return cells;
}

}  // namespace attest::checker
