#pragma once

#include "attest/decide/restriction/outcome.hpp"
#include "attest/network/guhat.hpp"
#include "attest/network/program.hpp"

namespace attest::restriction {

/// The circuit of tables, at their length.
std::variant<Function, verdict::Undecided> compile_function(const network::Guhat& tables, std::uint64_t seed,
                                                            const base::Limits& limits);

/// The optima of tables, as restrict_model has those of models. Evidence is `exhaustion`, since the circuits of FORMAT.md are of models;
/// Hahn's algorithm is not run.
std::variant<Outcome, verdict::Undecided> restrict_tables(const network::Guhat& tables, const Options& options,
                                                          const base::Limits& limits);

/// The circuit of a program at a length (FORMAT.md, section 19), if it has a value on each word; no layers.
///
/// Gives   undecided with reason `memory` also where a word may be without a value
std::variant<Function, verdict::Undecided> compile_function(const network::Program& program, std::int64_t length,
                                                            const base::Limits& limits);

/// The optima of a program; evidence as of tables.
/// Throws  as network::require_decisions, and where the program has no value on a word
std::variant<Outcome, verdict::Undecided> restrict_program(const network::Program& program, std::int64_t length,
                                                           const Options& options, const base::Limits& limits);

}  // namespace attest::restriction
