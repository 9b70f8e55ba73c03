#include <algorithm>
#include <map>

#include "build/null_space.hpp"
#include "decide/counting/find.hpp"

// An invariant by example (Houdini: Flanagan, Leino): all equations and bounds of a fixed shape that hold of the states that
// were reached, from which those are dropped that a step does not keep, until all are kept.

namespace attest::counting {

namespace {

using build::NullSpace;

/// The equations that states fulfil; column 0 is the constant.
Invariant::List equations_of(const std::vector<const State*>& states) {
    NullSpace space(states.front()->counters.size() + 1);
    for (const State* state : states) {
        NullSpace::Row row{1};
        for (const std::int64_t c : state->counters) row.emplace_back(static_cast<long>(c));
        space.add(std::move(row));
    }
    Invariant::List list;
    for (const NullSpace::Row& row : space.basis()) {
        const mpz_class scale = NullSpace::scale(row);
        Form form = Form::number(mpz_class(row[0] * scale));
        for (std::size_t c = 1; c < row.size(); ++c)
            if (row[c] != 0) form.terms.emplace_back(static_cast<std::uint32_t>(c - 1), mpz_class(row[c] * scale));
        list.push_back({std::move(form), true});
    }
    return list;
}

/// What the program's comparisons compare, as forms in the counters after the step, as far as it has such forms.
std::vector<Form> compared_forms(const System& system) {
    using Kind = Step::Kind;
    std::vector<std::optional<Form>> forms(system.steps.size());
    std::vector<Form> result;
    const auto add = [&](const Form& left, const Form& right) {
        Form gap = plus(right, -1, left);
        gap.constant = 0;
        if (gap.is_constant()) return;
        if (gap.terms.front().second < 0) gap = negative(gap);
        const auto same = [&](const Form& f) { return f.terms == gap.terms; };
        if (std::none_of(result.begin(), result.end(), same)) result.push_back(gap);
    };
    for (std::size_t k = 0; k < system.steps.size(); ++k) {
        const Step& s = system.steps[k];
        const auto &l = forms[s.left], &r = forms[s.right];
        switch (s.kind) {
            case Kind::integer: forms[k] = Form::number(static_cast<long>(s.number)); break;
            case Kind::before: forms[k] = Form::variable(s.counter); break;
            case Kind::sum:
                if (l && r) forms[k] = plus(*l, 1, *r);
                break;
            case Kind::difference:
                if (l && r) forms[k] = plus(*l, -1, *r);
                break;
            case Kind::multiple:
                if (l) forms[k] = plus({}, mpz_class(static_cast<long>(s.number)), *l);
                break;
            case Kind::less:
            case Kind::less_equal:
            case Kind::equal:
            case Kind::minimum:
            case Kind::maximum:
                if (l && r) add(*l, *r);
                break;
            default: break;
        }
    }
    for (std::uint32_t c = 0; c < system.counters; ++c) add({}, Form::variable(c));
    return result;
}

mpz_class value_of(const Form& form, const State& state) {
    mpz_class value = form.constant;
    for (const auto& [counter, times] : form.terms) value += times * static_cast<long>(state.counters[counter]);
    return value;
}

Invariant::List describe(const std::vector<const State*>& states, const std::vector<Form>& forms) {
    Invariant::List list = equations_of(states);
    constexpr long farthest = 24;  // a bound beyond is that of the words that were looked at
    for (const Form& form : forms) {
        mpz_class least = value_of(form, *states.front()), greatest = least;
        for (const State* state : states) {
            const mpz_class value = value_of(form, *state);
            if (value < least) least = value;
            if (value > greatest) greatest = value;
        }
        if (least == greatest) continue;  // an equation says it
        const bool is_counter = form.terms.size() == 1;
        if (abs(least) <= farthest && !(is_counter && least == 0)) list.push_back({plus(form, -least.get_si()), false});
        if (abs(greatest) <= farthest) list.push_back({plus(negative(form), greatest.get_si()), false});
    }
    return list;
}

/// Which counters are 0.
std::vector<bool> zeros(const State& state) {
    std::vector<bool> pattern;
    for (const std::int64_t c : state.counters) pattern.push_back(c == 0);
    return pattern;
}

Invariant suggest(const System& system, const std::vector<State>& reached, bool by_zeros) {
    std::map<std::pair<std::uint32_t, std::vector<bool>>, std::vector<const State*>> groups;
    for (const State& state : reached)
        groups[{state.automaton, by_zeros ? zeros(state) : std::vector<bool>()}].push_back(&state);
    const std::vector<Form> forms = compared_forms(system);
    Invariant invariant{std::vector<std::vector<Invariant::List>>(system.next.size())};
    for (const auto& [key, states] : groups) invariant.states[key.first].push_back(describe(states, forms));
    return invariant;
}

/// Drops what steps do not keep. False where the answers are not what follows.
bool drop_what_is_not_kept(const System& system, Invariant& invariant, const base::Limits& limits) {
    for (bool changed = true; changed;) {
        changed = false;
        for (std::uint32_t q = 0; q < invariant.states.size(); ++q)
            for (std::size_t k = 0; k < invariant.states[q].size(); ++k)
                for (language::Symbol a = 0; a < system.symbols; ++a) {
                    if (limits.exceeded()) return false;
                    constexpr std::size_t most_cases = 200;
                    const Shown shown = show_step(system, invariant, q, k, a, most_cases);
                    if (!shown.gap) continue;
                    if (shown.gap->answers || shown.gap->constraints.empty()) return false;
                    Invariant::List& list = invariant.states[shown.gap->state][shown.gap->list];
                    for (auto c = shown.gap->constraints.rbegin(); c != shown.gap->constraints.rend(); ++c)
                        list.erase(list.begin() + static_cast<std::ptrdiff_t>(*c));
                    changed = true;
                }
    }
    return true;
}

}  // namespace

std::optional<Proof> invariant_of_words(const System& system, const std::vector<State>& reached,
                                        const base::Limits& limits) {
    constexpr std::size_t most_lists = 200;
    for (const bool by_zeros : {false, true}) {
        Invariant invariant = suggest(system, reached, by_zeros);
        std::size_t lists = 0;
        for (const auto& state : invariant.states) lists += state.size();
        if (lists > most_lists || !drop_what_is_not_kept(system, invariant, limits)) continue;
        auto shown = show_inductive(system, invariant, limits);
        if (shown && !shown->gap && holds_at_start(invariant))
            return Proof{std::move(invariant), std::move(shown->lines), system.counters, "words"};
    }
    return std::nullopt;
}

}  // namespace attest::counting
