#pragma once

#include <utility>
#include <vector>

#include "language/classify/classes.hpp"

namespace attest::classify {

/// Which class is inside of which, for all alphabets: those pairs from which the others follow.
const std::vector<std::pair<Class, Class>>& inclusions();

}  // namespace attest::classify
