#pragma once

#include <string>
#include <string_view>

#include "checker/planes/formula.hpp"

namespace attest::checker {

/// Reads inequalities over variables that are 0 or 1 in OPB format: the line `* #variable= V #constraint= C`, then C constraints,
/// each of them pairs of a whole number and `xv` or `~xv`, `>=` or `=`, a whole number and `;`. Spaces, tabs and ends of lines
/// separate words; a line that begins with `*` is a comment; v, from 1 to V, has no leading zeros. The canonical text of FORMAT.md
/// section 38.3 is such a text. A variable that a constraint has more than once has the sum of its weights.
///
/// Gives   the inequalities in the order of the file, an equation as two, ≥ and then ≤, which is how proofs number them
/// Throws  Defect (file and line): anything else, such as an objective, a product, a variable beyond V, more or fewer
/// constraints than C
Inequalities read_opb(std::string_view bytes, const std::string& file, Budget& budget);

}  // namespace attest::checker
