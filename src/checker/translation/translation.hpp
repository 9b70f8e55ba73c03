#pragma once

#include "checker/network/instance.hpp"
#include "checker/translation/circuit.hpp"
#include "checker/translation/value_set.hpp"
#include "checker/translation/word_inputs.hpp"

namespace attest::checker {

/// The literal "the model accepts the word", with the literals of the dropped values in order.
struct ModelLiterals {
    Literal accept = bottom;
    Literals dropped;
};

/// Builds the model's circuit over all words of the instance's length (FORMAT.md sections 6.1 to 6.3).
///
/// Needs   hard or average attention only, and a readout at one position that accepts and rejects
/// Gives   accept is right on every word on which no dropped literal is true
/// Throws  Defect: a drop that names no value, a position without values
ModelLiterals translate_model(Circuit& circuit, const WordInputs& word, const Instance& instance,
                              const std::vector<Drop>& drops, Budget& budget);

}  // namespace attest::checker
