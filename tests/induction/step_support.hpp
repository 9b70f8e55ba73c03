#pragma once

#include <optional>
#include <set>
#include <vector>

#include "circuit/simulate.hpp"
#include "decide/induction/guessed_step.hpp"
#include "decide/induction/parameters.hpp"
#include "sequential.hpp"

namespace attest::tests {

inline std::vector<language::Symbol> identity(const language::Alphabet& alphabet) {
    std::vector<language::Symbol> meaning(alphabet.size());
    for (std::size_t a = 0; a < meaning.size(); ++a) meaning[a] = static_cast<language::Symbol>(a);
    return meaning;
}

/// Nothing where there is none, or one with guesses or a window that is large for all that is asked of it here.
inline std::optional<induction::StepCircuit> step_of(const network::Transformer& t, const language::Dfa& automaton) {
    constexpr std::size_t most_gates = 200, most_guesses = 3;
    try {
        return induction::with_machine(
            t,
            [&](const std::unique_ptr<induction::Machine>& machine,
                const induction::Parameters&) -> std::optional<induction::StepCircuit> {
                if (!induction::GuessedStep::is_needed(*machine))
                    return induction::StepMachine(*machine).make(automaton, identity(t.alphabet));
                auto step = induction::GuessedStep(*machine).make(automaton, identity(t.alphabet));
                if (step.circuit().gate_count() > most_gates || step.guess_inputs > most_guesses) return std::nullopt;
                return step;
            });
    } catch (const base::Unsupported&) {
        return std::nullopt;
    }
}

/// Whether the step is bad at the last letter of the word, for some guesses.
inline bool is_bad(const induction::StepCircuit& step, const language::Word& word, std::size_t symbols) {
    std::set<std::vector<bool>> reached{step.initial};
    std::vector<circuit::Literal> roots = step.next;
    roots.push_back(step.bad);
    bool bad = false;
    language::Word read = word;
    if (step.reads_begin) read.insert(read.begin(), 0);
    for (const language::Symbol a : read) {
        bad = false;
        std::set<std::vector<bool>> after;
        for (const std::vector<bool>& latches : reached)
            for (std::size_t guess = 0; guess < std::size_t{1} << step.guess_inputs; ++guess) {
                std::vector<bool> inputs;
                if (symbols == 2) inputs.push_back(a == 1);
                for (language::Symbol b = 0; symbols > 2 && b < symbols; ++b) inputs.push_back(a == b);
                for (std::size_t g = 0; g < step.guess_inputs; ++g) inputs.push_back((guess >> g & 1) != 0);
                inputs.insert(inputs.end(), latches.begin(), latches.end());
                const std::vector<bool> values = circuit::evaluate(step.circuit(), roots, inputs);
                after.emplace(values.begin(), values.end() - 1);
                bad = bad || values.back();
            }
        reached = std::move(after);
    }
    return bad;
}

/// A random automaton over an alphabet.
inline language::Dfa random_automaton(base::Random& random, const language::Alphabet& alphabet) {
    language::Dfa dfa{alphabet, 0, {}, {}};
    const std::size_t size = 1 + random.below(4);
    for (std::size_t q = 0; q < size; ++q) {
        dfa.accepting.push_back(random.chance(1, 2));
        auto& row = dfa.transition.emplace_back();
        for (std::size_t a = 0; a < alphabet.size(); ++a)
            row.push_back(static_cast<language::Dfa::State>(random.below(size)));
    }
    return language::minimize(dfa);
}

}  // namespace attest::tests
