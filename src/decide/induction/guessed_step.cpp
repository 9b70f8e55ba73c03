#include "guessed_step.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"

// FORMAT.md, section 40: the gates of a step, in the order of the text. The checker makes them a second time.

namespace attest::induction {

using circuit::bottom;
using circuit::Literal;
using circuit::top;
using language::Symbol;

namespace {

std::vector<Literal> slice(const std::vector<Literal>& literals, std::size_t first, std::size_t count) {
    const auto at = literals.begin() + static_cast<std::ptrdiff_t>(first);
    return {at, at + static_cast<std::ptrdiff_t>(count)};
}

}  // namespace

LatchGroup GuessedStep::add_latches(std::size_t count, bool one, const std::string& name) {
    const LatchGroup group{out_.initial.size(), count, one};
    for (std::size_t k = 0; k < count; ++k) {
        latch_.push_back({builder_.add_input(fmt::format("{} {}", name, k)).node(), false});
        out_.initial.push_back(k == 0 && one);
        out_.meanings.push_back({LatchMeaning::What::other, 0, 0, 0, static_cast<std::uint32_t>(latch_.size())});
    }
    return group;
}

/// Letters, guesses, latches.
void GuessedStep::add_inputs(std::size_t states, std::size_t start) {
    add_letters(out_, t_.alphabet.size());
    for (auto& heads : seats_)
        for (Seat& seat : heads)
            for (Register& reg : seat.registers)
                for (std::size_t k = 0; k < reg.right.size(); ++k)
                    reg.guess.push_back(
                        {builder_.add_input(fmt::format("guess {}", out_.guess_inputs++)).node(), false});
    const auto add = [&](std::size_t count, bool one, const std::string& name) {
        const LatchGroup group = add_latches(count, one, name);
        if (count > 0) out_.groups.push_back(group);
        return group.first;
    };
    if (t_.begin || guesses()) begun_at_ = add_latches(1, false, "begun").first;
    if (phases_.size() > 1) out_.phases = {add(phases_.size(), true, "phase"), phases_.size(), true};
    if (guesses()) fits_at_ = add_latches(1, true, "fits").first;
    for (std::size_t l = 0; l < m_.attending_; ++l) {
        std::int64_t window = 0;
        for (const Machine::Head& head : m_.layers_[l].heads) window = std::max(window, head.machine.window());
        const std::size_t values = inner_.values[l].size();
        near_.push_back({out_.initial.size(), static_cast<std::size_t>(window) * values, false});
        for (std::int64_t d = 1; d <= window; ++d) add(values, false, fmt::format("layer {} distance {}", l + 1, d));
        for (std::size_t h = 0; h < seats_[l].size(); ++h)
            for (std::size_t r = 0; r < seats_[l][h].registers.size(); ++r) {
                Register& reg = seats_[l][h].registers[r];
                const std::string name = fmt::format("layer {} head {} query {}", l + 1, h + 1, r + 1);
                reg.far_at = add(reg.far.size(), false, name + " kind");
                reg.right_at = add(reg.right.size(), false, name + " right");
            }
    }
    out_.states = add_latches(states, true, "state");
    for (std::size_t q = 0; q < states; ++q) out_.initial[out_.states.first + q] = q == start;
    next_.assign(latch_.size(), bottom);
}

/// Of several guesses the first counts.
void GuessedStep::decode_guesses() {
    for (auto& heads : seats_)
        for (Seat& seat : heads)
            for (Register& reg : seat.registers)
                for (std::size_t k = 0; k < reg.right.size(); ++k) {
                    const Literal input = reg.guess[k];
                    reg.guess[k] = builder_.conjunction({reg.no_guess, input});
                    reg.no_guess = builder_.conjunction({reg.no_guess, !input});
                    next_[reg.right_at + k] = reg.guess[k];
                }
}

Literal GuessedStep::phase(std::uint32_t f, const Literals& latches) const {
    if (!out_.phases) return top;
    const auto at = std::find(phases_.begin(), phases_.end(), f) - phases_.begin();
    return latches[out_.phases->first + static_cast<std::size_t>(at)];
}

void GuessedStep::add_phases() {
    for (std::size_t f = 0; f < phases_.size() && out_.phases; ++f) {
        Literals before;
        for (const std::uint32_t g : phases_)
            if (m_.parameters_.next(g) == phases_[f]) before.push_back(phase(g, latch_));
        next_[out_.phases->first + f] = builder_.disjunction(before);
    }
}

GuessedStep::Literals GuessedStep::any(const std::vector<Literals>& cases) {
    Literals result;
    for (const Literals& some : cases) result.push_back(builder_.disjunction(some));
    return result;
}

/// The values at boundary 0 of the letter that is read, or of the begin symbol before all letters.
GuessedStep::Literals GuessedStep::first_letters() {
    std::vector<Literals> cases(inner_.values[0].size());
    auto value = inner_.first.begin();
    const Literal begun = t_.begin ? latch_[*begun_at_] : top;
    for (const Literal letter : out_.letters)
        for (const std::uint32_t f : letter_phases_)
            cases[*value++].push_back(builder_.conjunction({begun, letter, phase(f, latch_)}));
    if (t_.begin) cases[*value].push_back(!begun);
    return any(cases);
}

/// By kind, that a value is of it.
GuessedStep::Literals GuessedStep::of_kind(Machine::Head& head, const Register& reg, const std::vector<Kind>& kinds,
                                           const std::vector<Value>& values, const Literals& literals) {
    std::vector<Literals> cases(kinds.size());
    for (std::size_t v = 0; v < values.size(); ++v) {
        const auto at = std::find(kinds.begin(), kinds.end(), kind(head, reg.query, values[v])) - kinds.begin();
        cases[static_cast<std::size_t>(at)].push_back(literals[v]);
    }
    return any(cases);
}

/// By kind, that the preferred one of two positions is of it, one of which is left of the other.
///
/// is_left  by kind: whether the left one may be of it
GuessedStep::Literals GuessedStep::preferred(Machine::Head& head, Place where, const std::vector<Kind>& kinds,
                                             const std::vector<bool>& is_left, const Literals& left,
                                             const Literals& right) {
    const auto left_wins = [&](std::size_t l, std::size_t r) {
        return !head.machine.later_wins(where, kinds[l], where, kinds[r]);
    };
    Literals result;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        Literals over, under;
        for (std::size_t r = 0; r < kinds.size(); ++r)
            if (r != k && is_left[r] && left_wins(r, k)) over.push_back(left[r]);
        const Literal is_over = builder_.disjunction(over);
        Literal is = builder_.conjunction({right[k], !is_over});
        if (is_left[k]) {
            for (std::size_t r = 0; r < kinds.size(); ++r)
                if (r != k && !left_wins(k, r)) under.push_back(right[r]);
            const Literal is_under = builder_.disjunction(under);
            const Literal stays = builder_.conjunction({left[k], !is_under});
            is = builder_.disjunction({is, stays});
        }
        result.push_back(is);
    }
    return result;
}

