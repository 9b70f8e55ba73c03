#pragma once

#include <cstdint>
#include <string>

namespace attest::benchmarks {

/// "Model and language differ on some word of this length", the counts of a model that averages being whole numbers, as whoever
/// knows the model puts it to an SMT solver: a sum for PARITY and MAJORITY, all prefix sums and the least mean for brackets.
///
/// Needs  average-parity, average-majority or average-dyck-1
std::string counts_smt(const std::string& model, std::int64_t length);

}  // namespace attest::benchmarks
