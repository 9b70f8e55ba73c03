#pragma once

#include "originals.hpp"

/// Claims about every length that rest on an invariant, or about one by the machine, and what breaks sections 31 and 40.
namespace forgeries {

Originals originals_of_invariants();
Section invariants_of_steps();

/// The same with another invariant: the formula becomes the one that belongs to it, the proof stays.
///
/// original  by whose model and language
Edit other_invariant(const std::string& original, const std::string& invariant);
/// Of those of section 40.
Section invariants_with_guesses();
/// What `invariant.json` is with these gates and conjuncts.
std::string invariant_of(int latches, const std::string& gates, const std::string& conjuncts);
std::string invariant_of_four(const std::string& gates, const std::string& conjuncts);

}  // namespace forgeries
