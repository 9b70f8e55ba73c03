#pragma once

#include <gmpxx.h>

#include <cstdint>

#include "checker/soft/soft_instance.hpp"

namespace attest::checker {

/// What the cells of FORMAT.md section 34 say of a model.
struct MaximumCells {
    std::uint64_t cells = 0, certified = 0;
    mpz_class right;  ///< words of the certified ones
};

/// That the model has the form that section 34 speaks of. Throws Defect (place).
void require_maximum_form(const Model& model);

/// Needs   a model of that form, at the length
/// Cost    O(symbols³ length (symbols + length)) operations on intervals
MaximumCells maximum_cells(const SoftInstance& instance, std::size_t symbols, Budget& budget);

}  // namespace attest::checker
