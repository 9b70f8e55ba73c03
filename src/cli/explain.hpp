#pragma once

#include "attest/decide/answer/answerer.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "session.hpp"

namespace attest::cli {

/// Prints a counterexample replayed, with what each head did on it.
void explain(Session& session, const network::Transformer& transformer, const decide::Counterexample& counterexample);
/// The same of a softmax model: its score in balls.
void explain(Session& session, const network::Transformer& transformer, const decide::Counterexample& counterexample,
             const decide::EnclosedScore& score);
void explain(Session& session, const network::Guhat& tables, const decide::Counterexample& counterexample);

/// The same of a program: the value of each variable at each position.
void explain(Session& session, const network::Program& program, const decide::Counterexample& counterexample);

/// The same of any network, where nothing but the counterexample is known.
void explain(Session& session, const decide::Network& network, const language::Alphabet& alphabet,
             const decide::Counterexample& counterexample);

/// Prints what a network does on a word: what each head did, or the score in balls.
void show_run(Session& session, const decide::Network& network, const language::Word& word);

}  // namespace attest::cli
