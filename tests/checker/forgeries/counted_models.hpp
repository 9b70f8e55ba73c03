#pragma once

#include "originals.hpp"

/// Claims about models that average, at every length, and what breaks section 37.
namespace forgeries {

Originals originals_of_counted_models();
Section counted_models();

}  // namespace forgeries
