#include <algorithm>
#include <set>

#include "attest/base/error.hpp"
#include "symbolic.hpp"

// What may occur, from the bottom layer to the top: which vectors, and so which queries, and so which kinds a register may
// hold. The first position is known exactly, if it is a begin symbol.

namespace attest::induction {

using circuit::bottom;
using circuit::Literal;
using circuit::top;

Symbolic::Symbolic(Machine& machine) : m_(machine), t_(machine.transformer_) {
    for (const Machine::Layer& layer : m_.layers_)
        for (const Machine::Head& head : layer.heads) {
            phases_matter_ = phases_matter_ || head.machine.looks_at_phase();
            if (head.machine.sees_right())
                throw base::Unsupported("a head looks to the right: such models have no circuit at all lengths");
        }
    lay_out();
}

void Symbolic::lay_out() {
    const std::uint32_t phases = m_.parameters_.phases();
    phase_.assign(phases, bottom);
    for (std::uint32_t f = t_.begin ? m_.parameters_.next(0) : 0; phase_[f] == bottom; f = m_.parameters_.next(f))
        phase_[f] = top;
    for (Machine::Layer& layer : m_.layers_) seats_.emplace_back(layer.heads.size());
    Cases<Item> letters, begin, ends;
    for (language::Symbol a = 0; a < t_.alphabet.size(); ++a) embed(a, top, phase_, letters);
    std::vector<Literal> first(phases, bottom);
    first[0] = top;
    if (t_.begin) embed(Machine::begin, top, first, begin);
    if (t_.end) embed(Machine::end, top, phase_, ends);
    Values at_letters = merged(letters), at_begin = merged(begin), at_end = merged(ends);
    for (std::size_t l = 0; l < m_.attending_; ++l) {
        lay_out(l, at_letters, at_begin, at_end);
        if (l + 1 == m_.attending_) break;
        blank();
        at_begin = above(l, at_begin);
        set_possible();
        at_letters = above(l, at_letters);
        at_end = above(l, at_end);
    }
}

std::set<Symbolic::Kind> Symbolic::kinds(std::size_t l, Machine::Head& head, HeadMachine::Query query,
                                         const Values& items) const {
    std::set<Kind> result;
    for (const auto& [item, is] : items) result.insert(kind(head, query, stored(l, item)));
    return result;
}

/// The seats of one layer.
void Symbolic::lay_out(std::size_t l, const Values& letters, const Values& begin, const Values& ends) {
    Machine::Layer& layer = m_.layers_[l];
    for (std::size_t h = 0; h < layer.heads.size(); ++h) {
        Machine::Head& head = layer.heads[h];
        if (!head.machine.sees_left()) continue;
        Seat& seat = seats_[l][h];
        std::map<HeadMachine::Query, Values> askers;
        for (const Values* values : {&letters, &ends})
            for (const auto& [item, is] : *values)
                if (values == &ends || !layer.last || !t_.end) askers[query(head, item)].emplace(item, is);
        std::set<Item> near;
        for (const Values* values : {&letters, &begin})
            for (const auto& [item, is] : *values) near.insert(stored(l, item));
        const auto window = static_cast<std::size_t>(head.machine.window());
        if (window > 0) seat.near.assign(near.begin(), near.end());
        seat.is.assign(window, std::vector<Literal>(seat.near.size(), bottom));
        seat.empty.assign(window, top);
        for (const auto& [q, own] : askers) {
            const std::set<Kind> comers = kinds(l, head, q, letters), first = kinds(l, head, q, begin);
            std::set<Kind> all = comers;
            all.insert(first.begin(), first.end());
            if (!head.machine.forgets({Place::Kind::old, 0}, all, kinds(l, head, q, own), all))
                add_register(head, seat, q, comers, first);
        }
    }
}

/// What it may hold: what comes first, and what is preferred to something that it may hold.
void Symbolic::add_register(Machine::Head& head, Seat& seat, HeadMachine::Query query, const std::set<Kind>& comers,
                            const std::set<Kind>& begin) {
    const Place old{Place::Kind::old, 0};
    Register reg;
    reg.query = query;
    reg.may_be_empty = begin.empty() || head.machine.window() > 0;
    std::set<Kind> held = begin.empty() ? comers : begin;
    std::vector<Kind> open(held.begin(), held.end());
    for (std::size_t k = 0; k < open.size(); ++k)
        for (const Kind c : comers)
            if (!held.contains(c) && head.machine.later_wins(old, open[k], old, c)) {
                held.insert(c);
                open.push_back(c);
            }
    reg.kinds.assign(held.begin(), held.end());
    reg.is.assign(reg.kinds.size(), bottom);
    seat.registers.push_back(std::move(reg));
}

/// Before the first position.
void Symbolic::blank() {
    for (auto& layer : seats_)
        for (Seat& seat : layer) {
            for (Register& reg : seat.registers) {
                reg.is.assign(reg.kinds.size(), bottom);
                reg.empty = top;
            }
            for (auto& near : seat.is) near.assign(near.size(), bottom);
            seat.empty.assign(seat.is.size(), top);
        }
}

/// All that may be held, at once.
void Symbolic::set_possible() {
    for (auto& layer : seats_)
        for (Seat& seat : layer) {
            for (Register& reg : seat.registers) {
                reg.is.assign(reg.kinds.size(), top);
                reg.empty = reg.may_be_empty ? top : bottom;
            }
            for (auto& near : seat.is) near.assign(near.size(), top);
            seat.empty.assign(seat.is.size(), top);
        }
}

}  // namespace attest::induction
