#pragma once

#include <vector>

#include "checker/gates/threshold_circuit.hpp"
#include "checker/network/matrix.hpp"
#include "checker/translation/choice.hpp"

namespace attest::checker {

/// One way in which a head comes to add an image: all the literals hold.
struct HeadTerm {
    Vector image;
    Literals holds;
};

/// What a head can find, ranked: classes of equal scores, the greatest first, and the images by number.
struct Ranked {
    const std::vector<ScoreClass>& classes;
    const std::vector<const Vector*>& images;
};

/// The ways of a head of average attention (FORMAT.md section 38.2): for each class and each number and sum of the images of
/// its candidates.
std::vector<HeadTerm> mean_terms(ThresholdCircuit& circuit, const Ranked& ranked);

/// The ways of a head of hard attention: each candidate, where none is there that is preferred.
std::vector<HeadTerm> choice_terms(ThresholdCircuit& circuit, const Ranked& ranked, bool first_of_equals);

}  // namespace attest::checker
