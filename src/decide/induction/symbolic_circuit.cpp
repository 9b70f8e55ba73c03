#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/decide/induction/induction.hpp"
#include "attest/network/evaluate.hpp"
#include "decide/induction/sequential.hpp"
#include "guessed_step.hpp"
#include "parameters.hpp"
#include "symbolic.hpp"

// Latches, inputs and ports around one position of the machine.

namespace attest::induction {

using circuit::bottom;
using circuit::Literal;
using circuit::top;
using language::Symbol;

namespace {

constexpr std::size_t most_bytes = std::size_t{4} << 30;

}  // namespace

/// A new bit of the memory; its literal. What it is next is set at the end.
Literal Symbolic::latch(const std::string& name, bool initial, const LatchMeaning& meaning) {
    meanings_.push_back(meaning);
    const Literal input = builder_->add_input(initial ? "not " + name : name);
    latches_.push_back({initial ? "not " + name : name, bottom, initial});
    return input ^ initial;
}

std::vector<Literal> Symbolic::add_inputs() {
    std::vector<Literal> inputs;
    const std::size_t size = t_.alphabet.size();
    for (Symbol a = 0; a + 1 < size; ++a)
        inputs.push_back(builder_->add_input(size == 2 ? "x" : fmt::format("x={}", t_.alphabet.symbol(a))));
    return inputs;
}

/// What is remembered first, in `next_`: constants all.
void Symbolic::read_begin() {
    blank();
    next_ = seats_;
    if (!t_.begin) return;
    Cases<Item> cases;
    std::vector<Literal> first(m_.parameters_.phases(), bottom);
    first[0] = top;
    embed(Machine::begin, top, first, cases);
    const Values held = pass(merged(cases), true, !t_.end);
    begin_accepts_ = !t_.end && accepted(held) == top;
    first_phase_ = m_.parameters_.next(0);
}

/// Latches for all that may be remembered. That nothing is there is no bit of its own.
void Symbolic::add_latches(const language::Dfa* automaton, std::int64_t from) {
    using What = LatchMeaning::What;
    if (std::count(phase_.begin(), phase_.end(), top) > 1)
        for (std::uint32_t f = 0; f < phase_.size(); ++f)
            if (phase_[f] == top) {
                phase_[f] = latch(fmt::format("phase {}", f + 1), f == first_phase_, {What::phase, 0, 0, 0, f});
                phase_latches_.push_back(f);
            }
    for (std::size_t l = 0; l < seats_.size(); ++l)
        for (std::size_t h = 0; h < seats_[l].size(); ++h) {
            const Seat& first = next_[l][h];
            Seat& seat = seats_[l][h];
            const std::string head = fmt::format("layer {} head {}", l + 1, h + 1);
            for (std::size_t r = 0; r < seat.registers.size(); ++r) {
                Register& reg = seat.registers[r];
                for (std::size_t k = 0; k < reg.kinds.size(); ++k)
                    reg.is[k] = latch(fmt::format("{} query {} kind {}", head, r + 1, k + 1),
                                      first.registers[r].is[k] == top, {What::kind, l, h, reg.query, reg.kinds[k]});
            }
            for (std::size_t d = 0; d < seat.is.size(); ++d)
                for (std::size_t v = 0; v < seat.near.size(); ++v)
                    seat.is[d][v] =
                        latch(fmt::format("{} distance {} vector {}", head, d + 1, v + 1), first.is[d][v] == top, {});
        }
    if (automaton != nullptr)
        for (std::uint32_t q = 0; q < automaton->size(); ++q)
            states_.push_back(latch(fmt::format("state {}", q), q == automaton->start, {What::state, 0, 0, 0, q}));
    if (!t_.end) answer_ = latch("answer", begin_accepts_, {});
    if (automaton != nullptr && from == 1) started_ = latch("started", false, {});
    for (auto& layer : seats_)
        for (Seat& seat : layer) {
            for (Register& reg : seat.registers) reg.empty = reg.may_be_empty ? !any(reg.is) : bottom;
            for (std::size_t d = 0; d < seat.is.size(); ++d) seat.empty[d] = !any(seat.is[d]);
        }
}

/// The letter that is read, one-hot.
std::vector<Literal> Symbolic::letters(const std::vector<Literal>& inputs) {
    if (t_.alphabet.size() == 2) return {!inputs[0], inputs[0]};
    std::vector<Literal> result;
    Literal none_before = top;
    for (const Literal input : inputs) {
        result.push_back(both(none_before, input));
        none_before = both(none_before, !input);
    }
    result.push_back(none_before);
    return result;
}

/// What is remembered after a letter, in `next_`. Gives what the model answers if it is the last symbol of all.
Literal Symbolic::read_letter(const std::vector<Literal>& letters) {
    next_ = seats_;
    Cases<Item> cases;
    for (Symbol a = 0; a < letters.size(); ++a) embed(a, letters[a], phase_, cases);
    const Values held = pass(merged(cases), true, !t_.end);
    return t_.end ? bottom : accepted(held);
}

/// In the order of `add_latches`.
void Symbolic::set_next(const language::Dfa* automaton, const std::vector<Symbol>& meaning,
                        const std::vector<Literal>& letters, Literal answer) {
    std::vector<Literal> next;
    for (const std::uint32_t f : phase_latches_) {
        std::vector<Literal> before;
        for (const std::uint32_t g : phase_latches_)
            if (m_.parameters_.next(g) == f) before.push_back(phase_[g]);
        next.push_back(any(before));
    }
    for (const auto& layer : next_)
        for (const Seat& seat : layer) {
            for (const Register& reg : seat.registers) next.insert(next.end(), reg.is.begin(), reg.is.end());
            for (const auto& near : seat.is) next.insert(next.end(), near.begin(), near.end());
        }
    if (automaton != nullptr) {
        std::vector<std::vector<Literal>> into(automaton->size());
        for (std::uint32_t q = 0; q < automaton->size(); ++q)
            for (Symbol a = 0; a < letters.size(); ++a)
                into[automaton->transition[q][meaning[a]]].push_back(both(states_[q], letters[a]));
        for (const auto& ways : into) next.push_back(any(ways));
    }
    if (!t_.end) next.push_back(answer);
    if (next.size() < latches_.size()) next.push_back(top);  // started
    for (std::size_t k = 0; k < latches_.size(); ++k) {
        latches_[k].next = next[k] ^ latches_[k].initial;
        latches_[k].initial = false;
    }
}

/// What the model answers if the word ends before this step.
Literal Symbolic::accept_here() {
    if (!t_.end) return answer_;
    Cases<Item> ends;
    embed(Machine::end, top, phase_, ends);
    return accepted(pass(merged(ends), false, true));
}

circuit::Sequential Symbolic::make(const language::Dfa* automaton, const std::vector<Symbol>& meaning,
                                   std::int64_t from) {
    builder_.emplace(most_bytes);
    read_begin();
    const std::vector<Literal> inputs = add_inputs();
    add_latches(automaton, from);
    const std::vector<Literal> letters = this->letters(inputs);
    const Literal answer = read_letter(letters);
    set_next(automaton, meaning, letters, answer);
    const Literal accept = accept_here();
    circuit::Sequential result;
    if (automaton != nullptr) {
        std::vector<Literal> accepting;
        for (std::uint32_t q = 0; q < automaton->size(); ++q)
            if (automaton->accepting[q]) accepting.push_back(states_[q]);
        result.bad.push_back({"bad", both(started_, builder_->exclusive_or(accept, any(accepting)))});
    } else {
        builder_->circuit().add_output("accept", accept);
    }
    if (builder_->exhausted()) throw base::Unsupported("the circuit at all lengths needs more than 4 GiB");
    std::vector<Literal> roots;
    for (const circuit::Port& port : result.bad) roots.push_back(port.literal);
    for (const circuit::Latch& latch : latches_) roots.push_back(latch.next);
    result.step = cone(builder_->circuit(), roots);
    auto root = roots.begin();
    for (circuit::Port& port : result.bad) port.literal = *root++;
    for (circuit::Latch& latch : latches_) latch.next = *root++;
    result.latches = std::move(latches_);
    return result;
}

std::vector<bool> letter_inputs(std::size_t letters, Symbol letter) {
    if (letters == 2) return {letter == 1};
    std::vector<bool> inputs(letters - 1, false);
    if (letter < inputs.size()) inputs[letter] = true;
    return inputs;
}

namespace {

/// By the step that guesses what is to the right.
circuit::Sequential guessed_circuit(Machine& machine, const network::Transformer& model, const language::Dfa* automaton,
                                    const std::vector<Symbol>& meaning, std::int64_t from) {
    // Without a language: of one that has no word.
    const language::Dfa none{model.alphabet, 0, {false}, {std::vector<language::Dfa::State>(model.alphabet.size(), 0)}};
    std::vector<Symbol> same;
    for (Symbol a = 0; a < model.alphabet.size(); ++a) same.push_back(a);
    std::optional<bool> empty_word;
    if (least_length(model) == 0) empty_word = network::Evaluator(model, 0).evaluate({}).accepts;
    if (automaton != nullptr) empty_word = from == 0 && empty_word != automaton->accepting[automaton->start];
    GuessedStep step(machine);
    const StepCircuit made =
        automaton != nullptr ? std::move(step).make(*automaton, meaning) : std::move(step).make(none, same);
    if (made.builder.exhausted()) throw base::Unsupported("the circuit at all lengths needs more than 4 GiB");
    return sequential_of(made, model.alphabet.size(), automaton != nullptr, empty_word);
}

}  // namespace

circuit::Sequential sequential_circuit(const network::Transformer& model, const language::Dfa* automaton,
                                       const std::vector<Symbol>& meaning, std::int64_t from) {
    return with_machine(model, [&](const std::unique_ptr<Machine>& machine, const Parameters&) {
        if (GuessedStep::looks_right(*machine)) return guessed_circuit(*machine, model, automaton, meaning, from);
        return Symbolic(*machine).make(automaton, meaning, from);
    });
}

}  // namespace attest::induction
