#include "decide/counting/depth_one.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "attest/base/error.hpp"
#include "decide/counting/order_free.hpp"
#include "decide/counting/walk.hpp"
#include "decide/counting/whole.hpp"

// The invariant says, for each state of the automaton, how often symbols may stand in words that lead to it: of each kind just so often,
// or at least so often. If the program is right this is all that is so, hence it is enough; else whole numbers are
// found for which it is wrong, which any word with them shows.

namespace attest::counting {

namespace {

using Kind = Step::Kind;
using language::Symbol;
using language::Word;

constexpr std::int64_t longest_word = 1'000'000;
constexpr std::size_t most_cells = 20'000;
constexpr int deepest = 64;

/// Whether counts come into each step.
std::vector<bool> steps_of_counts(const System& system) {
    std::vector<bool> result(system.steps.size());
    for (std::size_t k = 0; k < system.steps.size(); ++k) {
        const Step& s = system.steps[k];
        switch (s.kind) {
            case Kind::constant:
            case Kind::symbol:
            case Kind::integer: break;
            case Kind::before: result[k] = true; break;
            case Kind::negation:
            case Kind::multiple: result[k] = result[s.left]; break;
            case Kind::choice: result[k] = result[s.condition] || result[s.left] || result[s.right]; break;
            default: result[k] = result[s.left] || result[s.right]; break;
        }
    }
    return result;
}

bool counts_symbols(const System& system, std::size_t steps) {
    const std::vector<bool> of_counts = steps_of_counts(system);
    for (std::size_t k = 0; k < steps; ++k)
        if (system.steps[k].kind == Kind::before && of_counts[system.steps[k].left]) return false;
    return true;
}

/// A word of so many of each symbol, in order, and one more symbol.
std::optional<Word> word_of(const Point& counts, Symbol last) {
    mpz_class length = 1;
    for (const mpz_class& n : counts) length += n;
    if (length > longest_word) return std::nullopt;
    Word word;
    for (Symbol a = 0; a < counts.size(); ++a) word.insert(word.end(), counts[a].get_ui(), a);
    word.push_back(last);
    return word;
}

/// Where program and language differ: by how often each symbol stands before the last one.
struct Place {
    Point counts;
    Symbol last = 0;
};

/// The tree of cases for one list and one symbol, down to the last whole number.
class WholeTree {
  public:
    /// counted  what each counter is in terms of the symbols' counts, which are the last counters
    WholeTree(const System& system, const Invariant& invariant, const std::vector<Form>& counted,
              const base::Limits& limits)
        : system_(system),
          invariant_(invariant),
          counted_(counted),
          limits_(limits),
          assumed_(system.tests.size(), unsettled) {}

    enum class Result { shown, differs, stopped, deep };

    Result show(std::uint32_t state, std::size_t list, Symbol symbol, std::size_t target) {
        premises_.clear();
        for (std::uint32_t c = 0; c < system_.counters; ++c) premises_.push_back({Form::variable(c), false});
        const Invariant::List& from = invariant_.states[state][list];
        premises_.insert(premises_.end(), from.begin(), from.end());
        symbol_ = symbol;
        next_ = system_.next[state][symbol];
        target_ = target;
        return grow(0);
    }

    const Place& place() const { return place_; }
    std::string take_lines() { return std::exchange(lines_, {}); }

  private:
    Result grow(int depth) {
        if (limits_.exceeded()) return Result::stopped;
        Walk walk(system_, premises_, symbol_, assumed_);
        const Truth meant = system_.meant ? walk.language() : system_.accepting[next_] ? Truth::yes : Truth::no;
        const bool is_known = walk.program() != Truth::open && meant != Truth::open;
        const bool is_shown =
            is_known && walk.program() == meant && walk.reach(invariant_.states[next_][target_], target_).empty();
        if (is_shown || walk.close_as_impossible()) {
            lines_ += walk.lines();
            return Result::shown;
        }
        if (depth == deepest) return Result::deep;
        const auto open = walk.program() == Truth::open ? walk.candidates_of_step(system_.output)
                          : meant == Truth::open        ? walk.candidates_of_step(*system_.meant)
                                                        : walk.candidates_of_premises();
        if (!open.empty()) return split(open.front(), depth);
        if (is_known && walk.program() == meant)
            throw base::InternalError("a step does not keep to what symbols it counts");
        return cut(walk, depth);
    }

    Result split(std::uint32_t test, int depth) {
        lines_ += fmt::format("split {}\n", test);
        const int outcomes = system_.steps[system_.tests[test - 1]].outcomes();
        for (int o = 0; o < outcomes; ++o) {
            assumed_[test - 1] = o;
            if (const Result result = grow(depth + 1); result != Result::shown) return result;
        }
        assumed_[test - 1] = unsettled;
        return Result::shown;
    }

