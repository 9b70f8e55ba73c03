#include "guarded_solver.hpp"

#include <algorithm>
#include <cstdlib>

#include "attest/base/error.hpp"

namespace attest::logic {
namespace {

constexpr std::int32_t most_variables = (1 << 28) - 2;  // the least of what the back ends can number

}  // namespace

void GuardedSolver::misuse(const std::string& what) const { throw base::UsageError(name() + ": " + what); }

void GuardedSolver::check_literals(std::span<const std::int32_t> literals, const char* where) const {
    for (const std::int32_t literal : literals) {
        if (literal == 0) misuse(std::string("the literal 0 in ") + where);
        if (literal > most_variables || literal < -most_variables)
            misuse("the literal " + std::to_string(literal) + " in " + where + " is beyond variable " +
                   std::to_string(most_variables));
    }
}

void GuardedSolver::note_variables(std::span<const std::int32_t> literals) {
    for (const std::int32_t literal : literals) variables_ = std::max(variables_, std::abs(literal));
}

void GuardedSolver::begin_adding(std::span<const std::int32_t> literals, const char* what) {
    check_literals(literals, what);
    if (proof_ != Proof::none && solved_)
        misuse(std::string("cannot add ") + what + " after solve while a proof is kept");
    note_variables(literals);
    started_ = true;
    has_model_ = false;
}

void GuardedSolver::reserve(std::int32_t variables) {
    if (variables < 0 || variables > most_variables)
        misuse("cannot reserve " + std::to_string(variables) + " variables");
    if (variables > variables_) has_model_ = false;
    variables_ = std::max(variables_, variables);
}

void GuardedSolver::add_clause(std::span<const std::int32_t> clause) {
    begin_adding(clause, "a clause");
    if (!refuted_) do_add_clause(clause);
}

void GuardedSolver::add_parity(std::span<const std::int32_t> literals) {
    if (!capabilities().parity) misuse("takes no parity constraints");
    begin_adding(literals, "a parity constraint");
    if (refuted_) return;
    bool sum = true;
    std::vector<std::int32_t> sorted;
    for (const std::int32_t literal : literals) {
        if (literal < 0) sum = !sum;
        sorted.push_back(std::abs(literal));
    }
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::int32_t> odd;  // a variable that is there twice cancels
    for (const std::int32_t variable : sorted)
        if (!odd.empty() && odd.back() == variable) odd.pop_back();
        else odd.push_back(variable);
    if (!odd.empty()) do_add_parity(odd, sum);
    else if (sum) do_add_clause({});
}

void GuardedSolver::keep_proof(const std::string& path) {
    if (!capabilities().proof) misuse("writes no DRAT proof");
    if (started_) misuse("a proof must be asked for before the first clause");
    if (proof_ != Proof::none) misuse("a proof is kept already");
    do_keep_proof(path);
    proof_ = Proof::open;
}

void GuardedSolver::close_proof() {
    if (proof_ != Proof::open) misuse("no proof is being kept");
    proof_ = Proof::closed;
    do_close_proof();
}

Answer GuardedSolver::solve(std::span<const std::int32_t> assumptions, const base::Limits& limits) {
    if (!assumptions.empty() && !capabilities().assumptions) misuse("takes no assumptions");
    if (!assumptions.empty() && proof_ != Proof::none)
        misuse("a proof refutes the clauses alone: no assumptions while one is kept");
    if (proof_ == Proof::closed) misuse("cannot solve after close_proof");
    check_literals(assumptions, "the assumptions");
    note_variables(assumptions);
    started_ = solved_ = true;
    has_model_ = false;
    const std::optional<std::int64_t> conflicts = conflicts_;
    conflicts_.reset();
    if (refuted_) return Answer::unsatisfiable;
    if (limits.exceeded()) return Answer::unknown;
    const Answer answer = do_solve(assumptions, limits, conflicts);
    has_model_ = answer == Answer::satisfiable;
    refuted_ = answer == Answer::unsatisfiable && assumptions.empty();
    return answer;
}

bool GuardedSolver::value(std::int32_t variable) const {
    if (!has_model_) misuse("there is no model: the last solve was not satisfiable, or something was added since");
    if (variable < 1 || variable > variables_)
        misuse("no variable " + std::to_string(variable) + " among " + std::to_string(variables_));
    return do_value(variable);
}

void GuardedSolver::limit_conflicts(std::optional<std::int64_t> conflicts) {
    if (conflicts && *conflicts < 0) misuse("a negative bound on conflicts");
    conflicts_ = conflicts;
}

void GuardedSolver::do_add_parity(std::span<const std::int32_t>, bool) { misuse("takes no parity constraints"); }
void GuardedSolver::do_keep_proof(const std::string&) { misuse("writes no DRAT proof"); }
void GuardedSolver::do_close_proof() { misuse("writes no DRAT proof"); }

}  // namespace attest::logic
