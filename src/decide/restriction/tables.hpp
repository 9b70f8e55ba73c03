#pragma once

#include "attest/decide/restriction/outcome.hpp"
#include "attest/network/guhat.hpp"

namespace attest::restriction {

/// The circuit of tables, at their length.
std::variant<Function, verdict::Undecided> compile_function(const network::Guhat& tables, std::uint64_t seed,
                                                            const base::Limits& limits);

/// The optima of tables, as restrict_model has those of models. Evidence is `exhaustion`, since the circuits of FORMAT.md are of models;
/// Hahn's algorithm is not run.
std::variant<Outcome, verdict::Undecided> restrict_tables(const network::Guhat& tables, const Options& options,
                                                          const base::Limits& limits);

}  // namespace attest::restriction
