#pragma once

#include "originals.hpp"

/// Claims about C-RASP programs at every length, and what breaks section 30.
namespace forgeries {

Originals originals_of_counting();
Section counting();

}  // namespace forgeries
