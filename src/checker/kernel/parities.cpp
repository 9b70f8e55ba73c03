#include "checker/kernel/parities.hpp"

#include <algorithm>
#include <cstdlib>

#include "checker/kernel/defect.hpp"

// Parity constraints are linear equations over GF(2): x1 + … + xk = b. Sums of such equations follow from them, and a
// sum that no assignment satisfies which falsifies a clause implies the clause. Literals are counted with their signs,
// of which each negative one adds 1 to the right-hand side.

namespace attest::checker {

/// l = 1 + x for a negative literal, so each of them adds 1 to the right-hand side.
Parities::Parity Parities::of_literals(const std::vector<std::int32_t>& literals) {
    Parity parity;
    parity.sum = true;
    for (const std::int32_t literal : literals) {
        parity.variables.push_back(std::abs(literal));
        if (literal < 0) parity.sum = !parity.sum;
    }
    std::sort(parity.variables.begin(), parity.variables.end());
    return parity;
}

void Parities::add(std::int64_t id, Parity parity) {
    if (id < 1) throw Defect("", "an identifier is positive");
    budget_.memory(96 + 4 * parity.variables.size());
    if (!parities_.emplace(id, std::move(parity)).second)
        throw Defect("", "the parity constraint " + std::to_string(id) + " exists already");
}

void Parities::remove(std::int64_t id) {
    if (parities_.erase(id) == 0) throw Defect("", "there is no parity constraint " + std::to_string(id));
}

const Parities::Parity& Parities::find(std::int64_t id) const {
    const auto found = parities_.find(id);
    if (found == parities_.end()) throw Defect("", "there is no parity constraint " + std::to_string(id));
    return found->second;
}

Parities::Parity Parities::sum(const std::vector<std::int64_t>& ids) {
    Parity total;
    std::vector<std::int32_t> touched;
    for (const std::int64_t id : ids) {
        const Parity& parity = find(id);
        budget_.step(64 + 16 * parity.variables.size());
        total.sum = total.sum != parity.sum;
        for (const std::int32_t variable : parity.variables) {
            odd_[static_cast<std::size_t>(variable)].flip();
            touched.push_back(variable);
        }
    }
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const std::int32_t variable : touched) {
        if (odd_[static_cast<std::size_t>(variable)]) total.variables.push_back(variable);
        odd_[static_cast<std::size_t>(variable)] = false;
    }
    return total;
}

void Parities::check_import(const std::vector<std::int32_t>& literals, const std::vector<std::int64_t>& ids,
                            const Clauses& clauses, Budget& budget) {
    const std::size_t k = literals.size();
    if (k < 1 || k > 12) throw Defect("", "a parity constraint of 1 to 12 literals was expected");
    std::vector<bool> forbidden(std::size_t{1} << k);  // [which of the literals are true]
    std::size_t count = 0;
    for (const std::int64_t id : ids) {
        const auto clause = clauses.find(id);
        budget.step(8 + k * k);
        if (clause.size() != k) continue;
        std::size_t assignment = 0;
        bool each_once = true;  // no literal beside its complement, which forbids nothing
        bool even = true;
        for (std::size_t b = 0; b < k; ++b) {
            std::size_t matched = 0;
            for (const std::int32_t literal : clause) {
                if (literal != literals[b] && literal != -literals[b]) continue;
                ++matched;
                if (literal == literals[b]) continue;
                assignment |= std::size_t{1} << b;
                even = !even;
            }
            each_once = each_once && matched == 1;
        }
        if (!each_once || !even || forbidden[assignment]) continue;
        forbidden[assignment] = true;
        ++count;
    }
    if (count != std::size_t{1} << (k - 1))
        throw Defect("", "the clauses do not imply the parity constraint: " + std::to_string(count) + " of " +
                             std::to_string(std::size_t{1} << (k - 1)) + " were found");
}

void Parities::check_clause(const std::vector<std::int32_t>& clause, const std::vector<std::int64_t>& ids) {
    const Parity total = sum(ids);
    bool value = false;
    std::size_t covered = 0;
    for (const std::int32_t literal : clause) {
        if (!std::binary_search(total.variables.begin(), total.variables.end(), std::abs(literal))) continue;
        ++covered;
        if (literal < 0) value = !value;  // a negative literal is false iff its variable is true
    }
    if (covered != total.variables.size()) throw Defect("", "the sum has a variable that the clause has not");
    if (value == total.sum) throw Defect("", "the clause does not follow from the sum");
}

}  // namespace attest::checker
