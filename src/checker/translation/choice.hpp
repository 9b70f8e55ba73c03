#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "checker/translation/circuit.hpp"

namespace attest::checker {

/// The values of one position that share a score: numbers of their images, and their literals.
struct Step {
    bool whole = false;  ///< whether the position has no other values
    std::vector<std::pair<std::uint32_t, Literal>> values;
};

/// The candidates of one score, in the order in which positions are compared.
using ScoreClass = std::vector<Step>;

/// Which of several candidates wins among equal scores, in terms of the order of steps.
enum class Keep { first, last };

/// The literals of "the image of the winning candidate is u", for each image in order (FORMAT.md section 6.3,
/// 3 to 5).
///
/// Needs   classes in descending order of score; images: all images of the candidates, without repeats
Literals choose_images(Circuit& circuit, const std::vector<ScoreClass>& classes,
                       const std::vector<std::uint32_t>& images, Keep keep, Budget& budget);

}  // namespace attest::checker
