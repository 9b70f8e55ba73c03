#include "potentials.hpp"

#include <algorithm>
#include <map>

#include "null_space.hpp"

namespace attest::build {

namespace {

using Row = NullSpace::Row;

Potential whole(const Row& vector, std::size_t states, std::size_t classes, std::size_t letters) {
    const mpz_class scale = NullSpace::scale(vector);
    Potential p;
    for (std::size_t q = 0; q < states; ++q) p.of_state.emplace_back(vector[q] * scale);
    for (std::size_t c = 0; c < classes; ++c) {
        auto& row = p.of_letter.emplace_back();
        for (std::size_t a = 0; a < letters; ++a) row.emplace_back(vector[states + c * letters + a] * scale);
    }
    return p;
}

/// Splits the classes by a potential. False where it tells nothing new.
bool refine(Rounds& now, const Potential& potential) {
    std::map<std::pair<std::size_t, mpz_class>, std::size_t> finer;
    std::vector<std::size_t> class_of;
    for (std::size_t q = 0; q < now.class_of.size(); ++q)
        class_of.push_back(
            finer.emplace(std::pair(now.class_of[q], potential.of_state[q]), finer.size()).first->second);
    if (finer.size() == now.classes) return false;
    now.class_of = std::move(class_of);
    now.classes = finer.size();
    return true;
}

}  // namespace

Rounds separate(const language::Dfa& automaton, const std::vector<language::Dfa::State>& component) {
    const std::size_t states = component.size(), letters = automaton.alphabet.size();
    std::map<language::Dfa::State, std::size_t> place;
    for (std::size_t k = 0; k < states; ++k) place.emplace(component[k], k);
    Rounds now{{}, std::vector<std::size_t>(states, 0), 1};
    while (now.classes < states) {
        Round round{now.class_of, now.classes, {}};
        NullSpace equations(states + round.classes * letters);
        for (std::size_t k = 0; k < states; ++k)
            for (language::Symbol a = 0; a < letters; ++a) {
                const auto to = place.find(automaton.transition[component[k]][a]);
                if (to == place.end()) continue;
                Row row(states + round.classes * letters);
                row[to->second] += 1;
                row[k] -= 1;
                row[states + round.class_of[k] * letters + a] = -1;
                equations.add(std::move(row));
            }
        for (const Row& vector : equations.basis()) {
            Potential potential = whole(vector, states, round.classes, letters);
            if (refine(now, potential)) round.potentials.push_back(std::move(potential));
        }
        if (round.potentials.empty()) return now;
        now.rounds.push_back(std::move(round));
    }
    return now;
}

}  // namespace attest::build
