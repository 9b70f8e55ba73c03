#pragma once

#include <optional>
#include <vector>

#include "circuit/simulate.hpp"
#include "decide/induction/parameters.hpp"
#include "decide/induction/step_circuit.hpp"
#include "sequential.hpp"

namespace attest::tests {

inline std::vector<language::Symbol> identity(const language::Alphabet& alphabet) {
    std::vector<language::Symbol> meaning(alphabet.size());
    for (std::size_t a = 0; a < meaning.size(); ++a) meaning[a] = static_cast<language::Symbol>(a);
    return meaning;
}

inline std::optional<induction::StepCircuit> step_of(const network::Transformer& t, const language::Dfa& automaton) {
    try {
        return induction::with_machine(
            t, [&](const std::unique_ptr<induction::Machine>& machine, const induction::Parameters&) {
                return induction::StepMachine(*machine).make(automaton, identity(t.alphabet));
            });
    } catch (const base::Unsupported&) {
        return std::nullopt;
    }
}

/// Whether the step is bad at the last letter of the word.
inline bool is_bad(const induction::StepCircuit& step, const language::Word& word, std::size_t symbols) {
    std::vector<bool> latches = step.initial;
    bool bad = false;
    for (const language::Symbol a : word) {
        std::vector<bool> inputs;
        if (symbols == 2) inputs.push_back(a == 1);
        for (language::Symbol b = 0; symbols > 2 && b < symbols; ++b) inputs.push_back(a == b);
        inputs.insert(inputs.end(), latches.begin(), latches.end());
        std::vector<circuit::Literal> roots = step.next;
        roots.push_back(step.bad);
        const std::vector<bool> values = circuit::evaluate(step.circuit(), roots, inputs);
        latches.assign(values.begin(), values.end() - 1);
        bad = values.back();
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
