#pragma once

#include "originals.hpp"

namespace forgeries {

Section orders();

Originals originals_of_orders();

}  // namespace forgeries
