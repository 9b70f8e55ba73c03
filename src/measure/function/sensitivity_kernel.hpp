#pragma once

#include <cstddef>

#include "attest/measure/function/sensitivity.hpp"

namespace attest::measure {

/// Adds what the inputs of words first … last−1 show to a result. Chosen once by what the processor offers.
/// Needs   whole registers: first and last are multiples of 8, or the table is smaller than that
void count_sensitive(const TruthTable& f, std::size_t first, std::size_t last, Sensitivity& into);

}  // namespace attest::measure
