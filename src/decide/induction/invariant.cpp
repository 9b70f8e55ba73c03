#include "invariant.hpp"

#include "circuit/gates.hpp"
#include "logic/tseitin.hpp"

namespace attest::induction {

using circuit::Literal;
using circuit::top;

namespace {

constexpr std::size_t most_invariant_bytes = std::size_t{256} << 20, most_conjuncts = 1'000'000;

std::size_t pairs_of(const LatchGroup& group) { return group.count * (group.count - 1) / 2; }

/// How many conjuncts there are, those that are true included.
std::size_t conjuncts_of(const Chain& chain, const StepCircuit& step) {
    std::size_t count = 1;
    for (const LatchGroup& group : step.groups) count += pairs_of(group) + 1;
    return count + (chain.decodes() ? step.states.count : pairs_of(step.states) + 1 + chain.states.size());
}

/// What an entry of a group is: a latch, or none of them.
Literal entry_of(circuit::Builder& builder, const std::vector<Literal>& latches, const LatchGroup& group,
                 std::size_t entry) {
    if (entry < group.count) return latches[group.first + entry];
    std::vector<Literal> none;
    for (std::size_t k = 0; k < group.count; ++k) none.push_back(!latches[group.first + k]);
    return builder.conjunction(none);
}

}  // namespace

std::optional<ChainInvariant> invariant_of(const Chain& chain, const StepCircuit& step) {
    if (conjuncts_of(chain, step) > most_conjuncts) return std::nullopt;
    circuit::Builder builder(most_invariant_bytes);
    std::vector<Literal> latches;
    for (std::size_t k = 0; k < step.latches(); ++k) latches.push_back(builder.add_input("latch " + std::to_string(k)));
    ChainInvariant result;
    std::vector<Literal>& conjuncts = result.says.conjuncts;
    const auto one_of = [&](const LatchGroup& group) {
        for (std::size_t i = 0; i < group.count; ++i)
            for (std::size_t j = i + 1; j < group.count; ++j)
                conjuncts.push_back(!builder.conjunction({latches[group.first + i], latches[group.first + j]}));
        if (!group.one) return;
        std::vector<Literal> some(latches.begin() + static_cast<std::ptrdiff_t>(group.first),
                                  latches.begin() + static_cast<std::ptrdiff_t>(group.first + group.count));
        conjuncts.push_back(builder.disjunction(some));
    };
    for (const LatchGroup& group : step.groups) one_of(group);
    result.nodes.push_back({top});
    for (const Chain::Level& level : chain.levels) {
        std::vector<std::vector<Literal>> ways(level.nodes);
        auto& pairs = result.pairs.emplace_back();
        for (const Chain::Pair& pair : level.pairs) {
            pairs.push_back(builder.conjunction(
                {result.nodes.back()[pair.from], entry_of(builder, latches, step.groups[level.group], pair.entry)}));
            ways[pair.to].push_back(pairs.back());
        }
        auto& nodes = result.nodes.emplace_back();
        for (const auto& some : ways) nodes.push_back(builder.disjunction(some));
    }
    conjuncts.push_back(builder.disjunction(result.nodes.back()));
    const bool decodes = chain.decodes();
    if (!decodes) one_of(step.states);
    std::vector<std::vector<Literal>> decoded(decodes ? step.states.count : 0);
    for (std::size_t p = 0; decodes && p < result.nodes.back().size(); ++p)
        decoded[chain.states[p].front()].push_back(result.nodes.back()[p]);
    for (std::size_t q = 0; q < decoded.size(); ++q)
        conjuncts.push_back(!builder.exclusive_or(latches[step.states.first + q], builder.disjunction(decoded[q])));
    for (std::size_t p = 0; !decodes && p < result.nodes.back().size(); ++p) {
        std::vector<Literal> some{!result.nodes.back()[p]};
        for (const std::uint32_t q : chain.states[p]) some.push_back(latches[step.states.first + q]);
        conjuncts.push_back(builder.disjunction(some));
    }
    std::erase(conjuncts, top);
    if (conjuncts.empty()) conjuncts.push_back(top);
    if (builder.exhausted()) return std::nullopt;
    result.says.circuit = std::move(builder).take();
    return result;
}

Instances place(const Conjunction& invariant, StepCircuit& step) {
    Instances result;
    const circuit::Circuit& c = invariant.circuit;
    const auto build = [&](const std::vector<Literal>& latches) {
        std::vector<Literal> nodes{circuit::bottom};
        nodes.insert(nodes.end(), latches.begin(), latches.end());
        for (circuit::Node v = c.first_gate(); v < c.node_count(); ++v) {
            std::vector<Literal> fan_ins;
            for (const Literal l : c.fan_ins(v)) fan_ins.push_back(Instances::of(nodes, l));
            nodes.push_back(c.kind(v) == circuit::GateKind::exclusive_or
                                ? step.builder.exclusive_or(fan_ins[0], fan_ins[1])
                                : step.builder.conjunction(fan_ins));
        }
        return nodes;
    };
    std::vector<Literal> now;
    for (std::size_t k = 0; k < step.latches(); ++k) now.push_back(step.latch(k));
    result.before = build(now);
    result.after = build(step.next);
    for (const Literal l : invariant.conjuncts) {
        result.conjuncts.push_back(Instances::of(result.before, l));
        result.conjuncts_after.push_back(Instances::of(result.after, l));
    }
    return result;
}

logic::Cnf formula_of(const StepCircuit& step, const Instances& instances, std::size_t symbols) {
    std::vector<Literal> roots{step.bad};
    for (const Literal l : instances.conjuncts_after) roots.push_back(!l);
    logic::Cnf formula = logic::formula(step.circuit(), roots, 1, symbols);
    for (const Literal l : instances.conjuncts)
        if (l != top) formula.add({logic::dimacs(l)});
    return formula;
}

}  // namespace attest::induction
