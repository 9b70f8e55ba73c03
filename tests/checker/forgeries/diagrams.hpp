#pragma once

#include "forgery.hpp"

namespace forgeries {

/// Those of counts by a decision diagram.
Section diagrams();

}  // namespace forgeries
