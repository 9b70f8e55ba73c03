#pragma once

#include "forgery.hpp"

namespace forgeries {

/// Those of networks that are told by their parts.
Section peelings();

}  // namespace forgeries
