#include "record/automaton.hpp"

#include "attest/base/error.hpp"
#include "language/classify/cascade.hpp"

namespace attest::record {

Automaton automaton(const language::Dfa& dfa) {
    Automaton automaton;
    automaton.states = dfa.size();
    automaton.start = dfa.start;
    for (std::size_t q = 0; q < dfa.size(); ++q) {
        if (dfa.accepting[q]) automaton.accept.push_back(q);
        automaton.transitions.emplace_back(dfa.transition[q].begin(), dfa.transition[q].end());
    }
    return automaton;
}

std::optional<Cascade> cascade(const language::Dfa& minimal, std::uint64_t modulus) {
    constexpr std::size_t most_sets = 256;
    try {
        const classify::Cascade found(classify::table_of(minimal), modulus, {}, most_sets);
        Cascade record{found.modulus(), found.height(), {}};
        for (const classify::Cascade::Node& node : found.sets())
            record.sets.push_back({node.type,
                                   {node.states.begin(), node.states.end()},
                                   node.height,
                                   {node.tiles.begin(), node.tiles.end()}});
        return record;
    } catch (const base::Unsupported&) {
        return std::nullopt;  // too large to be told
    }
}

}  // namespace attest::record
