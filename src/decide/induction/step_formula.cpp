#include "step_formula.hpp"

#include <algorithm>
#include <cstdlib>

#include "logic/tseitin.hpp"

namespace attest::induction {

using circuit::Literal;

namespace {

/// Pairs of a group of more latches are not said one by one.
constexpr std::size_t most_of_a_group = 256;
constexpr std::size_t most_bytes_of_clauses = std::size_t{1} << 30;

}  // namespace

StepFormula formula_of(const StepCircuit& step) {
    StepFormula f;
    // A root that is always true adds no clause.
    const Literal always[] = {circuit::top};
    f.clauses = logic::formula(step.circuit(), always, 1, step.letters.size());
    const std::int32_t truth = ++f.clauses.variables;
    f.clauses.add({truth});
    const auto variable = [&](Literal l) {
        if (l == circuit::top) return truth;
        return l == circuit::bottom ? -truth : logic::dimacs(l);
    };
    for (const Literal l : step.letters) f.letters.push_back(variable(l));
    for (std::size_t k = 0; k < step.guess_inputs; ++k)
        f.guesses.push_back(static_cast<std::int32_t>(step.circuit().input(step.letter_inputs + k)));
    for (std::size_t k = 0; k < step.latches(); ++k) {
        f.now.push_back(variable(step.latch(k)));
        f.next.push_back(variable(step.next[k]));
    }
    f.initial = step.initial;
    f.bad = variable(step.bad);
    return f;
}

std::vector<LatchLiterals> one_hot_clauses(const StepCircuit& step) {
    std::vector<LatchLiterals> clauses;
    std::vector<LatchGroup> groups = step.groups;
    groups.push_back(step.states);
    for (const LatchGroup& group : groups) {
        const auto latch = [&](std::size_t k) { return static_cast<LatchLiteral>(group.first + k + 1); };
        for (std::size_t i = 0; i < group.count && group.count <= most_of_a_group; ++i)
            for (std::size_t j = i + 1; j < group.count; ++j) clauses.push_back({-latch(i), -latch(j)});
        if (!group.one || group.count == 0) continue;
        LatchLiterals some;
        for (std::size_t k = 0; k < group.count; ++k) some.push_back(latch(k));
        clauses.push_back(std::move(some));
    }
    return clauses;
}

Conjunction conjunction_of(const std::vector<LatchLiterals>& clauses, std::size_t latches) {
    circuit::Builder builder(most_bytes_of_clauses);
    Conjunction result;
    std::vector<Literal> inputs;
    for (std::size_t k = 0; k < latches; ++k) inputs.push_back(builder.add_input("latch " + std::to_string(k)));
    for (const LatchLiterals& clause : clauses) {
        std::vector<Literal> some;
        for (const LatchLiteral l : clause) some.push_back(inputs[StepFormula::index(l)] ^ (l < 0));
        result.conjuncts.push_back(builder.disjunction(some));
    }
    result.circuit = std::move(builder).take();
    return result;
}

bool normalise(LatchLiterals& literals) {
    std::sort(literals.begin(), literals.end(), [](LatchLiteral a, LatchLiteral b) {
        return std::abs(a) != std::abs(b) ? std::abs(a) < std::abs(b) : a < b;
    });
    literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
    return std::adjacent_find(literals.begin(), literals.end(),
                              [](LatchLiteral a, LatchLiteral b) { return a == -b; }) == literals.end();
}

}  // namespace attest::induction