    /// Program and language differ here, if whole numbers fulfil all that is assumed.
    Result cut(const Walk& walk, int depth) {
        std::vector<Constraint> constraints;
        for (const Constraint& premise : walk.premises()) {
            Form form = Form::number(premise.form.constant);
            for (const auto& [counter, times] : premise.form.terms) form = plus(form, times, counted_[counter]);
            if (form.is_constant() && (premise.is_equation ? form.constant == 0 : form.constant >= 0)) continue;
            constraints.push_back({std::move(form), premise.is_equation});
        }
        const auto symbols = static_cast<std::uint32_t>(system_.symbols);
        const Branch next = branch(constraints, symbols);
        if (std::holds_alternative<Nowhere>(next)) throw base::InternalError("a contradiction has no sum");
        if (const auto* point = std::get_if<Point>(&next)) {
            const auto small = small_point(constraints, symbols, limits_);
            place_ = {small ? *small : *point, symbol_};
            return Result::differs;
        }
        return halves(std::get<Cut>(next), depth);
    }

    Result halves(const Cut& cut, int depth) {
        Form form;
        std::string text = "cut";
        for (const auto& [symbol, times] : cut.form.terms) {
            const auto counter = static_cast<std::uint32_t>(system_.counters - system_.symbols + symbol);
            form.terms.emplace_back(counter, times);
            text += fmt::format(" {} {}", counter + 1, times.get_str());
        }
        lines_ += fmt::format("{} 0 {}\n", text, cut.at.get_str());
        premises_.push_back({plus(Form::number(cut.at), -1, form), false});
        Result result = grow(depth + 1);
        if (result == Result::shown) {
            premises_.back() = {plus(Form::number(-cut.at - 1), 1, form), false};
            result = grow(depth + 1);
        }
        premises_.pop_back();
        return result;
    }

    const System& system_;
    const Invariant& invariant_;
    const std::vector<Form>& counted_;
    const base::Limits& limits_;
    std::vector<int> assumed_;
    std::vector<Constraint> premises_;
    Symbol symbol_ = 0;
    std::uint32_t next_ = 0;
    std::size_t target_ = 0;
    std::string lines_;
    Place place_;
};

class DepthOne {
  public:
    DepthOne(const System& system, const base::Limits& limits)
        : given_(system), system_(with_symbol_counts(system)), limits_(limits), counted_(counted_symbols(system_)) {}

    Outcome decide() {
        auto seen = order_free(system_);
        if (const auto* exchange = std::get_if<Exchange>(&seen)) return on_one_of(*exchange);
        if (const auto* loop = std::get_if<Loop>(&seen)) return on_loop(*loop);
        kinds_ = std::get<Kinds>(std::move(seen));
        if (!reach_cells()) return stopped_or("more lists than are written, 20,000, say how often symbols may stand");
        return by_cases();
    }

  private:
    using Cell = std::vector<std::uint32_t>;  // by kind: so often, and at the threshold at least so often

    Outcome stopped_or(const char* detail) const {
        const auto limit = limits_.exceeded();
        return {verdict::Undecided{limit ? verdict::reason_of(*limit) : verdict::Reason::unsupported,
                                   limit ? "among cases of how often symbols stand" : detail}};
    }

    Outcome on_one_of(const Exchange& exchange) const {
        for (const Word& word : {exchange.one, exchange.other})
            if (decide::Counterexample found = answers_on(given_, word); found.actual != found.expected) return {found};
        throw base::InternalError("a program of depth 1 tells apart what differs in order alone");
    }

    /// The program says the same from some number on, the language does not.
    Outcome on_loop(const Loop& loop) const {
        for (std::int64_t from = 0; from < longest_word; from = 2 * from + 1)
            for (std::int64_t more = from; more <= from + static_cast<std::int64_t>(system_.next.size()); ++more) {
                Word word = loop.before;
                word.insert(word.end(), static_cast<std::size_t>(more), loop.symbol);
                word.insert(word.end(), loop.after.begin(), loop.after.end());
                if (limits_.exceeded()) return stopped_or("");
                if (word.empty()) continue;
                decide::Counterexample found = answers_on(given_, word);
                if (found.actual != found.expected) return {found};
            }
        return stopped_or("a word that tells them apart has more than 1,000,000 symbols");
    }

    /// The cells that words lead to, with the states that they lead to. False where they are too many.
    bool reach_cells() {
        invariant_.states.resize(system_.next.size());
        numbers_.resize(system_.next.size());
        std::vector<std::pair<std::uint32_t, Cell>> waiting;
        const auto visit = [&](std::uint32_t state, const Cell& cell) {
            if (!numbers_[state].emplace(cell, invariant_.states[state].size()).second) return;
            invariant_.states[state].push_back(list_of(cell));
            waiting.emplace_back(state, cell);
        };
        visit(0, Cell(kinds_.threshold.size()));
        for (std::size_t k = 0; k < waiting.size(); ++k) {
            if (waiting.size() > most_cells || (k % 256 == 0 && limits_.exceeded())) return false;
            const auto [state, cell] = waiting[k];
            for (Symbol a = 0; a < system_.symbols; ++a) visit(system_.next[state][a], after(cell, a));
        }
        return true;
    }

    Cell after(Cell cell, Symbol a) const {
        const std::size_t kind = kinds_.of[a];
        cell[kind] = std::min(cell[kind] + 1, kinds_.threshold[kind]);
        return cell;
    }

