#pragma once

#include <string>

#include "language/classify/census.hpp"
#include "report/svg.hpp"

namespace attest::report {

/// A census: above, the classes with the number of languages in each, a line where one is inside of
/// another; below, a column for each set of classes that languages have, the most common first, with a bar for their
/// number (logarithmic).
/// Needs   not more sets of classes than columns fit, which is a few hundred
Svg class_lattice(const classify::Census& census);

/// The same classes and lines with the place of one language: which of them it is in, which not.
Svg class_place(const std::string& language, const classify::ClassVector& in);

}  // namespace attest::report