void GuessedStep::update_register(std::size_t l, Machine::Head& head, const Register& reg, const Literals& held) {
    const std::vector<Value>& values = inner_.values[l];
    if (!reg.far.empty()) {
        const auto window = static_cast<std::size_t>(head.machine.window());
        const std::size_t size = values.size();
        const Literals leaving = window == 0 ? held : slice(latch_, near_[l].first + (window - 1) * size, size);
        const Literals comes = of_kind(head, reg, reg.far, values, leaving);
        const Literals best = preferred(head, {Place::Kind::old, 0}, reg.far, std::vector<bool>(reg.far.size(), true),
                                        slice(latch_, reg.far_at, reg.far.size()), comes);
        std::copy(best.begin(), best.end(), next_.begin() + static_cast<std::ptrdiff_t>(reg.far_at));
    }
    if (reg.right.empty()) return;
    const Literals here = of_kind(head, reg, reg.right, values, held);
    const Literals best = preferred(head, {Place::Kind::right, 0}, reg.right, reg.is_inner, here, reg.guess);
    for (std::size_t k = 0; k < best.size(); ++k)
        wrong_.push_back(builder_.exclusive_or(latch_[reg.right_at + k], best[k]));
}

/// What the parts of a layer hold after a position.
void GuessedStep::update(std::size_t l, const Literals& held) {
    const std::size_t count = inner_.values[l].size();
    for (std::size_t k = 0; k < near_[l].count; ++k)
        next_[near_[l].first + k] = k < count ? held[k] : latch_[near_[l].first + k - count];
    for (std::size_t h = 0; h < seats_[l].size(); ++h)
        for (const Register& reg : seats_[l][h].registers) update_register(l, m_.layers_[l].heads[h], reg, held);
}

Literal GuessedStep::none_of(const Literals& literals) {
    Literals none;
    for (const Literal l : literals) none.push_back(!l);
    return builder_.conjunction(none);
}

/// The literals of what may be at the place of a stage, in order.
GuessedStep::Literals GuessedStep::contents(std::size_t l, const Stage& stage, const Register& reg,
                                            const Literals& latches) {
    if (stage.place.kind == Place::Kind::right) {
        Literals result{reg.no_guess};
        result.insert(result.end(), reg.guess.begin(), reg.guess.end());
        return result;
    }
    if (!stage.may_be_empty) return {top};
    const std::size_t count = inner_.values[l].size();
    const Literals near =
        slice(latches, near_[l].first + static_cast<std::size_t>(stage.place.distance - 1) * count, count);
    Literals result{none_of(near)};
    result.insert(result.end(), near.begin(), near.end());
    return result;
}

