#pragma once

#include "forgery.hpp"

namespace forgeries {

/// Those of circuits of average attention.
Section averages();

}  // namespace forgeries
