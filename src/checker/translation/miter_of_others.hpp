#pragma once

#include <vector>

#include "checker/translation/miter.hpp"

namespace attest::checker {

/// The miter of FORMAT.md section 6, but false on the listed words (section 14): it is true where model and language
/// differ
/// on another.
///
/// Shape   words: each of the instance's length, in symbols of the model
/// Throws  Defect
Miter build_miter_of_others(const Instance& instance, const Language& language, const std::vector<std::size_t>& letters,
                            const std::vector<Drop>& drops, const std::vector<std::vector<std::size_t>>& words,
                            Budget& budget);

}  // namespace attest::checker
