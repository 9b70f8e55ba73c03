#include "proposer.hpp"

#include "logic/cardinality.hpp"
#include "twin.hpp"

namespace attest::restriction {

Proposer::Proposer(std::size_t length, std::size_t symbols, std::size_t dependence, std::uint64_t seed)
    : length_(length), symbols_(symbols), solver_(logic::make_solver(logic::BackEnd::cadical, {.seed = seed})) {
    std::vector<std::int32_t> fixed, aside;
    for (std::size_t i = 0; i < length; ++i) {
        fixed.push_back(is_fixed(i));
        aside.push_back(matters(i));
        add({-matters(i), -is_fixed(i)});
        std::vector<std::int32_t> some{-is_fixed(i)};
        for (language::Symbol a = 0; a < symbols; ++a) {
            some.push_back(fixes(i, a));
            add({-fixes(i, a), is_fixed(i)});
            for (language::Symbol b = 0; b < a; ++b) add({-fixes(i, b), -fixes(i, a)});
        }
        solver_->add_clause(some);
    }
    auto last = static_cast<std::int32_t>(length * (symbols + 2));
    at_least_fixed_ = logic::count_from_below(*solver_, fixed, length, last);
    const std::vector<std::int32_t> at_least_aside = logic::count_from_below(*solver_, aside, dependence + 1, last);
    if (dependence < at_least_aside.size()) add({-at_least_aside[dependence]});
}

std::optional<Proposer::Proposal> Proposer::propose(std::size_t most_fixed, const base::Limits& limits) {
    std::vector<std::int32_t> assumptions;
    if (most_fixed < at_least_fixed_.size()) assumptions.push_back(-at_least_fixed_[most_fixed]);
    const logic::Answer answer = solver_->solve(assumptions, limits);
    if (answer == logic::Answer::unknown) throw OutOfLimits{};
    if (answer == logic::Answer::unsatisfiable) return std::nullopt;
    Proposal proposal{Restriction::all_free(length_), std::vector<bool>(length_, false)};
    for (std::size_t i = 0; i < length_; ++i) {
        proposal.may_matter[i] = solver_->value(matters(i));
        for (language::Symbol a = 0; a < symbols_; ++a)
            if (solver_->value(fixes(i, a))) proposal.restriction.fixed[i] = a;
    }
    return proposal;
}

void Proposer::rule_out(const Restriction& cube, std::size_t position) {
    std::vector<std::int32_t> clause{is_fixed(position), matters(position)};
    for (std::size_t i = 0; i < length_; ++i) {
        if (!cube.fixed[i] || i == position) continue;
        for (language::Symbol a = 0; a < symbols_; ++a)
            if (a != *cube.fixed[i]) clause.push_back(fixes(i, a));
    }
    solver_->add_clause(clause);
}

void Proposer::settle(std::size_t position, language::Symbol symbol) {
    for (language::Symbol a = 0; a < symbols_; ++a)
        if (a != symbol) add({-fixes(position, a)});
}

}  // namespace attest::restriction
