#pragma once

#include "originals.hpp"

/// Claims about C-RASP programs at every length, and what breaks section 30.
namespace forgeries {

Originals originals_of_counting();
Section counting();

/// The same with counts of symbols (section 39).
Originals originals_of_counted_symbols();
Section counted_symbols();

/// Formulas by elimination (section 39.2).
Originals originals_of_eliminated_formulas();
std::vector<Forgery> forged_eliminations();

}  // namespace forgeries
