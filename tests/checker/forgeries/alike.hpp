#pragma once

#include "originals.hpp"

namespace forgeries {

/// Two networks that give the same answers: FORMAT.md section 42.
Section alike();
Originals originals_of_alike();

}  // namespace forgeries
