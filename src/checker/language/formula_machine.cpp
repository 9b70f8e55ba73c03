#include "checker/language/formula_machine.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "checker/kernel/defect.hpp"
#include "checker/language/counting_logic.hpp"

// FORMAT.md, sections 33.2 to 33.4.

namespace attest::checker {
namespace {

using Logic = CountingLogic;
using CountOperator = CountFormula::Operator;

constexpr std::size_t most_pairs = std::size_t{1} << 20, most_cases = 12;

/// The formula as a condition on the counts of cells, which are the first variables; count variables come behind them.
class WithoutQuantifiers {
  public:
    WithoutQuantifiers(const CountFormula& formula, Logic& logic, Budget& budget)
        : formula_(formula), logic_(logic), budget_(budget), positions_(formula.positions, none) {
        for (std::size_t cell = 0; cell < formula.cells(); ++cell) length_.add(cell, 1);
    }

    std::size_t whole() { return of(formula_.nodes.size() - 1); }

  private:
    static constexpr std::size_t none = SIZE_MAX;

    std::size_t of(std::size_t node) {
        budget_.step(1 + positions_.size());
        const std::pair key(node, positions_);
        if (const auto known = known_.find(key); known != known_.end()) return known->second;
        budget_.memory(128 + 8 * positions_.size());
        const std::size_t made = make(formula_.nodes[node]);
        known_.emplace(key, made);
        return made;
    }

    std::size_t make(const CountFormula::Node& node) {
        const std::size_t cell =
            node.op == CountOperator::symbol || node.op == CountOperator::residue ? positions_[node.position] : 0;
        switch (node.op) {
            case CountOperator::truth: return node.holds ? 1 : 0;
            case CountOperator::symbol: return cell / formula_.modulus == node.symbol ? 1 : 0;
            case CountOperator::residue:
                return static_cast<std::int64_t>(cell % formula_.modulus) % node.modulus == node.rest ? 1 : 0;
            case CountOperator::least: return logic_.least(sum_of(node));
            case CountOperator::zero: return logic_.zero(sum_of(node));
            case CountOperator::multiple:
                return logic_.multiple(sum_of(node), mpz_class(static_cast<long>(node.modulus)));
            case CountOperator::negation: return logic_.opposite(of(node.left));
            case CountOperator::conjunction: return logic_.all({of(node.left), of(node.right)});
            case CountOperator::disjunction: return logic_.any({of(node.left), of(node.right)});
            case CountOperator::exists: return logic_.some(of(node.left), formula_.cells() + node.count, &length_);
            case CountOperator::exactly: return exactly(node);
        }
        return 0;
    }

    Logic::Sum sum_of(const CountFormula::Node& node) const {
        Logic::Sum sum;
        sum.constant = static_cast<long>(node.constant);
        for (const CountFormula::Term& term : node.terms)
            sum.add(formula_.cells() + term.count, mpz_class(static_cast<long>(term.factor)));
        return sum;
    }

    /// By cases: which of the conditions hold under which a cell is counted.
    std::size_t exactly(const CountFormula::Node& node) {
        const std::size_t outer = positions_[node.position];
        std::map<std::size_t, Logic::Sum> counted;
        for (std::size_t cell = 0; cell < formula_.cells(); ++cell) {
            positions_[node.position] = cell;
            counted[of(node.left)].add(cell, 1);
        }
        positions_[node.position] = outer;
        Logic::Sum sum = counted[1];
        sum.add(formula_.cells() + node.count, -1);
        counted.erase(0);
        counted.erase(1);
        const std::vector<std::pair<std::size_t, Logic::Sum>> open(counted.begin(), counted.end());
        if (open.size() > most_cases)
            throw Defect("limits", "what is counted depends on more than 12 conditions on counts");
        return cases(open, 0, {}, sum);
    }

