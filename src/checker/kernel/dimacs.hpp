#pragma once

#include <string>
#include <string_view>

#include "checker/kernel/formula.hpp"

namespace attest::checker {

/// Reads a CNF formula in DIMACS format: `p cnf VARIABLES CLAUSES`, then so many clauses, each of them
/// literals and a 0. Spaces, tabs and ends of lines separate numbers; a clause may go over several lines; a
/// line that begins with `c` is a comment. The canonical text of FORMAT.md section 7 is such a text. A
/// literal that a clause has twice counts once.
///
/// Gives   the clauses in the order of the file, which is how proofs number them
/// Throws  Defect (file and line): anything else, a literal beyond VARIABLES, more or fewer clauses than
/// CLAUSES
Formula read_dimacs(std::string_view bytes, const std::string& file, Budget& budget);

}  // namespace attest::checker
