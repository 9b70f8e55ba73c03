#pragma once

#include <string>

#include "attest/decide/restriction/outcome.hpp"
#include "attest/language/alphabet.hpp"

namespace attest::report {

/// A run of Hahn's algorithm with its bookkeeping, beside the optimum and beside what the lemma's constants promise.
///
/// heads  a layer, for the promise
/// Needs  outcome.hahn
std::string hahn_text(const language::Alphabet& alphabet, const restriction::Outcome& outcome, std::size_t heads);

}  // namespace attest::report
