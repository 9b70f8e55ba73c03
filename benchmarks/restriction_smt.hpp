#pragma once

#include <string>

#include "attest/decide/restriction/function.hpp"

namespace attest::benchmarks {

/// SMT-LIB with quantifiers: is there a restriction with at most so many fixed positions that settles the answer?
///
/// Needs   two symbols
std::string restriction_smt(const restriction::Function& function, std::size_t fixed);

}  // namespace attest::benchmarks
