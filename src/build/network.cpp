#include "build/network.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "language/classify/classes.hpp"
#include "plans.hpp"

namespace attest::build {

namespace {

using classify::Class;

/// The construction that is asked for or fits.
Construction choose(const classify::Classification& found, std::optional<Construction> asked) {
    if (!found.in[Class::ac0])
        throw base::Unsupported(
            "build: unique hard attention does not recognise the language, whatever its positions: it is not "
            "quasi-aperiodic; attest classify shows the words");
    if (asked == Construction::exits && !found.in[Class::r_trivial])
        throw base::Unsupported("build: leftmost ties need an R-trivial language; --tie right builds the cascade");
    return asked.value_or(found.in[Class::r_trivial] ? Construction::exits : Construction::cascade);
}

}  // namespace

const char* to_string(Construction construction) { return construction == Construction::exits ? "exits" : "cascade"; }

Planned plan_network(const language::Dfa& automaton, const std::string& name, std::optional<Construction> construction,
                     const base::Limits& limits) {
    const classify::Classification found = classify::classify(classify::table_of(automaton), limits);
    const Construction chosen = choose(found, construction);
    StagePlan plan =
        chosen == Construction::exits ? exits_plan(automaton) : cascade_plan(automaton, found.modulus.value(), limits);
    plan.name = name;
    return {std::move(plan), chosen};
}

Built build_network(const language::Dfa& automaton, const std::string& name, std::optional<Construction> construction,
                    const base::Limits& limits) {
    const Planned planned = plan_network(automaton, name, construction, limits);
    return {assemble(planned.plan), planned.construction, planned.plan.modulus};
}

}  // namespace attest::build