    std::size_t cases(const std::vector<std::pair<std::size_t, Logic::Sum>>& open, std::size_t at,
                      const std::set<std::size_t>& said, const Logic::Sum& sum) {
        if (at == open.size()) {
            std::set<std::size_t> parts = said;
            parts.insert(logic_.zero(sum));
            return logic_.all(parts);
        }
        std::set<std::size_t> yes = said, no = said;
        yes.insert(open[at].first);
        no.insert(logic_.opposite(open[at].first));
        Logic::Sum more = sum;
        more.add(open[at].second, 1);
        return logic_.any({cases(open, at + 1, yes, more), cases(open, at + 1, no, sum)});
    }

    const CountFormula& formula_;
    Logic& logic_;
    Budget& budget_;
    std::vector<std::size_t> positions_;
    Logic::Sum length_;
    std::map<std::pair<std::size_t, std::vector<std::size_t>>, std::size_t> known_;
};

/// An atom of the condition, read symbol by symbol.
struct Follower {
    Logic::Form form = Logic::Form::least;
    std::int64_t start = 0, modulus = 1;
    bool negated = false;
    std::vector<std::int64_t> steps;  ///< by cell
    bool rises = false, sinks = false;

    bool says(std::int64_t value) const {
        if (form == Logic::Form::least) return value >= 0;
        if (form == Logic::Form::zero) return value == 0;
        return (value == 0) != negated;
    }
    /// Whether it says the same whatever follows.
    bool stays(std::int64_t value) const {
        if (!rises && !sinks) return true;
        if (form == Logic::Form::least) return value >= 0 ? !sinks : !rises;
        return form == Logic::Form::zero && ((value > 0 && !sinks) || (value < 0 && !rises));
    }
    /// Values that say the same now and after all that follows are one.
    std::int64_t reduced(std::int64_t value) const {
        if (form == Logic::Form::multiple) return (value % modulus + modulus) % modulus;
        if (!sinks) value = std::min<std::int64_t>(value, form == Logic::Form::zero ? 1 : 0);
        if (!rises) value = std::max<std::int64_t>(value, -1);
        return value;
    }
};

class FormulaMachine {
  public:
    /// Values of the followers and the residue of the position; or nothing but the answer, once it stays.
    struct State {
        std::vector<std::int64_t> values;
        std::optional<bool> answer;
        auto operator<=>(const State&) const = default;
    };

    FormulaMachine(const CountFormula& formula, Budget& budget)
        : formula_(formula),
          budget_(budget),
          logic_(budget),
          whole_(WithoutQuantifiers(formula, logic_, budget).whole()) {
        for (const std::size_t at : logic_.below(whole_)) {
            order_.push_back(at);
            const Logic::Condition& c = logic_.at(at);
            if (c.form != Logic::Form::constant && c.parts.empty()) follow(at, c);
        }
    }

    State start() {
        State state;
        for (const Follower& f : followers_) state.values.push_back(f.start);
        state.values.push_back(0);
        return settled(std::move(state));
    }

    State step(const State& from, std::size_t symbol) {
        if (from.answer) return from;
        State to = from;
        const auto modulus = static_cast<std::int64_t>(formula_.modulus);
        to.values.back() = (to.values.back() + 1) % modulus;
        const std::size_t cell = symbol * formula_.modulus + static_cast<std::size_t>(to.values.back());
        for (std::size_t k = 0; k < followers_.size(); ++k) to.values[k] += followers_[k].steps[cell];
        return settled(std::move(to));
    }

    bool accepts(const State& state) { return state.answer ? *state.answer : *truth(state, false); }

  private:
    static std::int64_t small(const mpz_class& number) {
        if (abs(number) >= mpz_class(1) << 40)
            throw Defect("limits", "without quantifiers the formula has a number of more than 40 bits");
        return number.get_si();
    }

    void follow(std::size_t at, const Logic::Condition& c) {
        Follower f;
        f.form = c.form;
        f.start = small(c.sum.constant);
        f.modulus = small(c.modulus);
        f.negated = c.negated;
        budget_.memory(64 + 8 * formula_.cells());
        f.steps.assign(formula_.cells(), 0);
        for (const auto& [cell, factor] : c.sum.factors) {
            if (cell >= f.steps.size()) throw Defect("formula.json: nodes", "a variable is free in the formula");
            f.steps[cell] = small(factor);
            (f.steps[cell] > 0 ? f.rises : f.sinks) = true;
        }
        number_[at] = followers_.size();
        followers_.push_back(std::move(f));
    }

