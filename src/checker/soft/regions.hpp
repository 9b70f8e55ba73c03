#pragma once

#include <string_view>

#include "checker/core/manifest.hpp"
#include "checker/question/question.hpp"

namespace attest::checker {

/// Obligation `enclosure` by regions of words (FORMAT.md section 17).
///
/// Shape   tree: regions.txt
/// Throws  Defect
void check_regions(const Manifest& manifest, const Question& question, std::string_view tree, Budget& budget);

}  // namespace attest::checker
