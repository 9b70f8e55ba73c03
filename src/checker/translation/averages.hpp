#pragma once

#include "checker/network/matrix.hpp"
#include "checker/translation/choice.hpp"

namespace attest::checker {

/// "What the head adds is this mean" is what the literal says.
struct Mean {
    Vector image;
    Literal literal;
};

/// The means that a head of average attention can add (FORMAT.md section 25), in order of first appearance.
///
/// Shape   classes: in descending order of score, steps in ascending order of positions; images: by the numbers that steps have
std::vector<Mean> means_of(Circuit& circuit, const std::vector<ScoreClass>& classes,
                           const std::vector<const Vector*>& images, Budget& budget);

}  // namespace attest::checker
