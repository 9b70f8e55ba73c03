#pragma once

#include "originals.hpp"

namespace forgeries {

Section maxima();

Originals originals_of_maxima();

}  // namespace forgeries
