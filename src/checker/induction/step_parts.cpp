#include "checker/induction/step_parts.hpp"

namespace attest::checker {

Literals any_of_each(Circuit& circuit, std::vector<Literals> cases) {
    Literals result;
    for (Literals& literals : cases) result.push_back(circuit.disjunction(std::move(literals)));
    return result;
}

Literals next_states(Circuit& circuit, const Automaton& automaton, const std::vector<std::size_t>& letters,
                     const Literals& present, std::span<const Literal> states, Literal comes, Budget& budget) {
    const std::size_t count = automaton.accepting.size();
    budget.step(count * count, letters.size());
    Literals next;
    for (std::size_t to = 0; to < count; ++to) {
        Literals ways;
        for (std::size_t from = 0; from < count; ++from) {
            Literals some;
            for (std::size_t a = 0; a < letters.size(); ++a)
                if (automaton.next[from][letters[a]] == to) some.push_back(present[a]);
            if (some.empty()) continue;
            const Literal by = circuit.disjunction(std::move(some));
            ways.push_back(circuit.conjunction({comes, states[from], by}));
        }
        ways.push_back(circuit.conjunction(negated(comes), states[to]));
        next.push_back(circuit.disjunction(std::move(ways)));
    }
    return next;
}

}  // namespace attest::checker
