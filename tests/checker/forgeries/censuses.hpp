#pragma once

#include "originals.hpp"

namespace forgeries {

Section censuses();

Originals originals_of_censuses();

}  // namespace forgeries
