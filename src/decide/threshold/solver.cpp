// Transitivity on demand: the clauses of small orders from the start, where they are few and guide the solver; in large
// orders only cycles among the comparisons that the last assignment needs, as short as they come.

#include "attest/decide/threshold/solver.hpp"

namespace attest::threshold {

namespace {

constexpr std::size_t small_order = 24;      ///< elements: about 4000 cycles
constexpr std::size_t cuts_at_a_time = 400;  ///< of one order

}  // namespace

CutSolver::CutSolver(const NetworkClass& network, const Encoding& encoding, logic::BackEnd back_end,
                     const logic::SolverOptions& options, const std::vector<Literal>& units)
    : network_(network), encoding_(encoding), solver_(logic::make_solver(back_end, options)) {
    logic::add_formula(*solver_, encoding.formula);
    for (const Literal unit : units) solver_->add_clause(std::vector<Literal>{unit});
    for (const Order& order : encoding.orders)
        if (order.elements().size() <= small_order)
            for (const std::vector<Literal>& cycle : short_cycles(order)) cut(cycle);
}

logic::Answer CutSolver::solve(const base::Limits& limits, std::optional<std::int64_t> conflicts) {
    while (true) {
        solver_->limit_conflicts(conflicts);
        const logic::Answer answer = solver_->solve({}, limits);
        if (answer != logic::Answer::satisfiable || !cut_cycles()) return answer;
    }
}

bool CutSolver::value(Literal literal) const {
    if (literal == always) return true;
    return literal > 0 ? solver_->value(literal) : !solver_->value(-literal);
}

void CutSolver::cut(const std::vector<Literal>& cycle) {
    std::vector<Literal> clause;
    for (const Literal l : cycle) clause.push_back(-l);
    solver_->add_clause(clause);
    cuts_.push_back(std::move(clause));
}

bool CutSolver::cut_cycles() {
    std::vector<std::vector<Literal>> cycles;
    for (const std::vector<Step>& steps : needed_steps())
        for (std::vector<Literal>& cycle : impossible_cycles(steps, cuts_at_a_time)) cycles.push_back(std::move(cycle));
    for (const std::vector<Literal>& cycle : cycles) cut(cycle);
    return !cycles.empty();
}

std::vector<std::vector<Step>> CutSolver::needed_steps() const {
    std::vector<std::vector<Step>> steps(encoding_.orders.size());
    for (const Site& site : encoding_.sites)
        for (const Asker& asker : site.askers) {
            const bool indifferent = network_.key_dimension_one && !value(asker.most) && !value(asker.least);
            if (indifferent || !value(asker.holds)) continue;
            for (std::size_t c = 0; c < site.choices.size(); ++c) {
                if (!value(site.choices[c].chosen)) continue;
                for (std::size_t d = 0; d < site.choices.size(); ++d) {
                    if (site.choices[c].pair.position == site.choices[d].pair.position ||
                        !value(site.choices[d].present))
                        continue;
                    if (asker.elements[c] == asker.elements[d]) continue;
                    const Comparison needed =
                        comparison(network_, asker, site, c, d, !network_.key_dimension_one || value(asker.most));
                    steps[asker.order].push_back({needed, *encoding_.orders[asker.order].find(needed)});
                }
            }
        }
    return steps;
}

}  // namespace attest::threshold
