#pragma once

#include "originals.hpp"

namespace forgeries {

Section definitions();

Originals originals_of_definitions();

}  // namespace forgeries
