#include "layered.hpp"

#include <algorithm>

#include "attest/base/error.hpp"

namespace attest::induction {

namespace {

std::uint64_t joined(std::uint32_t high, std::uint32_t low) { return std::uint64_t{high} << 32 | low; }
std::uint32_t high(std::uint64_t two) { return static_cast<std::uint32_t>(two >> 32); }
std::uint32_t low(std::uint64_t two) { return static_cast<std::uint32_t>(two); }

}  // namespace

std::uint32_t Layered::Pairs::number(std::uint32_t row, std::uint32_t column) {
    const std::uint32_t known = numbers_.at(row, column);
    if (known != Grid<std::uint32_t>::none) return known;
    const auto number = static_cast<std::uint32_t>(pairs_.size());
    if (number == none >> 2) throw base::Unsupported("a machine with 2^30 things to remember");
    pairs_.push_back({row, column});
    numbers_.put(row, column, number);
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
        stack = levels_[l].stacks.number(stack, mine);
    }
    return this->state(stack, 0);
}

std::uint32_t Layered::embedded(std::uint32_t symbol, std::uint32_t phase) {
    const std::size_t letters = m_.transformer_.alphabet.size();
    const std::size_t row = symbol == Machine::begin ? letters : symbol == Machine::end ? letters + 1 : symbol;
    std::uint32_t& number = embedded_[row][phase];
    if (number == none) number = inputs_of(0).number(m_.embedded(symbol, phase), phase);
    return number;
}

/// Layer l alone.
Layered::Passed Layered::through(std::size_t l, std::uint32_t registers, std::uint32_t input, bool last) {
    Grid<std::uint64_t>& known = levels_[l].alone[last ? 1 : 0];
    const std::uint64_t found = known.at(registers, input);
    if (found != known.none) return {high(found), low(found)};
    const Passed passed = work_out(l, registers, input, last);
    known.put(registers, input, joined(passed.registers, passed.input));
    return passed;
}

Layered::Passed Layered::work_out(std::size_t l, std::uint32_t registers, std::uint32_t input, bool last) {
    const auto [form, phase] = levels_[l].inputs[input];
    Machine::State before(m_.width_, 0);
    before[0] = phase;
    const Machine::State& mine = levels_[l].registers[registers];
    std::copy(mine.begin(), mine.end(), before.begin() + static_cast<std::ptrdiff_t>(begins_[l]));
    const auto [after, x] = m_.one_layer(l, before, form, last);
    return {levels_[l].registers.number({after.begin() + static_cast<std::ptrdiff_t>(begins_[l]),
                                         after.begin() + static_cast<std::ptrdiff_t>(begins_[l + 1])}),
            x ? inputs_of(l + 1).number(*x, phase) : none};
}

/// Layer l and all above it, which is kept.
Layered::Met Layered::known_or_met(std::size_t l, std::uint32_t stack, std::uint32_t input, bool last) {
    if (l == levels_.size()) return {0, above(input)};
    Grid<std::uint32_t>& known = levels_[l].together[last ? 1 : 0];
    const std::uint32_t found = known.at(stack, input);
    if (found != known.none) return unpacked(found);
    const Met met = meet(l, stack, input, last);
    known.put(stack, input, packed(met));
    return met;
}

Layered::Met Layered::meet(std::size_t l, std::uint32_t stack, std::uint32_t input, bool last) {
    const auto [rest, registers] = levels_[l].stacks[stack];
    const auto [mine, given] = through(l, registers, input, last);
    const bool asks_last_only = l + 1 == levels_.size();
    if (!last && asks_last_only) {
        Met met{levels_[l].stacks.number(rest, mine), Answer::unknown};
        if (!m_.transformer_.end) met.answer = meet(l, stack, input, true).answer;
        return met;
    }
    if (given == none) return {};
    Met met = known_or_met(l + 1, rest, given, last);
    met.stack = last || met.stack == none ? none : levels_[l].stacks.number(met.stack, mine);
    return met;
}

/// The layers without attention above the others, and the readout.
Layered::Answer Layered::above(std::uint32_t input) {
    if (answers_.size() <= input) answers_.resize(input + 1, Answer::unknown);
    if (answers_[input] != Answer::unknown) return answers_[input];
    auto [form, phase] = inputs_above_[input];
    for (std::size_t l = levels_.size(); l < m_.layers_.size(); ++l) {
        Machine::State before(m_.width_, 0);
        before[0] = phase;
        form = *m_.one_layer(l, before, form, true).second;
    }
    return answers_[input] = m_.accepts(m_.forms_[form], phase) ? Answer::accepts : Answer::rejects;
}

std::uint32_t Layered::state(std::uint32_t stack, std::uint32_t phase) {
    return m_.parameters_.phases() == 1 ? stack : states_.number(stack, phase);
}

Layered::Pair Layered::stack_and_phase(std::uint32_t state) const {
    return m_.parameters_.phases() == 1 ? Pair{state, 0} : states_[state];
}

Layered::Move Layered::step(std::uint32_t state, std::uint32_t symbol) {
    const auto [stack, phase] = stack_and_phase(state);
    Met met{stack, Answer::unknown};  // without attention nothing is remembered
    if (levels_.empty()) {
        if (!m_.transformer_.end) met.answer = above(embedded(symbol, phase));
    } else {
        met = meet(0, stack, embedded(symbol, phase), false);
    }
    return {met.stack == none ? none : this->state(met.stack, m_.parameters_.next(phase)), said(met.answer)};
}

std::optional<bool> Layered::last(std::uint32_t state, std::uint32_t symbol) {
    const auto [stack, phase] = stack_and_phase(state);
    const std::uint32_t input = embedded(symbol, phase);
    return said(levels_.empty() ? above(input) : meet(0, stack, input, true).answer);
}

}  // namespace attest::induction
