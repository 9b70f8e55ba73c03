#pragma once

#include "originals.hpp"

namespace forgeries {

Section rounded();

Originals originals_of_rounded();

}  // namespace forgeries