/// By image, that the head brings it.
GuessedStep::Literals GuessedStep::images(std::size_t l, std::size_t h, const Search& search, const Literals& latches) {
    static const Register nothing_asked;
    const auto& registers = seats_[l][h].registers;
    const Register& reg = search.reg < registers.size() ? registers[search.reg] : nothing_asked;
    const Literals far = slice(latches, reg.far_at, reg.far.size());
    Literals found{none_of(far)};
    found.insert(found.end(), far.begin(), far.end());
    for (const Stage& stage : search.stages) {
        const Literals here = contents(l, stage, reg, latches);
        std::vector<Literals> cases(stage.results);
        for (const auto& meet : stage.meets)
            cases[meet.result].push_back(builder_.conjunction({found[meet.find], here[meet.content]}));
        found = any(cases);
    }
    std::vector<Literals> cases(search.images.size());
    for (std::size_t k = 0; k < cases.size(); ++k)
        for (const std::size_t f : search.finds[k]) cases[k].push_back(found[f]);
    return any(cases);
}

/// latches  that the heads look at: before the position, or after the last letter
GuessedStep::Literals GuessedStep::through(std::size_t l, const Column& column, const Literals& held,
                                           const Literals& latches) {
    const Flow& flow = column.flows[l];
    std::vector<Literals> cases(column.values[l + 1].size());
    std::vector<Literals> brought;  // by head, of one value
    for (std::size_t k = 0; k < flow.cases.size(); ++k) {
        const Case& one = flow.cases[k];
        if (k == 0 || flow.cases[k - 1].value != one.value) {
            brought.clear();
            for (std::size_t h = 0; h < one.images.size(); ++h)
                brought.push_back(images(l, h, flow.searches[one.value][h], latches));
        }
        Literals all{held[one.value]};
        for (std::size_t h = 0; h < one.images.size(); ++h) all.push_back(brought[h][one.images[h]]);
        cases[one.result].push_back(builder_.conjunction(all));
    }
    return any(cases);
}

Literal GuessedStep::accepted(const std::vector<Value>& values, const Literals& literals) {
    Literals accepting;
    for (std::size_t v = 0; v < values.size(); ++v)
        if (m_.accepts(m_.forms_[values[v].form], values[v].phase)) accepting.push_back(literals[v]);
    return builder_.disjunction(accepting);
}

/// What is answered if the end symbol comes next; whether it is what is guessed is added to `complete_`.
Literal GuessedStep::at_end() {
    std::vector<Literals> cases(ends_.values[0].size());
    auto value = ends_.first.begin();
    for (const std::uint32_t f : letter_phases_) cases[*value++].push_back(phase(f, next_));
    Literals held = any(cases), wrong;
    for (std::size_t l = 0; l < t_.layers.size(); ++l) {
        for (std::size_t h = 0; h < seats_[l].size(); ++h)
            for (const Register& reg : seats_[l][h].registers) {
                if (reg.right.empty()) continue;
                const Literals is = of_kind(m_.layers_[l].heads[h], reg, reg.right, ends_.values[l], held);
                for (std::size_t k = 0; k < is.size(); ++k) wrong.push_back(builder_.exclusive_or(reg.guess[k], is[k]));
            }
        held = through(l, ends_, held, next_);
    }
    if (fits_at_) complete_.push_back(!builder_.disjunction(wrong));
    return accepted(ends_.values.back(), held);
}

StepCircuit GuessedStep::make(const language::Dfa& automaton, const std::vector<Symbol>& meaning) && {
    add_inputs(automaton.size(), automaton.start);
    decode_guesses();
    add_phases();
    Literals held = first_letters();
    for (std::size_t l = 0; l < t_.layers.size(); ++l) {
        if (l < m_.attending_) update(l, held);
        if (l < inner_.flows.size()) held = through(l, inner_, held, latch_);
    }
    if (begun_at_) next_[*begun_at_] = top;
    if (fits_at_) {
        const Literal wrong = builder_.disjunction(wrong_);
        next_[*fits_at_] =
            builder_.conjunction({latch_[*fits_at_], !builder_.conjunction({latch_[*begun_at_], wrong})});
        complete_.push_back(next_[*fits_at_]);
    }
    const Literal accept = t_.end ? at_end() : accepted(inner_.values.back(), held);
    if (!t_.end)
        for (const auto& heads : seats_)
            for (const Seat& seat : heads)
                for (const Register& reg : seat.registers) complete_.push_back(reg.no_guess);
    const auto first = static_cast<std::ptrdiff_t>(out_.states.first);
    const Literals states = next_states(builder_, automaton, meaning, out_.letters,
                                        {latch_.begin() + first, latch_.end()}, t_.begin ? latch_[*begun_at_] : top);
    std::copy(states.begin(), states.end(), next_.begin() + first);
    Literals in;
    for (std::uint32_t q = 0; q < automaton.size(); ++q)
        if (automaton.accepting[q]) in.push_back(next_[out_.states.first + q]);
    const Literal member = builder_.disjunction(in);
    if (t_.begin) complete_.push_back(latch_[*begun_at_]);
    out_.right_guesses = complete_;
    out_.accept = accept;
    complete_.push_back(builder_.exclusive_or(accept, member));
    out_.bad = builder_.conjunction(complete_);
    out_.next = std::move(next_);
    if (builder_.exhausted()) throw base::Unsupported("the circuit of a step needs more than 4 GiB");
    out_.reads_begin = t_.begin.has_value();
    out_.machine_nodes = out_.circuit().node_count();
    return std::move(out_);
}

}  // namespace attest::induction
