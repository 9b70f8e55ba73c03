#pragma once

#include "originals.hpp"

namespace forgeries {

Section cutting_planes();

Originals originals_of_planes();

}  // namespace forgeries
