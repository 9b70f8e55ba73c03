#include "decide/counting/walk.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::counting {

namespace {

using Kind = Step::Kind;

Truth known(bool value) { return value ? Truth::yes : Truth::no; }
Truth negated(Truth t) { return t == Truth::open ? Truth::open : known(t == Truth::no); }
Truth both(Truth a, Truth b) {
    if (a == Truth::no || b == Truth::no) return Truth::no;
    return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::open;
}

/// ` 3 1 7 2 0`: premises from 1, each with how often it is taken.
std::string sum_text(const Multipliers& sum) {
    std::string text;
    for (const auto& [premise, times] : sum) text += fmt::format(" {} {}", premise + 1, times.get_str());
    return text + " 0";
}

std::optional<bool> settled(const Constraint& c) {
    if (!c.form.is_constant()) return std::nullopt;
    return c.is_equation ? c.form.constant == 0 : c.form.constant >= 0;
}

void add_new(std::vector<std::uint32_t>& tests, std::uint32_t test) {
    if (std::find(tests.begin(), tests.end(), test) == tests.end()) tests.push_back(test);
}

}  // namespace

Walk::Walk(const System& system, std::vector<Constraint> premises, language::Symbol symbol,
           const std::vector<int>& assumed)
    : system_(system),
      premises_(std::move(premises)),
      symbol_(symbol),
      assumed_(assumed),
      truth_(system.steps.size(), Truth::open),
      form_(system.steps.size()),
      after_(system.counters) {
    for (std::uint32_t k = 0; k < system.steps.size(); ++k) step(k);
}

void Walk::assume(Constraint constraint) {
    premises_.push_back(std::move(constraint));
    bounds_.forget();
}

void Walk::step(std::uint32_t k) {
    const Step& s = system_.steps[k];
    switch (s.kind) {
        case Kind::constant: truth_[k] = known(s.number == 1); break;
        case Kind::symbol: truth_[k] = known(system_.is_letter(k, symbol_)); break;
        case Kind::negation: truth_[k] = negated(truth_[s.left]); break;
        case Kind::disjunction: truth_[k] = negated(both(negated(truth_[s.left]), negated(truth_[s.right]))); break;
        case Kind::conjunction: conjunction(k, s); break;
        case Kind::less:
        case Kind::less_equal:
        case Kind::equal:
            if (const auto o = outcome(s)) truth_[k] = known(*o == 1);
            break;
        case Kind::integer: form_[k] = Form::number(static_cast<long>(s.number)); break;
        case Kind::sum: form_[k] = plus(form_[s.left], 1, form_[s.right]); break;
        case Kind::difference: form_[k] = plus(form_[s.left], -1, form_[s.right]); break;
        case Kind::multiple: form_[k] = plus({}, mpz_class(static_cast<long>(s.number)), form_[s.left]); break;
        case Kind::before: count(k, s); break;
        case Kind::minimum:
        case Kind::maximum: {
            const auto o = outcome(s);
            if (!o) form_[k] = Form::variable(fresh(s));
            else form_[k] = (*o == 1) == (s.kind == Kind::minimum) ? form_[s.left] : form_[s.right];
            break;
        }
        case Kind::choice: {
            const Truth t = decided(s, s.condition);
            form_[k] = t == Truth::open ? Form::variable(fresh(s)) : t == Truth::yes ? form_[s.left] : form_[s.right];
            break;
        }
        case Kind::after:
        case Kind::name: break;  // make_system leaves none
    }
}

Constraint Walk::premise(const Step& s, int outcome) const {
    const Form gap = plus(form_[s.right], -1, form_[s.left]);
    if (s.kind == Kind::equal && outcome == 1) return {gap, true};
    const long strict = s.kind == Kind::less || s.kind == Kind::equal ? 1 : 0;
    const bool forward = s.kind == Kind::equal ? outcome == 0 : outcome == 1;
    if (forward) return {plus(gap, -strict), false};
    return {plus(negative(gap), s.kind == Kind::equal ? -1 : strict - 1), false};
}

