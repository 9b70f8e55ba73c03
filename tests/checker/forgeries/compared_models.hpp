#pragma once

#include "originals.hpp"

/// Claims about models whose heads count and compare, at every length, and what breaks section 41.
namespace forgeries {

Originals originals_of_compared_models();
Section compared_models();

}  // namespace forgeries
