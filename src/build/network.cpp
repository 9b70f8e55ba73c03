#include "build/network.hpp"

#include <algorithm>

#include "attest/base/error.hpp"
#include "language/classify/classes.hpp"
#include "plans.hpp"
#include "sets_network.hpp"

namespace attest::build {

namespace {

using classify::Class;

/// Which languages a construction is for.
struct Fits {
    Class id;
    const char* refusal;
};
Fits fits(Construction construction) {
    switch (construction) {
        case Construction::sets:
            return {Class::j1, "a network without mask needs a language that asks only which symbols occur"};
        case Construction::exits:
            return {Class::r_trivial, "leftmost ties need an R-trivial language; --tie right builds the cascade"};
        case Construction::mirrored_exits:
            return {Class::l_trivial,
                    "a mask that looks to the right, with rightmost ties, needs an L-trivial language"};
        case Construction::causal_cascade:
            return {Class::non_strict, "masks that are not strict need a star-free language that is stutter-invariant"};
        case Construction::cascade: break;
    }
    return {Class::ac0,
            "unique hard attention does not recognise the language, whatever its positions: it is not quasi-aperiodic; "
            "attest classify shows the words"};
}

/// The construction that is asked for or fits.
Construction choose(const classify::Classification& found, std::optional<Construction> asked) {
    const Construction chosen =
        asked.value_or(found.in[Class::r_trivial] ? Construction::exits : Construction::cascade);
    for (const Construction needed : {Construction::cascade, chosen})
        if (!found.in[fits(needed).id]) throw base::Unsupported(std::string("build: ") + fits(needed).refusal);
    return chosen;
}

StagePlan plan_of(Construction chosen, const language::Dfa& automaton, std::uint64_t modulus,
                  const base::Limits& limits) {
    switch (chosen) {
        case Construction::exits: return exits_plan(automaton);
        case Construction::mirrored_exits: return mirrored_exits_plan(automaton, limits);
        case Construction::causal_cascade: return causal_cascade_plan(automaton, limits);
        case Construction::cascade: break;
        case Construction::sets: throw base::InternalError("a network without mask has no plan of stages");
    }
    return cascade_plan(automaton, modulus, limits);
}

}  // namespace

const char* to_string(Construction construction) {
    switch (construction) {
        case Construction::sets: return "sets";
        case Construction::exits: return "exits";
        case Construction::mirrored_exits: return "mirrored-exits";
        case Construction::causal_cascade: return "causal-cascade";
        case Construction::cascade: break;
    }
    return "cascade";
}

std::size_t attention_layers(const network::Transformer& transformer) {
    std::size_t layers = 0;
    for (const network::Layer& layer : transformer.layers) layers += layer.attention ? 1 : 0;
    return layers;
}

std::size_t most_heads(const network::Transformer& transformer) {
    std::size_t most = 0;
    for (const network::Layer& layer : transformer.layers)
        if (layer.attention) most = std::max(most, layer.attention->heads.size());
    return most;
}

Planned plan_network(const language::Dfa& automaton, const std::string& name, std::optional<Construction> construction,
                     const base::Limits& limits) {
    const classify::Classification found = classify::classify(classify::table_of(automaton), limits);
    const Construction chosen = choose(found, construction);
    StagePlan plan = plan_of(chosen, automaton, found.modulus.value(), limits);
    plan.name = name;
    return {std::move(plan), chosen};
}

Built build_network(const language::Dfa& automaton, const std::string& name, std::optional<Construction> construction,
                    const base::Limits& limits) {
    if (construction == Construction::sets) {
        choose(classify::classify(classify::table_of(automaton), limits), construction);
        Built built{sets_network(automaton), Construction::sets, 1};
        built.transformer.name = name;
        return built;
    }
    const Planned planned = plan_network(automaton, name, construction, limits);
    return {assemble(planned.plan), planned.construction, planned.plan.modulus};
}

}  // namespace attest::build
