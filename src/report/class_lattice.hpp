#pragma once

#include <string>

#include "language/classify/census.hpp"

namespace attest::report {

/// A census as a document: above, the classes with the number of languages in each, a line where one is inside of
/// another; below, a column for each set of classes that languages have, the most common first, with a bar for their
/// number (logarithmic).
/// Needs   not more sets of classes than columns fit, which is a few hundred
std::string class_lattice_svg(const classify::Census& census);

}  // namespace attest::report
