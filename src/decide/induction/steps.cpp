#include "steps.hpp"

#include <algorithm>

namespace attest::induction {

std::vector<Steps::Number> Steps::starts() {
    const Machine::State start = machine_.start();
    if (!model_.begin) return {states_.number(start)};
    std::vector<Number> numbers;
    for (Machine::State& state : machine_.step(start, Machine::begin))
        numbers.push_back(states_.number(std::move(state)));
    return numbers;
}

Steps::Answers Steps::empty_word() {
    Answers answers;
    if (!model_.end) answers.add(machine_.last(machine_.start(), Machine::begin));
    else
        for (const Number state : starts()) answers.add(at_end(state));
    return answers;
}

const Steps::Move& Steps::move(Number state, language::Symbol letter) {
    const std::size_t letters = model_.alphabet.size(), index = state * letters + letter;
    if (moves_.size() <= index) moves_.resize(std::max(index + 1, states_.size() * letters));
    if (moves_[index]) return *moves_[index];
    Move move;
    const Machine::State from = states_[state];
    if (!model_.end) move.answers.add(machine_.last(from, letter));
    for (Machine::State& next : machine_.step(from, letter)) move.to.push_back(states_.number(std::move(next)));
    if (model_.end)
        for (const Number to : move.to) move.answers.add(at_end(to));
    return moves_[index].emplace(std::move(move));
}

std::optional<bool> Steps::at_end(Number state) {
    if (ends_.size() <= state) ends_.resize(states_.size());
    if (!ends_[state]) ends_[state] = machine_.last(states_[state], Machine::end);
    return *ends_[state];
}

}  // namespace attest::induction
