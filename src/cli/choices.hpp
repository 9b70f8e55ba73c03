#pragma once

#include <string>
#include <vector>

#include "option_table.hpp"

namespace attest::cli {

/// What can follow an option of a command, or stand as an operand, beside files. Computed when a completion
/// script is made: names of the zoo, languages, claims and sources do not change under an installed program.
std::vector<std::string> choices(const std::vector<CommandRow>& table, const CommandRow& command,
                                 const OptionRow& option);

}  // namespace attest::cli
