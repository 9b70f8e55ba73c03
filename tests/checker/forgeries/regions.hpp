#pragma once

#include "forgery.hpp"

namespace forgeries {

/// Of many words at a time (section 17).
Section regions();

}  // namespace forgeries
