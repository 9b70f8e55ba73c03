#pragma once

#include <functional>
#include <vector>

#include "attest/circuit/builder.hpp"
#include "ranking.hpp"
#include "value_set.hpp"

namespace attest::compile {

/// What a head of average attention can add at a position, and when it adds it.
struct Averages {
    std::vector<exact::Vector> images;    ///< full width, in order of first appearance, none twice
    std::vector<circuit::Literal> holds;  ///< of each: exactly one is true on every word
};

/// Images of one class as whole numbers: those coordinates in which they differ, times their common denominators.
struct ScaledImages {
    std::vector<std::uint32_t> coordinates;
    std::vector<mpz_class> denominators;          ///< by coordinate kept
    std::vector<std::vector<mpz_class>> numbers;  ///< by image of the ranking; empty for images of other classes
};
ScaledImages scaled_images(const std::vector<Step>& steps, const Images& images);
/// Whether all candidates of a class have one image.
bool is_one_image(const std::vector<Step>& steps);

/// Limits of what is made for one ranking.
struct AverageLimits {
    std::size_t most_states;     ///< of the automaton after one step; beyond: Stop, reason memory
    std::function<void()> poll;  ///< looks at the limits now and then; may throw
};

/// The means of the present candidates of greatest score (FORMAT.md, section 25).
///
/// values   V(b−1, ·), by position
/// Cost     O(states · images) for each position of each class; the states after t positions are the different pairs of a number
///          of candidates and the sum of their images
/// Throws   Stop
Averages averages(circuit::Builder& builder, const Ranking& ranking, const std::vector<ValueSet>& values,
                  const AverageLimits& limits);

}  // namespace attest::compile
