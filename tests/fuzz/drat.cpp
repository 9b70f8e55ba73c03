#include "checker/kernel/proof.hpp"
#include "logic/proof.hpp"
#include "refusal.hpp"

// DRAT proofs, text and binary, as solvers write them: of a formula that can be satisfied none is taken, and
// what comes of a proof that is taken convinces the checker. The first byte says which formula.

namespace {

using namespace attest;

/// x + y + z = 1 as clauses, and two of them equal; satisfiable until z is forced to disagree.
logic::Cnf formula(bool satisfiable) {
    logic::Cnf cnf;
    cnf.variables = 3;
    for (const auto& clause :
         {std::initializer_list<std::int32_t>{1, 2, 3}, {1, -2, -3}, {-1, 2, -3}, {-1, -2, 3}, {1, -2}, {-1, 2}})
        cnf.add(clause);
    if (!satisfiable) cnf.add({-3});
    return cnf;
}

void require_accepted(const logic::Cnf& cnf, const std::string& lrat) {
    checker::Budget budget(1'000'000'000, 1'000'000'000);
    checker::Formula copy(budget);
    copy.variables = static_cast<std::size_t>(cnf.variables);
    for (std::size_t c = 0; c < cnf.size(); ++c) copy.add(cnf.clause(c));
    checker::check_lrat(copy, lrat, "proof", budget);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const bool satisfiable = data[0] % 2 == 0;
    const logic::Cnf cnf = formula(satisfiable);
    const auto result = logic::drat_to_lrat(cnf, std::string(fuzz::text(data + 1, size - 1)), {});
    if (!std::holds_alternative<std::string>(result)) return 0;
    fuzz::require(!satisfiable, "no proof refutes what can be satisfied");
    require_accepted(cnf, std::get<std::string>(result));
    return 0;
}
