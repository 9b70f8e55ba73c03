#pragma once

#include <cstdint>
#include <string_view>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// Obligation `network` of a census: networks.txt holds so many lines, of each a network of two layers with one head and two
/// activations that computes its function, and every function of so many bits is one of these up to permutations and
/// complements. Throws Defect (line).
///
/// Needs   inputs 2 to 5
/// Gives   how many functions there are
/// Exact   yes
/// Cost    2 inputs! 2^inputs images for each line
std::uint64_t check_every_function(std::string_view text, std::size_t inputs, std::uint64_t lines, Budget& budget);

}  // namespace attest::checker
