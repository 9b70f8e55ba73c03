#include "checker/gates/runs.hpp"

#include <set>

#include "checker/kernel/defect.hpp"
#include "checker/translation/counting.hpp"

// An automaton that is unrolled over the positions of a word is a network of layers, and a run is one unit that flows through it.
// So "this is the run on the word" is linear: what flows into a state flows out of it, and what flows over edges of a symbol
// at a position is whether the symbol stands there.

namespace attest::checker {

Layered runs_automaton(const Language& language, std::size_t length, Budget& budget) {
    using Family = Language::Family;
    if (language.automaton) {
        Layered layered;
        const Automaton automaton = *language.automaton;
        layered.next = [automaton](std::size_t, std::size_t state, std::size_t letter) {
            return automaton.next[state][letter];
        };
        layered.accepting = [automaton](std::size_t state) { return automaton.accepting[state]; };
        return layered;
    }
    switch (language.family) {
        case Family::majority: {
            Layered counter;
            counter.next = [](std::size_t, std::size_t count, std::size_t letter) { return count + letter; };
            counter.accepting = [length](std::size_t count) { return 2 * count > length; };
            return counter;
        }
        case Family::table: return table_automaton(language.table, length, budget);
        case Family::shuffle:
        case Family::reset_dyck:
        case Family::boolexpr: return counting_automaton(language, length, budget);
        case Family::dyck:
            if (language.pairs == 1 && !language.depth) {
                Language one = language;
                one.family = Family::shuffle;
                return counting_automaton(one, length, budget);
            }
            [[fallthrough]];
        default:
            throw Defect("manifest.json: claim.language",
                         shown_language(language.text) + " has no automaton for evidence of this kind");
    }
}

Runs runs_of(const Layered& automaton, const std::vector<std::size_t>& letters, std::size_t length, std::uint32_t first,
             Budget& budget) {
    Runs runs;
    runs.last = first - 1;
    std::set<std::size_t> states{automaton.start};
    for (std::size_t t = 1; t <= length; ++t) {
        budget.step(32 * states.size(), letters.size());
        budget.memory(64 * states.size(), letters.size());
        std::set<std::size_t> next;
        std::vector<Edge>& edges = runs.at.emplace_back();
        for (const std::size_t state : states)
            for (std::size_t a = 0; a < letters.size(); ++a) {
                const std::size_t target = automaton.next(t, state, letters[a]);
                if (runs.last == UINT32_MAX / 2) throw Defect("limits", "the runs have too many steps");
                edges.push_back({state, a, target, ++runs.last});
                next.insert(target);
            }
        states = std::move(next);
    }
    for (const Edge& edge : runs.at.back()) runs.accepting.push_back(automaton.accepting(edge.target));
    return runs;
}

}  // namespace attest::checker