    /// What the condition says now; if it is asked for ever, nothing where that is open.
    std::optional<bool> truth(const State& state, bool for_ever) {
        std::map<std::size_t, std::optional<bool>> found;
        for (const std::size_t at : order_) {
            const Logic::Condition& c = logic_.at(at);
            budget_.step(1 + c.parts.size());
            if (c.form == Logic::Form::constant) {
                found[at] = at == 1;
            } else if (const auto f = number_.find(at); f != number_.end()) {
                const Follower& follower = followers_[f->second];
                const std::int64_t value = state.values[f->second];
                if (!for_ever || follower.stays(value)) found[at] = follower.says(value);
                else found[at] = std::nullopt;
            } else {
                found[at] = combined(c, found);
            }
        }
        return found.at(whole_);
    }

    static std::optional<bool> combined(const Logic::Condition& c,
                                        const std::map<std::size_t, std::optional<bool>>& found) {
        const bool decides = c.form == Logic::Form::disjunction;  // this value of a part decides the whole
        bool is_open = false;
        for (const std::size_t part : c.parts) {
            const std::optional<bool>& value = found.at(part);
            if (!value) is_open = true;
            else if (*value == decides) return decides;
        }
        return is_open ? std::nullopt : std::optional(!decides);
    }

    State settled(State state) {
        for (std::size_t k = 0; k < followers_.size(); ++k) state.values[k] = followers_[k].reduced(state.values[k]);
        if (const std::optional<bool> answer = truth(state, true)) return {{}, answer};
        return state;
    }

    const CountFormula& formula_;
    Budget& budget_;
    Logic logic_;
    std::size_t whole_;
    std::vector<std::size_t> order_;  ///< the condition and its parts, parts first
    std::vector<Follower> followers_;
    std::map<std::size_t, std::size_t> number_;  ///< of the follower, by condition
};

/// `"…" and more`, of a vector: which symbols stand at which residues.
std::string shown_vector(const CountFormula& formula, const CellCounts& cells) {
    std::string text;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        if (cells[c] == 0) continue;
        text += (text.empty() ? "" : ", ") + std::to_string(cells[c]) + " times '" +
                formula.alphabet[c / formula.modulus] + "'";
        if (formula.modulus > 1) text += " at " + std::to_string(c % formula.modulus);
    }
    return text.empty() ? "no symbol" : text;
}

/// That numbers of cells are those of a word of at least `from` symbols: positions come in turn to the residues 1, 2, …, M - 1, 0.
std::size_t is_some_word(const CountFormula& formula, std::size_t from, Logic& logic) {
    Logic::Sum length;
    std::vector<Logic::Sum> at_residue(formula.modulus);
    for (std::size_t cell = 0; cell < formula.cells(); ++cell) {
        length.add(cell, 1);
        at_residue[cell % formula.modulus].add(cell, 1);
    }
    length.constant = -static_cast<long>(from);
    std::set<std::size_t> parts{logic.least(std::move(length))};
    for (std::size_t r = 1; r < formula.modulus; ++r) {
        Logic::Sum behind = at_residue[r];
        behind.add(at_residue[(r + 1) % formula.modulus], -1);
        parts.insert(logic.least(std::move(behind)));
    }
    Logic::Sum round = at_residue[0];
    round.add(at_residue[1 % formula.modulus], -1);
    round.constant = 1;
    parts.insert(logic.least(std::move(round)));
    return logic.all(parts);
}

/// More than half of the symbols are the language's second one.
std::size_t is_majority(const CountFormula& formula, const std::vector<std::size_t>& letters, Logic& logic) {
    Logic::Sum sum;
    for (std::size_t cell = 0; cell < formula.cells(); ++cell)
        sum.add(cell, letters[cell / formula.modulus] == 1 ? 1 : -1);
    sum.constant = -1;
    return logic.least(std::move(sum));
}

}  // namespace

