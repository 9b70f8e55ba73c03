#include "layered.hpp"

#include <algorithm>

namespace attest::induction {

namespace {

std::uint64_t joined(std::uint32_t high, std::uint32_t low) { return std::uint64_t{high} << 32 | low; }

}  // namespace

void PairTable::grow() {
    const std::vector<Slot> old = std::move(slots_);
    slots_.assign(2 * old.size(), {});
    for (const Slot& slot : old)
        if (slot.key != none) slots_[place(slot.key)] = slot;
}

std::uint32_t Layered::Pairs::number(std::uint32_t first, std::uint32_t second) {
    if (const std::uint64_t* found = numbers_.find(joined(first, second))) return static_cast<std::uint32_t>(*found);
    const auto number = static_cast<std::uint32_t>(pairs_.size());
    pairs_.push_back({first, second});
    numbers_.insert(joined(first, second), number);
    return number;
}

bool Layered::fits(const Machine& machine) {
    for (const Machine::Layer& layer : machine.layers_)
        for (const Machine::Head& head : layer.heads)
            if (head.machine.sees_right()) return false;
    return true;
}

Layered::Layered(Machine& machine)
    : m_(machine),
      levels_(machine.attending_),
      embedded_(machine.transformer_.alphabet.size() + 2,
                std::vector<std::uint32_t>(machine.parameters_.phases(), none)) {
    for (const Machine::Layer& layer : m_.layers_)
        begins_.push_back(layer.heads.empty() ? SIZE_MAX : layer.heads.front().window_at);
    begins_.push_back(m_.width_);
    for (std::size_t l = begins_.size() - 1; l-- > 0;)
        if (begins_[l] == SIZE_MAX) begins_[l] = begins_[l + 1];
}

std::uint32_t Layered::start() {
    const Machine::State state = m_.start();
    std::uint32_t stack = 0;
    for (std::size_t l = levels_.size(); l-- > 0;) {
        const std::uint32_t mine =
            levels_[l].registers.number({state.begin() + static_cast<std::ptrdiff_t>(begins_[l]),
                                         state.begin() + static_cast<std::ptrdiff_t>(begins_[l + 1])});
        stack = levels_[l].stacks.number(mine, stack);
    }
    return states_.number(0, stack);
}

std::uint32_t Layered::embedded(std::uint32_t symbol, std::uint32_t phase) {
    const std::size_t letters = m_.transformer_.alphabet.size();
    const std::size_t row = symbol == Machine::begin ? letters : symbol == Machine::end ? letters + 1 : symbol;
    std::uint32_t& number = embedded_[row][phase];
    if (number == none) number = m_.embedded(symbol, phase);
    return number;
}

/// Layer l alone: what it remembers then, and what the position holds above it.
Layered::Pair Layered::through(std::size_t l, std::uint32_t registers, std::uint32_t form, std::uint32_t phase,
                               bool last) {
    PairTable& known = levels_[l].alone[last ? 1 : 0];
    const std::uint64_t asked = joined(registers, form * m_.parameters_.phases() + phase);
    if (const std::uint64_t* found = known.find(asked))
        return {static_cast<std::uint32_t>(*found >> 32), static_cast<std::uint32_t>(*found)};
    const Pair pair = work_out_alone(l, registers, form, phase, last);
    known.insert(asked, joined(pair.first, pair.second));
    return pair;
}

Layered::Pair Layered::work_out_alone(std::size_t l, std::uint32_t registers, std::uint32_t form, std::uint32_t phase,
                                      bool last) {
    Machine::State before(m_.width_, 0);
    before[0] = phase;
    const Machine::State& mine = levels_[l].registers[registers];
    std::copy(mine.begin(), mine.end(), before.begin() + static_cast<std::ptrdiff_t>(begins_[l]));
    const auto [after, x] = m_.one_layer(l, before, form, last);
    return {levels_[l].registers.number({after.begin() + static_cast<std::ptrdiff_t>(begins_[l]),
                                         after.begin() + static_cast<std::ptrdiff_t>(begins_[l + 1])}),
            x.value_or(none)};
}

/// Layer l and all above it.
Layered::Met Layered::meet(std::size_t l, std::uint32_t stack, std::uint32_t form, std::uint32_t phase, bool last) {
    PairTable& known = l == levels_.size() ? answers_ : levels_[l].met[last ? 1 : 0];
    const std::uint64_t asked = joined(stack, form * m_.parameters_.phases() + phase);
    if (const std::uint64_t* found = known.find(asked))
        return {static_cast<std::uint32_t>(*found >> 32), static_cast<Answer>(*found & 0xFF)};
    const Met met = l == levels_.size() ? above(form, phase) : work_out(l, stack, form, phase, last);
    known.insert(asked, joined(met.stack, static_cast<std::uint32_t>(met.answer)));
    return met;
}

Layered::Met Layered::work_out(std::size_t l, std::uint32_t stack, std::uint32_t form, std::uint32_t phase, bool last) {
    const auto [registers, rest] = levels_[l].stacks[stack];
    const auto [mine, x] = through(l, registers, form, phase, last);
    const bool asks_last_only = l + 1 == levels_.size();
    if (!last && asks_last_only) {
        Met met{levels_[l].stacks.number(mine, rest), Answer::unknown};
        if (!m_.transformer_.end) met.answer = meet(l, stack, form, phase, true).answer;
        return met;
    }
    if (x == none) return {};
    Met met = meet(l + 1, rest, x, phase, last);
    met.stack = last || met.stack == none ? none : levels_[l].stacks.number(mine, met.stack);
    return met;
}

/// The layers without attention above the others, and the readout.
Layered::Met Layered::above(std::uint32_t form, std::uint32_t phase) {
    for (std::size_t l = levels_.size(); l < m_.layers_.size(); ++l) {
        Machine::State before(m_.width_, 0);
        before[0] = phase;
        form = *m_.one_layer(l, before, form, true).second;
    }
    return {0, m_.accepts(m_.forms_[form], phase) ? Answer::accepts : Answer::rejects};
}

Layered::Move Layered::step(std::uint32_t state, std::uint32_t symbol) {
    const auto [phase, stack] = states_[state];
    Met met{stack, Answer::unknown};  // without attention nothing is remembered
    if (!levels_.empty() || !m_.transformer_.end) met = meet(0, stack, embedded(symbol, phase), phase, false);
    return {met.stack == none ? none : states_.number(m_.parameters_.next(phase), met.stack), said(met.answer)};
}

std::optional<bool> Layered::last(std::uint32_t state, std::uint32_t symbol) {
    const auto [phase, stack] = states_[state];
    return said(meet(0, stack, embedded(symbol, phase), phase, true).answer);
}

}  // namespace attest::induction
