#include "certify/refutation.hpp"

#include "limited_check.hpp"

namespace attest::certify {

measure::ProofCheck proof_check(const base::Limits& limits) {
    return [options = options_within(limits)](const logic::Cnf& formula, const std::string& lrat) {
        std::vector<std::int32_t> clauses;
        for (std::size_t c = 0; c < formula.size(); ++c) {
            const auto clause = formula.clause(c);
            clauses.insert(clauses.end(), clause.begin(), clause.end());
            clauses.push_back(0);
        }
        return checker::check_refutation(formula.variables, clauses, lrat, options);
    };
}

}  // namespace attest::certify
