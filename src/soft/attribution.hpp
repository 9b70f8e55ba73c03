#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/soft/evaluate.hpp"

namespace attest::soft {

/// What one part of a model adds to the score of a word.
struct Contribution {
    enum class Part : std::uint8_t {
        embedding,    ///< symbols and positions
        head,         ///< of attention
        feedforward,  ///< of a layer
        norms,        ///< the biases of norms that the residual stream passes
        readout       ///< its bias
    };
    Part part = Part::embedding;
    std::size_t layer = 0, head = 0;  ///< where there are some, from 0
    exact::Ball adds;
};

struct Attribution {
    std::vector<Contribution> parts;  ///< in the order in which they are evaluated
    exact::Ball sum;                  ///< of these: the score, or the difference of the logits
    /// With classes the two whose logits are compared: the accepted one and the other of the greatest logits; of a model that
    /// accepts none its answer and the class of the next logit.
    std::optional<std::size_t> accepted, rejected;
};

/// Direct logit attribution: the final vector is a sum of what embedding, heads and feed-forward parts add to the residual
/// stream, and the score is an affine function of it. Norms through which the stream itself passes (those after a part, and those
/// of the whole) are held as they were evaluated: with its deviation as a number a norm is affine, too, so that each part
/// passes it by itself, and what it adds is its bias. A part without residual ends what was before it. Norms before a part
/// belong to that part.
///
/// Exact   each number encloses the true one at this word; their sum encloses the score (with classes, that of the two logits)
/// Throws  as Evaluator, and as require_one_answer
Attribution attribute(const network::Transformer& transformer, const language::Word& word, long bits);

/// The same of a model of hard, average or sparsemax attention, which has no norms: its numbers are rational, and enclosed with so
/// many bits only to be shown.
Attribution attribute_exactly(const network::Transformer& transformer, const language::Word& word, long bits);

/// Throws  Unsupported for a model that says a class at each position, or has one class only
void require_one_answer(const network::Transformer& transformer);

/// The name of a part, as a line of text has it: `layer 1, head 2`.
std::string to_string(const Contribution& contribution);

}  // namespace attest::soft
