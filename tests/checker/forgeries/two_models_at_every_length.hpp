#pragma once

#include "originals.hpp"

/// Claims that two models answer the same at every length, and what breaks section 27.
namespace forgeries {

Originals originals_of_two_models_at_every_length();
Section two_models_at_every_length();

}  // namespace forgeries
