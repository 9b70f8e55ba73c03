#include "checker/counting/walk.hpp"

#include <map>
#include <optional>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 30.4: a step of the program as far as it is known. A Boolean is true, false or open, a count a form in
// the counters before the step and in variables for what is open. All that is left open may be anything, so whatever is
// found here holds of every word.

namespace attest::checker {
namespace {

using Kind = CountingStep::Kind;
enum class Truth : std::uint8_t { no, yes, open };

Truth known(bool value) { return value ? Truth::yes : Truth::no; }
Truth negated(Truth t) { return t == Truth::open ? Truth::open : known(t == Truth::no); }
Truth both(Truth a, Truth b) {
    if (a == Truth::no || b == Truth::no) return Truth::no;
    return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::open;
}

class Leaf {
  public:
    Leaf(const CountingSystem& system, std::size_t symbol, std::vector<Premise> premises,
         const std::vector<int>& assumed, StepLines& lines, Budget& budget)
        : system_(system),
          symbol_(symbol),
          premises_(std::move(premises)),
          assumed_(assumed),
          lines_(lines),
          budget_(budget),
          truth_(system.steps.size(), Truth::open),
          form_(system.steps.size()),
          after_(system.counters),
          variables_(system.counters) {}

    void walk() {
        for (std::size_t k = 0; k < system_.steps.size(); ++k) {
            budget_.step(64);
            step(k, system_.steps[k]);
            budget_.memory(32 * form_[k].terms.size());
        }
    }

    /// The line that closes the leaf. Throws Defect where it does not.
    void close(const std::vector<LinearInvariant::Disjunct>& targets, std::optional<bool> accepts) {
        if (lines_.is_none()) {
            check_sum(lines_.scanner(), premises_, budget_);
        } else if (lines_.is_goal()) {
            answer(accepts);
            goal(targets);
        } else {
            lines_.fail("nothing asks for this test here");
        }
        lines_.scanner().end_line();
    }

  private:
    void step(std::size_t k, const CountingStep& s) {
        switch (s.kind) {
            case Kind::truth: truth_[k] = known(s.number == 1); break;
            case Kind::letter: truth_[k] = known(system_.is_letter(k, symbol_)); break;
            case Kind::negation: truth_[k] = negated(truth_[s.left]); break;
            case Kind::disjunction: truth_[k] = negated(both(negated(truth_[s.left]), negated(truth_[s.right]))); break;
            case Kind::conjunction: conjunction(k, s); break;
            case Kind::less:
            case Kind::at_most:
            case Kind::equal: comparison(k, s); break;
            case Kind::number: form_[k] = IntegerForm::number(mpz_class(static_cast<long>(s.number))); break;
            case Kind::sum: form_[k] = plus(form_[s.left], 1, form_[s.right], budget_); break;
            case Kind::difference: form_[k] = plus(form_[s.left], -1, form_[s.right], budget_); break;
            case Kind::multiple:
                form_[k] = plus({}, mpz_class(static_cast<long>(s.number)), form_[s.left], budget_);
                break;
            case Kind::count: count(k, s); break;
            case Kind::minimum:
            case Kind::maximum: extreme(k, s); break;
            case Kind::choice: choice(k, s); break;
        }
    }

    int assumed(const CountingStep& s) const { return assumed_[s.test - 1]; }
    bool is_told(const CountingStep& s) const { return lines_.test() == s.test; }

    /// The premise that an outcome of a comparison is. For `equal`: less, equal, greater; else false, true.
    Premise premise(const CountingStep& s, int outcome) {
        const IntegerForm gap = plus(form_[s.right], -1, form_[s.left], budget_);
        const auto at_least = [&](const IntegerForm& form, long least) {
            return Premise{plus(form, -1, IntegerForm::number(least), budget_), false};
        };
        const IntegerForm back = plus({}, -1, gap, budget_);
        if (s.kind == Kind::equal) return outcome == 1 ? Premise{gap, true} : at_least(outcome == 0 ? gap : back, 1);
        const long strict = s.kind == Kind::less ? 1 : 0;
        return outcome == 1 ? at_least(gap, strict) : at_least(back, 1 - strict);
    }

    static int outcomes(const CountingStep& s) { return s.kind == Kind::equal ? 3 : 2; }

    /// Whether the outcome's premise is a constant that is so; nothing where it is no constant.
    static std::optional<bool> settled(const Premise& p) {
        if (!p.form.is_constant()) return std::nullopt;
        return p.is_equation ? p.form.constant == 0 : p.form.constant >= 0;
    }

