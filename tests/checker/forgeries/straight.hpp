#pragma once

#include "originals.hpp"

/// Claims about B-RASP programs at every length, and what breaks section 36.
namespace forgeries {

Originals originals_of_straight_programs();
Section straight_programs();

}  // namespace forgeries
