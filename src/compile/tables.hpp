#pragma once

#include "attest/compile/compile.hpp"
#include "attest/network/guhat.hpp"

namespace attest::compile {

/// The acceptance of tables on words of their length. Every value that a position may hold has a literal, whether a later layer
/// can tell it from another or not; what the last layer makes of it is only whether it is accepted.
///
/// Needs   inputs of the tables' alphabet and length; no `options.drops`
/// Exact   yes
/// Gives   undecided with reason memory, deadline or interrupted
std::variant<CompiledModel, verdict::Undecided> compile_guhat(circuit::Builder& builder, const Inputs& inputs,
                                                              const network::Guhat& guhat, const Options& options,
                                                              const base::Limits& limits);

/// As for models.
double size_formula_log2(const network::Guhat& guhat);

}  // namespace attest::compile
