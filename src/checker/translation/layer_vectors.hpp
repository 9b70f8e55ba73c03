#pragma once

#include <deque>
#include <vector>

#include "checker/translation/attended.hpp"
#include "checker/translation/value_set.hpp"
#include "checker/translation/word_inputs.hpp"

namespace attest::checker {

// What circuits of all kinds of gates need of a model's layers (FORMAT.md, sections 6 and 38.2).

/// The cases of position p at boundary 0.
Values embedded(const Instance& instance, const WordInputs& word, std::size_t p, Budget& budget);

/// The heads of layer b, none without attention. Needs all arguments but b to outlive them.
std::deque<HeadCircuit> heads_of(Circuit& circuit, const Instance& instance, std::size_t b,
                                 const std::vector<Values>& before, Budget& budget);

/// What the heads add that are not live at p.
Vector constant_part(const Instance& instance, const Layer& layer, const Reads& reads, std::size_t p, Budget& budget);

/// That, and the residual of z.
Vector base_of(const Layer& layer, const Vector& constant, const Vector& z, Budget& budget);

/// What the feed-forward part makes of y.
Vector fed(const Layer& layer, Vector y, Budget& budget);

}  // namespace attest::checker