std::size_t check_formula_everywhere(const CountFormula& formula, const Automaton& automaton,
                                     const std::vector<std::size_t>& letters, std::size_t from, Budget& budget) {
    using Pair = std::pair<FormulaMachine::State, std::size_t>;
    FormulaMachine machine(formula, budget);
    std::set<Pair> seen;
    std::deque<const Pair*> open;
    const auto visit = [&](Pair pair) {
        budget.step(8 + pair.first.values.size());
        const auto [place, is_new] = seen.insert(std::move(pair));
        if (!is_new) return;
        budget.memory(128 + 8 * place->first.values.size());
        if (seen.size() > most_pairs) throw Defect("limits", "words lead to more than 2^20 pairs of states");
        open.push_back(&*place);
    };
    const auto require_same = [&](const Pair& pair) {
        if (machine.accepts(pair.first) != automaton.accepting[pair.second])
            throw Defect("formula.json", "formula and language differ on some word");
    };
    const Pair start{machine.start(), automaton.start};
    if (from == 0) require_same(start);
    for (visit(start); !open.empty(); open.pop_front())
        for (std::size_t a = 0; a < letters.size(); ++a) {
            Pair next{machine.step(open.front()->first, a), automaton.next[open.front()->second][letters[a]]};
            require_same(next);
            visit(std::move(next));
        }
    return seen.size();
}

std::size_t check_formula_at(const CountFormula& formula, const Automaton& automaton,
                             const std::vector<std::size_t>& letters, std::size_t length, Budget& budget) {
    using Layer = std::map<CellCounts, std::set<std::size_t>>;
    Layer layer{{CellCounts(formula.cells(), 0), {automaton.start}}};
    for (std::size_t i = 1; i <= length; ++i) {
        Layer next;
        for (const auto& [cells, states] : layer)
            for (std::size_t a = 0; a < letters.size(); ++a) {
                CellCounts more = cells;
                ++more[a * formula.modulus + i % formula.modulus];
                budget.step(16 + more.size() + 8 * states.size());
                auto& into = next[std::move(more)];
                if (into.empty()) budget.memory(128 + 8 * cells.size());
                for (const std::size_t q : states)
                    if (into.insert(automaton.next[q][letters[a]]).second) budget.memory(48);
            }
        layer = std::move(next);
    }
    for (const auto& [cells, states] : layer) {
        const bool says = holds(formula, cells, budget);
        for (const std::size_t q : states)
            if (automaton.accepting[q] != says)
                throw Defect("formula.json",
                             "formula and language differ on some word with " + shown_vector(formula, cells));
    }
    return layer.size();
}

void check_formulas_agree(const CountFormula& formula, const CountFormula* other,
                          const std::vector<std::size_t>& letters, std::size_t from, Budget& budget) {
    CountFormula one = formula;
    budget.memory(formula.nodes.size(), 2 * sizeof(CountFormula::Node));
    std::optional<CountFormula> two;
    if (other != nullptr) {
        two = *other;
        one.modulus = two->modulus = std::lcm(formula.modulus, other->modulus);
        if (one.modulus > 720 || one.cells() > 4096) throw Defect("limits", "both formulas have more than 4096 cells");
    }
    Logic logic(budget);
    const std::size_t says = WithoutQuantifiers(one, logic, budget).whole();
    const std::size_t meant = two ? WithoutQuantifiers(*two, logic, budget).whole() : is_majority(one, letters, logic);
    const std::size_t word = is_some_word(one, from, logic);
    std::size_t differs =
        logic.any({logic.all({word, says, logic.opposite(meant)}), logic.all({word, meant, logic.opposite(says)})});
    for (std::size_t cell = 0; cell < one.cells(); ++cell) differs = logic.some(differs, cell, nullptr);
    if (differs != 0) throw Defect("formula.json", "formula and language differ on some word");
}

}  // namespace attest::checker
