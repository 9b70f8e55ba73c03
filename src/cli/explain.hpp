#pragma once

#include "attest/query/prove.hpp"
#include "session.hpp"

namespace attest::cli {

/// Prints a counterexample replayed, with what each head did on it.
void explain(Session& session, const model::Transformer& transformer, const query::Counterexample& counterexample);
/// The same of a softmax model: its score in balls.
void explain(Session& session, const model::Transformer& transformer, const query::Counterexample& counterexample,
             const query::EnclosedScore& score);
void explain(Session& session, const model::Guhat& tables, const query::Counterexample& counterexample);

}  // namespace attest::cli
