#include "step_circuit.hpp"

#include <algorithm>

#include "attest/base/error.hpp"

// FORMAT.md, section 31: the gates of a step, in the order of the text. The checker makes them a second time.

namespace attest::induction {

using circuit::bottom;
using circuit::Literal;
using circuit::top;
using language::Symbol;

std::vector<Literal> next_states(circuit::Builder& builder, const language::Dfa& automaton,
                                 const std::vector<Symbol>& meaning, std::span<const Literal> letters,
                                 std::span<const Literal> states, Literal comes) {
    struct Way {
        std::uint32_t from = 0;
        std::vector<Literal> letters;
    };
    std::vector<std::vector<Way>> ways(automaton.size());  // to each state, from states in ascending order
    for (std::uint32_t from = 0; from < automaton.size(); ++from)
        for (Symbol a = 0; a < meaning.size(); ++a) {
            std::vector<Way>& some = ways[automaton.transition[from][meaning[a]]];
            if (some.empty() || some.back().from != from) some.push_back({from, {}});
            some.back().letters.push_back(letters[a]);
        }
    std::vector<Literal> next;
    for (std::uint32_t to = 0; to < automaton.size(); ++to) {
        std::vector<Literal> all;
        for (const Way& way : ways[to])
            all.push_back(builder.conjunction({comes, states[way.from], builder.disjunction(way.letters)}));
        all.push_back(builder.conjunction({!comes, states[to]}));
        next.push_back(builder.disjunction(all));
    }
    return next;
}

void add_letters(StepCircuit& step, std::size_t symbols) {
    step.letter_inputs = symbols == 1 ? 0 : symbols == 2 ? 1 : symbols;
    for (std::size_t k = 0; k < step.letter_inputs; ++k) {
        const Literal input(step.builder.add_input("letter " + std::to_string(k)).node(), false);
        if (symbols == 2) step.letters = {!input, input};
        else step.letters.push_back(input);
    }
    if (symbols == 1) step.letters = {top};
}

void StepMachine::add_inputs(const language::Dfa& automaton) {
    add_letters(out_, t_.alphabet.size());
    const auto add = [&](std::size_t count, bool one, const std::string& name) {
        const LatchGroup group{out_.initial.size(), count, one};
        for (std::size_t k = 0; k < count; ++k) {
            latch_.push_back({builder_.add_input(name + " " + std::to_string(k)).node(), false});
            out_.initial.push_back(k == 0 && one);
        }
        return group;
    };
    using What = LatchMeaning::What;
    if (phases_.size() > 1) {
        out_.groups.push_back(*(out_.phases = add(phases_.size(), true, "phase")));
        for (const std::uint32_t f : phases_) out_.meanings.push_back({What::phase, 0, 0, 0, f});
    }
    for (std::size_t l = 0; l < m_.attending_; ++l)
        for (std::size_t h = 0; h < seats_[l].size(); ++h)
            for (Register& reg : seats_[l][h]) {
                reg.first_latch = out_.initial.size();
                out_.groups.push_back(add(reg.kinds.size(), t_.begin.has_value(),
                                          "layer " + std::to_string(l + 1) + " head " + std::to_string(h + 1)));
                for (const Kind k : reg.kinds) out_.meanings.push_back({What::kind, l, h, reg.query, k});
            }
    out_.states = add(automaton.size(), true, "state");
    for (std::uint32_t q = 0; q < automaton.size(); ++q) {
        out_.initial[out_.states.first + q] = q == automaton.start;
        out_.meanings.push_back({What::state, 0, 0, 0, q});
    }
    next_.assign(latch_.size(), bottom);
}

void StepMachine::add_phases() {
    if (!out_.phases) return;
    for (std::size_t f = 0; f < phases_.size(); ++f) {
        Literals before;
        for (std::size_t g = 0; g < phases_.size(); ++g)
            if (m_.parameters_.next(phases_[g]) == phases_[f]) before.push_back(latch_[out_.phases->first + g]);
        next_[out_.phases->first + f] = builder_.disjunction(before);
    }
}

/// The values at boundary 0.
StepMachine::Literals StepMachine::read(const Column& column, const Literals& symbols, const Literals& phases) {
    std::vector<Literals> cases(column.values[0].size());
    for (const Case& one : column.flows[0].cases) {
        // The first flow says which symbol at which phase is which value.
        const std::size_t symbol = one.asker / phases.size(), phase = one.asker % phases.size();
        cases[one.result].push_back(builder_.conjunction({symbols[symbol], phases[phase]}));
    }
    Literals values;
    for (const Literals& some : cases) values.push_back(builder_.disjunction(some));
    return values;
}

void StepMachine::update(std::size_t l, const Literals& values) {
    for (std::size_t h = 0; h < seats_[l].size(); ++h) {
        Machine::Head& head = m_.layers_[l].heads[h];
        for (const Register& reg : seats_[l][h]) {
            StepCircuit::Register trace;
            trace.latches = {reg.first_latch, reg.kinds.size(), t_.begin.has_value()};
            std::vector<Literals> comers(reg.kinds.size());
            for (std::size_t v = 0; v < values.size(); ++v) {
                const Kind mine = kind(head, reg.query, letters_.values[l][v]);
                const auto at = std::find(reg.kinds.begin(), reg.kinds.end(), mine) - reg.kinds.begin();
                comers[static_cast<std::size_t>(at)].push_back(values[v]);
                trace.kind_of_value.push_back(static_cast<std::size_t>(at));
            }
            for (std::size_t t = 0; t < reg.kinds.size(); ++t) {
                auto& row = trace.stays.emplace_back();
                for (const Kind comer : reg.kinds)
                    row.push_back(comer == reg.kinds[t] || first_wins(head, reg.kinds[t], comer));
            }
            for (const Literals& some : comers) trace.comes.push_back(builder_.disjunction(some));
            for (std::size_t k = 0; k < reg.kinds.size(); ++k) {
                Literals over, under;
                for (std::size_t r = 0; r < reg.kinds.size(); ++r) {
                    if (r == k) continue;
                    if (first_wins(head, reg.kinds[r], reg.kinds[k])) over.push_back(latch_[reg.first_latch + r]);
                    if (!first_wins(head, reg.kinds[k], reg.kinds[r])) under.push_back(trace.comes[r]);
                }
                const Literal is_over = builder_.disjunction(over);
                const Literal taken = builder_.conjunction({trace.comes[k], !is_over});
                const Literal is_under = builder_.disjunction(under);
                const Literal stays = builder_.conjunction({latch_[reg.first_latch + k], !is_under});
                next_[reg.first_latch + k] = builder_.disjunction({taken, stays});
            }
            out_.layers[l].registers.push_back(std::move(trace));
        }
    }
}

/// latches  that the heads look at: before the position, or after the last letter
/// keep     for the record
StepMachine::Literals StepMachine::through(std::size_t l, const Flow& flow, const Literals& values,
                                           const Literals& latches, bool keep) {
    std::size_t results = 0;
    for (const Case& one : flow.cases) results = std::max(results, one.result + 1);
    std::vector<Literals> cases(results);
    std::vector<std::vector<Literals>> found;  // by asker, head, find
    const auto find_all = [&](const Asker& asker) {
        auto& heads = found.emplace_back();
        for (std::size_t h = 0; h < asker.finds.size(); ++h) {
            Literals& literals = heads.emplace_back();
            const Register* reg = asker.registers[h] ? &seats_[l][h][*asker.registers[h]] : nullptr;
            for (const Find& find : asker.finds[h]) {
                Literals some;
                for (const std::size_t e : find.entries) {
                    const std::size_t kinds = reg == nullptr ? 0 : reg->kinds.size();
                    if (e < kinds) {
                        some.push_back(latches[reg->first_latch + e]);
                        continue;
                    }
                    Literals none;
                    for (std::size_t k = 0; k < kinds; ++k) none.push_back(!latches[reg->first_latch + k]);
                    some.push_back(builder_.conjunction(none));
                }
                literals.push_back(builder_.disjunction(some));
            }
        }
    };
    for (const Case& one : flow.cases) {
        while (found.size() <= one.asker) find_all(flow.askers[found.size()]);
        Literals all{values[one.asker]};
        for (std::size_t h = 0; h < one.finds.size(); ++h) all.push_back(found[one.asker][h][one.finds[h]]);
        cases[one.result].push_back(builder_.conjunction(all));
        if (keep) out_.layers[l].cases.push_back({one.asker, cases[one.result].back(), one.result});
    }
    Literals above;
    for (const Literals& some : cases) above.push_back(builder_.disjunction(some));
    return above;
}

Literal StepMachine::accepted(const std::vector<Value>& values, const Literals& literals) {
    Literals accepting;
    for (std::size_t v = 0; v < values.size(); ++v)
        if (m_.accepts(m_.forms_[values[v].form], values[v].phase)) accepting.push_back(literals[v]);
    return builder_.disjunction(accepting);
}

/// What `chain` asks: how values flow, by entries of registers.
void StepMachine::tell_flows() {
    for (const std::uint32_t f : phases_)
        out_.phase_after.push_back(static_cast<std::size_t>(
            std::find(phases_.begin(), phases_.end(), m_.parameters_.next(f)) - phases_.begin()));
    for (const Case& one : letters_.flows[0].cases) out_.letter_values.push_back(one.result);
    if (t_.end)
        for (const Case& one : ends_.flows[0].cases) out_.end_values.push_back(one.result);
    const auto tell = [&](std::size_t l, const Flow& flow, std::vector<StepCircuit::Flow>& to) {
        std::vector<std::size_t> first{0};  // register of each head, among the layer's
        for (const auto& registers : seats_[l]) first.push_back(first.back() + registers.size());
        for (const Asker& asker : flow.askers) {
            StepCircuit::Flow& told = to.emplace_back();
            for (std::size_t h = 0; h < asker.finds.size(); ++h) {
                auto& reg = told.registers.emplace_back();
                if (asker.registers[h]) reg = first[h] + *asker.registers[h];
                const std::size_t kinds = asker.registers[h] ? seats_[l][h][*asker.registers[h]].kinds.size() : 0;
                auto& finds = told.find_of_entry.emplace_back(kinds + 1, 0);
                for (std::size_t f = 0; f < asker.finds[h].size(); ++f)
                    for (const std::size_t entry : asker.finds[h][f].entries) finds[entry] = f;
            }
        }
        for (const Case& one : flow.cases) to[one.asker].results[one.finds] = one.result;
    };
    for (std::size_t l = 0; l < t_.layers.size(); ++l) {
        if (l + 1 < letters_.flows.size()) tell(l, letters_.flows[l + 1], out_.layers[l].letters);
        if (t_.end) tell(l, ends_.flows[l + 1], out_.layers[l].ends);
    }
}

StepCircuit StepMachine::make(const language::Dfa& automaton, const std::vector<Symbol>& meaning) && {
    add_inputs(automaton);
    add_phases();
    const auto phases_of = [&](const Literals& latches) {
        if (!out_.phases) return Literals{top};
        const auto first = latches.begin() + static_cast<std::ptrdiff_t>(out_.phases->first);
        return Literals(first, first + static_cast<std::ptrdiff_t>(phases_.size()));
    };
    out_.layers.resize(t_.layers.size());
    tell_flows();
    Literals held = read(letters_, out_.letters, phases_of(latch_));
    out_.values.push_back(held);
    for (std::size_t l = 0; l < t_.layers.size(); ++l) {
        if (l < m_.attending_) update(l, held);
        if (l + 1 >= letters_.values.size()) break;
        held = through(l, letters_.flows[l + 1], held, latch_, true);
        out_.values.push_back(held);
    }
    Literal accept = bottom;
    if (!t_.end) {
        accept = accepted(letters_.values.back(), held);
    } else {
        Literals end = read(ends_, {top}, phases_of(next_));
        for (std::size_t l = 0; l < t_.layers.size(); ++l) end = through(l, ends_.flows[l + 1], end, next_, false);
        accept = accepted(ends_.values.back(), end);
    }
    const auto first = static_cast<std::ptrdiff_t>(out_.states.first);
    const Literals states =
        next_states(builder_, automaton, meaning, out_.letters, {latch_.begin() + first, latch_.end()});
    std::copy(states.begin(), states.end(), next_.begin() + first);
    Literals accepting;
    for (std::uint32_t q = 0; q < automaton.size(); ++q)
        if (automaton.accepting[q]) accepting.push_back(next_[out_.states.first + q]);
    out_.bad = builder_.exclusive_or(accept, builder_.disjunction(accepting));
    if (builder_.exhausted()) throw base::Unsupported("the circuit of a step needs more than 4 GiB");
    out_.next = next_;
    out_.machine_nodes = builder_.circuit().node_count();
    return std::move(out_);
}

}  // namespace attest::induction
