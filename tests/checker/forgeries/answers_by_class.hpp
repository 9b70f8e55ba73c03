#pragma once

#include "originals.hpp"

namespace forgeries {

/// Claims about tasks and models that answer with classes: FORMAT.md section 20.
Section answers_by_class();
Originals originals_of_answers_by_class();

}  // namespace forgeries
