#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "checker/planes/formula.hpp"

namespace attest::checker {

/// Checks that the proof by cutting planes, a text of version 2.0 of the format of VeriPB with the rules `pol`, `rup` and
/// `del id` (FORMAT.md section 38.4), derives a contradiction from the inequalities. Returns the number of its rules.
///
/// Throws  Defect (file and line)
/// Cost    of `pol` the size of what it names; of `rup` that of all inequalities that are there
std::uint64_t check_planes(const Inequalities& formula, std::string_view bytes, const std::string& file,
                           Budget& budget);

}  // namespace attest::checker
