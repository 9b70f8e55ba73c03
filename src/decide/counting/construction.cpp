#include <numeric>

#include "attest/base/error.hpp"
#include "build/counting_program.hpp"
#include "decide/counting/find.hpp"

namespace attest::counting {

namespace {

/// The program that is built for the automaton, if it is this one.
std::optional<build::CountingProgram> same_program(const Question& question, const base::Limits& limits) {
    const auto* regular = std::get_if<language::Regular>(&question.language.form());
    std::vector<language::Symbol> identity(question.meaning.size());
    std::iota(identity.begin(), identity.end(), 0);
    if (regular == nullptr || question.meaning != identity) return std::nullopt;
    try {
        build::CountingProgram built = build::counting_program(regular->automaton, limits);
        const programs::crasp::Program program = programs::crasp::parse(built.text, "the program that is built");
        if (programs::crasp::write(program) != programs::crasp::write(question.program)) return std::nullopt;
        return built;
    } catch (const base::Unsupported&) {
        return std::nullopt;
    }
}

}  // namespace

std::optional<Proof> invariant_of_construction(const Question& question, const System& system,
                                               const base::Limits& limits) {
    const auto built = same_program(question, limits);
    if (!built) return std::nullopt;
    Invariant invariant;
    for (const auto& lists : built->invariant) {
        auto& state = invariant.states.emplace_back();
        for (const auto& facts : lists) {
            auto& list = state.emplace_back();
            for (const build::CounterFact& fact : facts)
                list.push_back({{fact.terms, fact.constant}, fact.is_equation});
        }
    }
    auto shown = show_inductive(system, invariant, limits);
    if (!shown || shown->gap || !holds_at_start(invariant)) return std::nullopt;
    return Proof{std::move(invariant), std::move(shown->lines), system.counters, "construction"};
}

}  // namespace attest::counting
