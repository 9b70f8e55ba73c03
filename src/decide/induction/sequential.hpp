#pragma once

#include <cstdint>
#include <vector>

#include "attest/language/dfa.hpp"
#include "attest/network/transformer.hpp"
#include "circuit/sequential.hpp"

namespace attest::induction {

/// A model of hard attention, with a language beside it, as a circuit with latches that reads a word letter by letter.
///
/// In frame N the latches hold what was read of a word of N symbols, and the port says what holds of that word: `bad`, that
/// the model answers otherwise than the language; without a language the output `accept`, what the model answers. No port
/// depends on inputs. Inputs: `x`, true for the second letter, if there are two letters; else one a letter but for the last,
/// of which the first that is true counts, and if none is, the last letter. All latches begin with 0: where a bit begins with
/// 1 its latch holds the complement, and has a name that begins with `not`.
///
/// Where a head looks to the right below the last layer with attention, there are inputs more, `guess`, for what is to the right of each
/// position: then `bad` is true for some of them if it is true of the word. Without a language there is the further output `reject`; for
/// each word one of the two is true, for some guesses. If there is a begin symbol it is read in frame 0, whatever the inputs say there, and
/// in frame N the ports depend on the inputs, which are the N-th symbol.
///
/// automaton  the language's, over its symbols; none: no language
/// meaning    of each model symbol
/// from       the least length at which they are compared: 0 or 1
/// Throws     Unsupported for models that no finite machine follows, or whose machine is not found from what its parts may hold;
///            naming layer, head or coordinate
/// Cost       a gate or so for each vector of a layer and each thing that its heads may bring
circuit::Sequential sequential_circuit(const network::Transformer& model, const language::Dfa* automaton,
                                       const std::vector<language::Symbol>& meaning, std::int64_t from);

/// What the inputs are for a letter of so many.
std::vector<bool> letter_inputs(std::size_t letters, language::Symbol letter);

}  // namespace attest::induction