std::optional<int> Walk::outcome(const Step& s) {
    if (const int a = assumed_[s.test - 1]; a != unsettled) {
        assume(premise(s, a));
        return a;
    }
    for (int o = 0; o < s.outcomes(); ++o) {
        const auto is_so = settled(premise(s, o));
        if (!is_so) break;
        if (*is_so) return o;
    }
    return refute_others(s);
}

/// The one outcome that the premises leave, with its line.
std::optional<int> Walk::refute_others(const Step& s) {
    std::optional<int> left;
    std::vector<std::string> sums;
    for (int o = 0; o < s.outcomes(); ++o) {
        const Constraint c = premise(s, o);
        // An equation is refuted by an inequality on one of its sides.
        auto why = bounds_.refute(c.form);
        if (!why && c.is_equation) {
            why = bounds_.refute(negative(c.form));
            if (why) why->back().second = -why->back().second;
        }
        sums.push_back(why ? sum_text(*why) : "");
        if (why) continue;
        if (left) return std::nullopt;
        left = o;
    }
    // Where all are refuted no whole numbers are left, and any will do.
    if (!left) left = s.outcomes() - 1;
    lines_ += fmt::format("test {} {}", s.test, *left);
    for (int o = 0; o < s.outcomes(); ++o)
        if (o != *left) lines_ += sums[static_cast<std::size_t>(o)];
    lines_ += "\n";
    return left;
}

std::uint32_t Walk::fresh(const Step& s) {
    fresh_.push_back(s.test);
    return system_.counters + static_cast<std::uint32_t>(fresh_.size() - 1);
}

Truth Walk::decided(const Step& s, std::uint32_t of) {
    const int a = assumed_[s.test - 1];
    if (a == unsettled) return truth_[of];
    if (truth_[of] == Truth::open) {
        truth_[of] = known(a == 1);
        only_assumed_.push_back(of);
        if (const auto at = counted_.find(of); at != counted_.end())
            assume({plus(Form::variable(at->second), -a), true});
    } else if (truth_[of] != known(a == 1)) {
        assume({Form::number(-1), false});
    }
    return known(a == 1);
}

void Walk::count(std::uint32_t k, const Step& s) {
    const Truth t = decided(s, s.left);
    Form more = Form::number(t == Truth::yes ? 1 : 0);
    if (t == Truth::open) {
        if (!counted_.contains(s.left)) {
            const std::uint32_t v = fresh(s);
            counted_.emplace(s.left, v);
            // What is known of other variables stays known.
            premises_.push_back({Form::variable(v), false});
            premises_.push_back({plus(Form::number(1), -1, Form::variable(v)), false});
        }
        more = Form::variable(counted_.at(s.left));
    }
    form_[k] = after_[s.counter] = plus(Form::variable(s.counter), 1, more);
}

void Walk::conjunction(std::uint32_t k, const Step& s) {
    truth_[k] = both(truth_[s.left], truth_[s.right]);
    if (const int a = assumed_[s.test - 1]; a != unsettled) {
        if (truth_[k] == negated(known(a == 1))) assume({Form::number(-1), false});
        truth_[k] = known(a == 1);
        return;
    }
    if (truth_[k] != Truth::open) return;
    std::vector<Constraint> parts;
    std::vector<std::uint32_t> waiting{k};
    while (!waiting.empty()) {
        const std::uint32_t part = waiting.back();
        waiting.pop_back();
        const Step& p = system_.steps[part];
        if (truth_[part] != Truth::open) continue;
        add_part(parts, part, true);
        if (p.kind != Kind::conjunction) continue;
        waiting.push_back(p.right);
        waiting.push_back(p.left);
    }
    if (parts.size() < 2) return;  // one part alone would have been settled where it stands
    const auto why = contradiction(premises_, parts);
    if (!why) return;
    lines_ += fmt::format("test {} 0{}\n", s.test, sum_text(*why));
    truth_[k] = Truth::no;
}

/// What is so if an open part of a conjunction is true.
void Walk::add_part(std::vector<Constraint>& parts, std::uint32_t k, bool is_true) const {
    const Step& s = system_.steps[k];
    if (s.kind == Kind::negation && is_true) return add_part(parts, s.left, false);
    if (s.is_comparison() && (is_true || s.kind != Kind::equal)) parts.push_back(premise(s, is_true ? 1 : 0));
    if (const auto at = counted_.find(k); at != counted_.end())
        parts.push_back({plus(Form::variable(at->second), is_true ? -1 : 0), true});
}

