#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "checker/kernel/formula.hpp"

namespace attest::checker {

/// Checks that the LRAT proof, in text or in bytes, refutes the formula (FORMAT.md section 8). Returns the number of lines.
///
/// Throws  Defect (file and line)
/// Cost    linear in the proof and the clauses that its hints name
std::uint64_t check_lrat(const Formula& formula, std::string_view bytes, const std::string& file, Budget& budget);

/// The same for an XLRUP proof.
std::uint64_t check_xlrup(const Formula& formula, std::string_view bytes, const std::string& file, Budget& budget);

}  // namespace attest::checker