    /// What the program's counters count, and how often symbols of each kind stand.
    Invariant::List list_of(const Cell& cell) const {
        const auto first = static_cast<std::uint32_t>(system_.counters - system_.symbols);
        Invariant::List list;
        for (std::uint32_t c = 0; c < first; ++c) {
            Form sum;
            for (const auto& [symbol, times] : counted_[c].terms) sum.terms.emplace_back(first + symbol, times);
            list.push_back({plus(sum, -1, Form::variable(c)), true});
        }
        for (std::size_t kind = 0; kind < cell.size(); ++kind) {
            if (kinds_.threshold[kind] == 0) continue;
            Form sum = Form::number(-static_cast<long>(cell[kind]));
            for (Symbol a = 0; a < system_.symbols; ++a)
                if (kinds_.of[a] == kind) sum.terms.emplace_back(first + static_cast<std::uint32_t>(a), 1);
            list.push_back({std::move(sum), cell[kind] < kinds_.threshold[kind]});
        }
        return list;
    }

    Outcome by_cases() {
        WholeTree tree(system_, invariant_, counted_, limits_);
        std::string lines;
        for (std::uint32_t q = 0; q < numbers_.size(); ++q) {
            std::vector<const Cell*> cells(numbers_[q].size());
            for (const auto& [cell, number] : numbers_[q]) cells[number] = &cell;
            for (std::size_t k = 0; k < cells.size(); ++k)
                for (Symbol a = 0; a < system_.symbols; ++a) {
                    const std::size_t target = numbers_[system_.next[q][a]].at(after(*cells[k], a));
                    switch (tree.show(q, k, a, target)) {
                        case WholeTree::Result::shown: lines += tree.take_lines(); break;
                        case WholeTree::Result::differs: return on_place(tree.place());
                        case WholeTree::Result::stopped: return stopped_or("");
                        case WholeTree::Result::deep:
                            return stopped_or("cases are nested deeper than they are written, 64");
                    }
                }
        }
        Proof proof{std::move(invariant_), std::move(lines), system_.counters, "cells"};
        proof.counts_symbols = true;
        return {std::move(proof)};
    }

    Outcome on_place(const Place& place) const {
        const auto word = word_of(place.counts, place.last);
        if (!word) return stopped_or("a word that tells them apart has more than 1,000,000 symbols");
        decide::Counterexample found = answers_on(given_, *word);
        if (found.actual == found.expected)
            throw base::InternalError("a word on which program and language were to differ does not show it");
        return {found};
    }

    const System& given_;
    const System system_;
    const base::Limits& limits_;
    const std::vector<Form> counted_;  ///< by counter
    Kinds kinds_;
    Invariant invariant_;
    std::vector<std::map<Cell, std::size_t>> numbers_;  ///< by state: of a cell its list
};

}  // namespace

bool counts_symbols_only(const System& system) { return counts_symbols(system, system.steps.size()); }
bool program_counts_symbols_only(const System& system) { return counts_symbols(system, system.own); }

std::vector<Form> counted_symbols(const System& system) {
    std::vector<Form> counted(system.counters);
    for (Symbol a = 0; a < system.symbols; ++a) {
        State state{0, std::vector<std::int64_t>(system.counters, 0)};
        read_symbol(system, state, a);
        for (std::size_t c = 0; c < counted.size(); ++c)
            if (state.counters[c] > 0) counted[c].terms.emplace_back(static_cast<std::uint32_t>(a), 1);
    }
    return counted;
}

Outcome decide_depth_one(const System& system, const base::Limits& limits) { return DepthOne(system, limits).decide(); }

decide::Counterexample answers_on(const System& system, const Word& word) {
    State state{0, std::vector<std::int64_t>(system.counters, 0)};
    Answers answers;
    for (const Symbol a : word) answers = read_symbol(system, state, a);
    decide::Counterexample found;
    found.word = word;
    found.expected = answers.language;
    found.actual = answers.program;
    return found;
}

std::optional<decide::Counterexample> exchanged_word(const System& system, const language::Language& language) {
    // By the language's symbols: aabb and abab, aabbcc and ababcc, (()) and )(().
    const std::vector<Symbol> blocks{0, 0, 1, 1}, mixed{0, 1, 0, 1}, brackets{1, 0, 0, 1};
    const bool is_blocks = std::holds_alternative<language::EqualBlocks>(language.form());
    std::vector<Symbol> end;
    if (is_blocks && language.alphabet().size() == 3) end = {2, 2};
    for (const auto& order : {blocks, is_blocks ? mixed : brackets}) {
        Word word;
        for (const auto& part : {order, end})
            for (const Symbol meant : part) {
                const auto at = std::find(system.letters.begin(), system.letters.end(), meant);
                if (at == system.letters.end()) return std::nullopt;
                word.push_back(static_cast<Symbol>(at - system.letters.begin()));
            }
        decide::Counterexample found = answers_on(system, word);
        if (found.actual != found.expected) return found;
    }
    return std::nullopt;
}

}  // namespace attest::counting
