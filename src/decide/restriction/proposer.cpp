#include "proposer.hpp"

#include "twin.hpp"

namespace attest::restriction {

Proposer::Proposer(std::size_t length, std::size_t symbols, std::size_t dependence, std::uint64_t seed)
    : length_(length),
      symbols_(symbols),
      solver_(logic::make_solver(logic::BackEnd::cadical, {.seed = seed})),
      last_(static_cast<std::int32_t>(length * (symbols + 2))) {
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
    at_least_fixed_ = count(fixed, length);
    const std::vector<std::int32_t> at_least_aside = count(aside, dependence + 1);
    if (dependence < at_least_aside.size()) add({-at_least_aside[dependence]});
}

/// Sequential counter (Sinz 2005), in the direction that a bound from above needs: entry k−1 is implied where at least k of
/// the literals hold, for k up to `most`.
std::vector<std::int32_t> Proposer::count(std::span<const std::int32_t> literals, std::size_t most) {
    std::vector<std::int32_t> before;
    for (const std::int32_t l : literals) {
        std::vector<std::int32_t> now;
        for (std::size_t k = 0; k < std::min(before.size() + 1, most); ++k) {
            now.push_back(++last_);
            if (k < before.size()) add({-before[k], now[k]});
            if (k == 0) add({-l, now[k]});
            else add({-l, -before[k - 1], now[k]});
        }
        before = std::move(now);
    }
    return before;
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
