#include "checker/counting/invariant.hpp"

#include <algorithm>

#include "checker/core/cursor.hpp"
#include "checker/counting/walk.hpp"
#include "checker/kernel/defect.hpp"

// FORMAT.md, sections 30.3 and 30.4: the invariant as a file, and the trees of cases of steps.txt, in the order of states,
// lists and symbols.

namespace attest::checker {
namespace {

constexpr std::int64_t most = std::int64_t{1} << 62;

Premise read_constraint(const Cursor& at, std::size_t counters, Budget& budget) {
    if (at.size() < 2) at.fail("a relation and a constant were expected");
    Premise constraint;
    const std::string& relation = at.item(0).string();
    if (relation != "=" && relation != ">=") at.item(0).fail("\"=\" or \">=\" was expected");
    constraint.is_equation = relation == "=";
    constraint.form.constant = static_cast<long>(at.item(1).integer(-most, most));
    std::int64_t last = -1;
    for (std::size_t k = 2; k < at.size(); ++k) {
        const Cursor term = at.item(k);
        if (term.size() != 2) term.fail("a counter and a coefficient were expected");
        const std::int64_t counter = term.item(0).integer(0, static_cast<std::int64_t>(counters) - 1);
        if (counter <= last) term.fail("the counters do not ascend");
        last = counter;
        const std::int64_t coefficient = term.item(1).integer(-most, most);
        if (coefficient == 0) term.fail("a coefficient is 0");
        budget.memory(64);
        constraint.form.terms.emplace_back(static_cast<std::size_t>(counter), static_cast<long>(coefficient));
    }
    return constraint;
}

/// The trees of one list of constraints and one symbol.
class Trees {
  public:
    Trees(const CountingSystem& system, const LinearInvariant& invariant, StepLines& lines, Budget& budget)
        : system_(system), invariant_(invariant), lines_(lines), budget_(budget), assumed_(system.tests, unsettled) {
        for (std::size_t k = 0; k < system.steps.size(); ++k)
            if (system.steps[k].test > 0) tests_.push_back(k);
    }

    void check(std::size_t state, const LinearInvariant::Disjunct& list, std::size_t symbol) {
        const Budget::Temporary while_checking(budget_);
        std::vector<Premise> premises;
        for (std::size_t c = 0; c < system_.counters; ++c) premises.push_back({IntegerForm::variable(c), false});
        premises.insert(premises.end(), list.begin(), list.end());
        for (const Premise& premise : premises) budget_.memory(64 + 32 * premise.form.terms.size());
        where_ = {state, symbol};
        tree(premises, 0);
    }

  private:
    void tree(const std::vector<Premise>& premises, int depth) {
        lines_.next();
        if (depth > most_cases && lines_.kind() != StepLines::Kind::leaf)
            lines_.fail("cases are nested deeper than 64");
        switch (lines_.kind()) {
            case StepLines::Kind::split: return split(premises, depth);
            case StepLines::Kind::cut: return cut(premises, depth);
            case StepLines::Kind::leaf: break;
        }
        check_leaf(system_, invariant_, where_.first, where_.second, premises, assumed_, lines_, budget_);
    }

    void split(const std::vector<Premise>& premises, int depth) {
        const std::int64_t test = lines_.scanner().integer();
        lines_.scanner().end_line();
        if (test < 1 || static_cast<std::size_t>(test) > assumed_.size()) lines_.fail("there is no such test");
        const auto at = static_cast<std::size_t>(test - 1);
        if (assumed_[at] != unsettled) lines_.fail("the test is split already");
        const int outcomes = system_.steps[tests_[at]].kind == CountingStep::Kind::equal ? 3 : 2;
        for (int outcome = 0; outcome < outcomes; ++outcome) {
            assumed_[at] = outcome;
            tree(premises, depth + 1);
        }
        assumed_[at] = unsettled;
    }

    /// A form is at most b, or at least b + 1.
    void cut(const std::vector<Premise>& premises, int depth) {
        IntegerForm form;
        while (const std::int64_t number = lines_.scanner().integer()) {
            if (number < 0 || static_cast<std::size_t>(number) > system_.counters)
                lines_.fail("there is no such counter");
            const mpz_class times(static_cast<long>(lines_.scanner().integer()));
            form = plus(form, times, IntegerForm::variable(static_cast<std::size_t>(number - 1)), budget_);
        }
        const mpz_class bound(static_cast<long>(lines_.scanner().integer()));
        lines_.scanner().end_line();
        std::vector<Premise> with = premises;
        budget_.step(premises.size(), 64);
        budget_.memory(premises.size(), 128);
        with.push_back({plus(IntegerForm::number(bound), -1, form, budget_), false});
        tree(with, depth + 1);
        with.back() = {plus(form, -1, IntegerForm::number(bound + 1), budget_), false};
        tree(with, depth + 1);
    }

    static constexpr int most_cases = 63;

    const CountingSystem& system_;
    const LinearInvariant& invariant_;
    StepLines& lines_;
    Budget& budget_;
    std::vector<std::size_t> tests_;  ///< the steps that are tests, in order
    std::vector<int> assumed_;        ///< by test
    std::pair<std::size_t, std::size_t> where_;
};

}  // namespace

LinearInvariant read_linear_invariant(std::string_view bytes, std::size_t states, std::size_t counters,
                                      Budget& budget) {
    const Json json = parse_json(bytes, "invariant.json", budget);
    const Cursor at(json, "invariant.json");
    if (at.size() != states) at.fail(std::to_string(states) + " states were expected");
    LinearInvariant invariant;
    for (std::size_t q = 0; q < states; ++q) {
        const Cursor lists = at.item(q);
        auto& state = invariant.states.emplace_back();
        for (std::size_t k = 0; k < lists.size(); ++k) {
            const Cursor list = lists.item(k);
            budget.memory(64);
            auto& disjunct = state.emplace_back();
            for (std::size_t c = 0; c < list.size(); ++c) {
                budget.memory(96);
                disjunct.push_back(read_constraint(list.item(c), counters, budget));
            }
        }
    }
    return invariant;
}

void check_base(const LinearInvariant& invariant) {
    const auto holds_at_0 = [](const Premise& p) {
        return p.is_equation ? p.form.constant == 0 : p.form.constant >= 0;
    };
    for (const LinearInvariant::Disjunct& list : invariant.states.front())
        if (std::all_of(list.begin(), list.end(), holds_at_0)) return;
    throw Defect("invariant.json", "no list of state 0 holds where all counters are 0");
}

std::uint64_t check_inductive(const CountingSystem& system, const LinearInvariant& invariant, std::string_view steps,
                              Budget& budget) {
    budget.memory(system.tests, 16);
    StepLines lines(steps, budget);
    Trees trees(system, invariant, lines, budget);
    for (std::size_t q = 0; q < invariant.states.size(); ++q)
        for (const LinearInvariant::Disjunct& list : invariant.states[q])
            for (std::size_t a = 0; a < system.symbols; ++a) trees.check(q, list, a);
    lines.end();
    return lines.count();
}

}  // namespace attest::checker
