#include "checker/kernel/proof.hpp"

#include "checker/kernel/defect.hpp"
#include "refusal.hpp"

// Proofs before the checker: of a formula that can be satisfied no proof is accepted. The first byte says
// which kind of proof and which formula.

namespace {

using namespace attest;

/// Parities over x1 … x4, written out as clauses: x1 + x2 + x3 = 1, x3 + x4 = 0; and x1 + x2 + x4 = 0 unless
/// satisfiable.
checker::Formula formula(bool satisfiable, checker::Budget& budget) {
    checker::Formula f(budget);
    f.variables = 5;
    for (const auto& clause :
         {std::initializer_list<std::int32_t>{1, 2, 3}, {1, -2, -3}, {-1, 2, -3}, {-1, -2, 3}, {3, -4}, {-3, 4}})
        f.add(clause);
    if (satisfiable) return f;
    for (const auto& clause : {std::initializer_list<std::int32_t>{-1, 2, 4}, {1, -2, 4}, {1, 2, -4}, {-1, -2, -4}})
        f.add(clause);
    return f;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const bool satisfiable = data[0] % 2 == 0;
    checker::Budget budget(1'000'000'000, 1'000'000'000);
    const checker::Formula f = formula(satisfiable, budget);
    try {
        (data[0] % 4 < 2 ? checker::check_lrat : checker::check_xlrup)(f, fuzz::text(data + 1, size - 1), "proof",
                                                                       budget);
    } catch (const checker::Defect&) {
        return 0;
    }
    fuzz::require(!satisfiable, "no proof refutes what can be satisfied");
    return 0;
}