    void assume(Premise premise) {
        budget_.memory(64 + 32 * premise.form.terms.size());
        premises_.push_back(std::move(premise));
    }
    void assume_nothing_holds() { assume({IntegerForm::number(-1), false}); }

    /// The outcome of a comparison, as far as it is known.
    std::optional<int> outcome(const CountingStep& s) {
        if (const int a = assumed(s); a != unsettled) {
            assume(premise(s, a));
            return a;
        }
        for (int o = 0; o < outcomes(s); ++o) {
            const auto is_so = settled(premise(s, o));
            if (!is_so) break;
            if (*is_so) return o;
        }
        return is_told(s) ? std::optional(told(s)) : std::nullopt;
    }

    /// A line `test t o`: all other outcomes contradict the premises.
    int told(const CountingStep& s) {
        const std::int64_t o = lines_.scanner().integer();
        if (o < 0 || o >= outcomes(s)) lines_.fail("the test has no such outcome");
        for (int other = 0; other < outcomes(s); ++other) {
            if (other == o) continue;
            premises_.push_back(premise(s, other));
            check_sum(lines_.scanner(), premises_, budget_);
            premises_.pop_back();
        }
        lines_.scanner().end_line();
        lines_.next();
        return static_cast<int>(o);
    }

    void comparison(std::size_t k, const CountingStep& s) {
        if (const auto o = outcome(s)) truth_[k] = known(*o == 1);
    }

    std::size_t fresh() { return variables_++; }

    /// A Boolean that is counted, or decides a choice: true, false or open.
    Truth decided(const CountingStep& s, std::size_t of) {
        const int a = assumed(s);
        if (a == unsettled) return truth_[of];
        if (truth_[of] == Truth::open) {
            truth_[of] = known(a == 1);
            if (const auto counted = counted_.find(of); counted != counted_.end())
                assume({plus(IntegerForm::variable(counted->second), -1, IntegerForm::number(a), budget_), true});
        } else if (truth_[of] != known(a == 1)) {
            assume_nothing_holds();
        }
        return known(a == 1);
    }

    void count(std::size_t k, const CountingStep& s) {
        const IntegerForm before = IntegerForm::variable(s.counter);
        const Truth t = decided(s, s.left);
        IntegerForm more = IntegerForm::number(t == Truth::yes ? 1 : 0);
        if (t == Truth::open) {
            const auto [at, is_new] = counted_.emplace(s.left, variables_);
            if (is_new) {
                budget_.memory(64);
                more = IntegerForm::variable(fresh());
                assume({more, false});
                assume({plus(IntegerForm::number(1), -1, more, budget_), false});
            }
            more = IntegerForm::variable(at->second);
        }
        form_[k] = after_[s.counter] = plus(before, 1, more, budget_);
    }

    void choice(std::size_t k, const CountingStep& s) {
        const Truth t = decided(s, s.condition);
        form_[k] = t == Truth::open ? IntegerForm::variable(fresh()) : t == Truth::yes ? form_[s.left] : form_[s.right];
    }

    /// The comparison is that of the left one with the right one: at most.
    void extreme(std::size_t k, const CountingStep& s) {
        CountingStep compared = s;
        compared.kind = Kind::at_most;
        const auto o = outcome(compared);
        if (!o) form_[k] = IntegerForm::variable(fresh());
        else form_[k] = (*o == 1) == (s.kind == Kind::minimum) ? form_[s.left] : form_[s.right];
    }

    void conjunction(std::size_t k, const CountingStep& s) {
        truth_[k] = both(truth_[s.left], truth_[s.right]);
        if (const int a = assumed(s); a != unsettled) {
            if (truth_[k] == negated(known(a == 1))) assume_nothing_holds();
            truth_[k] = known(a == 1);
        } else if (truth_[k] == Truth::open && is_told(s)) {
            refute(k);
            truth_[k] = Truth::no;
        }
    }

    /// A line `test t 0` of a conjunction: that all its parts are true contradicts the premises.
    void refute(std::size_t k) {
        if (lines_.scanner().integer() != 0) lines_.fail("a conjunction is told to be false only");
        const std::size_t before = premises_.size();
        add_parts(k);
        check_sum(lines_.scanner(), premises_, budget_);
        premises_.resize(before);
        lines_.scanner().end_line();
        lines_.next();
    }

