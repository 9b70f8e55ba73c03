#pragma once

#include "originals.hpp"

namespace forgeries {

Section simulations();
Section loops_of_programs();

Originals originals_of_machines();

}  // namespace forgeries