Form Walk::after(const Constraint& constraint) const {
    Form form = Form::number(constraint.form.constant);
    for (const auto& [counter, times] : constraint.form.terms) form = plus(form, times, after_[counter]);
    return form;
}

std::vector<std::size_t> Walk::reach(const Invariant::List& target, std::size_t number) {
    std::string line = fmt::format("goal {}", number + 1);
    std::vector<std::size_t> missing;
    for (std::size_t c = 0; c < target.size(); ++c) {
        const Form form = after(target[c]);
        if (const auto is_so = settled({form, target[c].is_equation}); is_so && *is_so) continue;
        const auto below = bounds_.refute(plus(negative(form), -1));
        const auto above = target[c].is_equation ? bounds_.refute(plus(form, -1)) : std::optional(Multipliers{});
        if (!below || !above) {
            missing.push_back(c);
            continue;
        }
        line += sum_text(*below);
        if (target[c].is_equation) line += sum_text(*above);
    }
    if (missing.empty()) lines_ += line + "\n";
    return missing;
}

bool Walk::close_as_impossible() {
    const auto why = contradiction(premises_);
    if (why) lines_ += "none" + sum_text(*why) + "\n";
    return why.has_value();
}

/// A count that is open is decided by the one comparison below it, or else as a whole.
void Walk::of_variable(std::uint32_t variable, std::vector<std::uint32_t>& tests) const {
    const std::uint32_t test = fresh_[variable - system_.counters];
    const Step& s = system_.steps[system_.tests[test - 1]];
    if (s.kind != Kind::before && s.kind != Kind::choice) return add_new(tests, test);
    std::vector<std::uint32_t> below;
    open_tests(s.kind == Kind::before ? s.left : s.condition, below, false);
    if (below.size() == 1) add_new(tests, below.front());
    else add_new(tests, test);
}

/// The comparisons below an open Boolean that are open themselves.
void Walk::open_tests(std::uint32_t top, std::vector<std::uint32_t>& tests, bool through_counts) const {
    std::vector<std::uint32_t> waiting{top};
    while (!waiting.empty()) {
        const std::uint32_t k = waiting.back();
        waiting.pop_back();
        const Step& s = system_.steps[k];
        if (truth_[k] != Truth::open && k != top) continue;
        if (s.kind == Kind::negation) waiting.push_back(s.left);
        if (s.kind == Kind::conjunction || s.kind == Kind::disjunction) {
            waiting.push_back(s.right);
            waiting.push_back(s.left);
        }
        if (!s.is_comparison() || assumed_[s.test - 1] != unsettled) continue;
        const Form gap = plus(form_[s.right], -1, form_[s.left]);
        if (through_counts)
            for (const auto& term : gap.terms)
                if (term.first >= system_.counters) of_variable(term.first, tests);
        add_new(tests, s.test);
    }
}

std::vector<std::uint32_t> Walk::candidates_of_step(std::uint32_t step) const {
    std::vector<std::uint32_t> tests;
    open_tests(step, tests, true);
    return tests;
}

std::vector<std::uint32_t> Walk::candidates_of_constraint(const Constraint& constraint) const {
    std::vector<std::uint32_t> tests;
    const Form form = after(constraint);
    for (const auto& term : form.terms)
        if (term.first >= system_.counters) of_variable(term.first, tests);
    return tests;
}

std::vector<std::uint32_t> Walk::candidates_of_premises() const {
    std::vector<std::uint32_t> tests;
    for (const Constraint& premise : premises_)
        for (const auto& term : premise.form.terms)
            if (term.first >= system_.counters) of_variable(term.first, tests);
    return tests;
}

std::vector<std::uint32_t> Walk::candidates_below() const {
    std::vector<std::uint32_t> tests;
    for (const std::uint32_t k : only_assumed_) open_tests(k, tests, true);
    return tests;
}

}  // namespace attest::counting