    /// What is so if the step is true: of a conjunction what its parts say, left before right.
    void add_parts(std::size_t top) {
        std::vector<std::size_t> waiting{top};
        while (!waiting.empty()) {
            const std::size_t k = waiting.back();
            waiting.pop_back();
            budget_.step(64);
            const CountingStep& s = system_.steps[k];
            if (truth_[k] != Truth::open) continue;
            add_part(k, true);
            if (s.kind != Kind::conjunction) continue;
            waiting.push_back(s.right);
            waiting.push_back(s.left);
        }
    }
    void add_part(std::size_t k, bool is_true) {
        const CountingStep& s = system_.steps[k];
        if (s.kind == Kind::negation && is_true) return add_part(s.left, false);
        if (s.is_comparison() && (is_true || s.kind != Kind::equal)) assume(premise(s, is_true ? 1 : 0));
        if (const auto counted = counted_.find(k); counted != counted_.end())
            assume({plus(IntegerForm::variable(counted->second), -1, IntegerForm::number(is_true ? 1 : 0), budget_),
                    true});
    }

    /// The program says what the language says.
    void answer(std::optional<bool> accepts) const {
        const Truth said = truth_[system_.output];
        const Truth meant = accepts ? known(*accepts) : truth_[*system_.meant];
        if (said == Truth::open) lines_.fail("what the program says is left open");
        if (meant == Truth::open) lines_.fail("what the language says is left open");
        if (said != meant) lines_.fail("the program does not say what the language says");
    }

    /// A line `goal j`: each constraint of the list holds of the counters after the step.
    void goal(const std::vector<LinearInvariant::Disjunct>& targets) {
        const std::int64_t number = lines_.scanner().integer();
        if (number < 1 || static_cast<std::size_t>(number) > targets.size())
            lines_.fail("the next state has no such list");
        for (const Premise& constraint : targets[static_cast<std::size_t>(number - 1)]) {
            IntegerForm form = IntegerForm::number(constraint.form.constant);
            for (const auto& [counter, times] : constraint.form.terms)
                form = plus(form, times, after_[counter], budget_);
            if (const auto is_so = settled({form, constraint.is_equation}); is_so && *is_so) continue;
            refuse_above(plus({}, -1, form, budget_));
            if (constraint.is_equation) refuse_above(form);
        }
    }

    /// That the form is at least 1 contradicts the premises.
    void refuse_above(const IntegerForm& form) {
        premises_.push_back({plus(form, -1, IntegerForm::number(1), budget_), false});
        check_sum(lines_.scanner(), premises_, budget_);
        premises_.pop_back();
    }

    const CountingSystem& system_;
    std::size_t symbol_;
    std::vector<Premise> premises_;
    const std::vector<int>& assumed_;
    StepLines& lines_;
    Budget& budget_;
    std::vector<Truth> truth_;                    ///< by step
    std::vector<IntegerForm> form_;               ///< by step
    std::vector<IntegerForm> after_;              ///< by counter
    std::map<std::size_t, std::size_t> counted_;  ///< the variable that is 1 if the step is true, else 0
    std::size_t variables_;
};

}  // namespace

void StepLines::next() {
    if (!scanner_.next_line()) throw Defect("steps.txt", "the file ends before all cases are closed");
    ++count_;
    test_ = 0;
    is_goal_ = is_none_ = false;
    kind_ = Kind::leaf;
    if (scanner_.take("split")) {
        kind_ = Kind::split;
    } else if (scanner_.take("cut")) {
        kind_ = Kind::cut;
    } else if (scanner_.take("test")) {
        const std::int64_t number = scanner_.integer();
        if (number < 1) fail("there is no such test");
        test_ = static_cast<std::size_t>(number);
    } else if (scanner_.take("goal")) {
        is_goal_ = true;
    } else if (scanner_.take("none")) {
        is_none_ = true;
    } else {
        fail("split, cut, test, goal or none was expected");
    }
}

void StepLines::end() {
    if (!scanner_.next_line()) return;
    scanner_.fail("all cases are closed before");
}

void check_leaf(const CountingSystem& system, const LinearInvariant& invariant, std::size_t state, std::size_t symbol,
                const std::vector<Premise>& premises, const std::vector<int>& assumed, StepLines& lines,
                Budget& budget) {
    const Budget::Temporary while_walking(budget);
    budget.memory(premises.size(), 128);
    budget.memory(system.steps.size() + system.counters, 96);
    Leaf leaf(system, symbol, premises, assumed, lines, budget);
    leaf.walk();
    const std::uint32_t next = system.next[state][symbol];
    leaf.close(invariant.states[next], system.meant ? std::nullopt : std::optional<bool>(system.accepting[next]));
}

}  // namespace attest::checker
