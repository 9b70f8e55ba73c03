#pragma once

#include "attest/model/guhat.hpp"
#include "attest/restriction/outcome.hpp"

namespace attest::restriction {

/// The circuit of tables, at their length.
std::variant<Function, verdict::Undecided> compile_function(const model::Guhat& tables, std::uint64_t seed,
                                                            const base::Limits& limits);

/// The optima of tables, as restrict_model has those of models. Evidence is `exhaustion`, since the circuits of FORMAT.md are of models;
/// Hahn's algorithm is not run.
std::variant<Outcome, verdict::Undecided> restrict_tables(const model::Guhat& tables, const Options& options,
                                                          const base::Limits& limits);

}  // namespace attest::restriction
