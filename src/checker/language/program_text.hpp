#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/language/program_line.hpp"

namespace attest::checker {

/// What the texts of B-RASP and C-RASP programs have in common (FORMAT.md, sections 30.1 and 36.1): lines, of which each is a statement or
/// nothing, an alphabet, and names that are defined above.

/// Goes through the lines of a text, but for what follows `comment` in each, and those that are blank then.
void for_each_statement(std::string_view text, const std::string& file, std::string_view comment, Budget& budget,
                        const std::function<void(ProgramLine&)>& statement);

/// Reads the rest of a line as the alphabet. Throws Defect (file and line): there is one, or a symbol that may not be in it.
void read_program_alphabet(ProgramLine& line, std::vector<Symbol>& alphabet, Budget& budget);

/// What stands for the name that comes next. Throws Defect (file and line): none, or it is not defined.
std::size_t defined_name(ProgramLine& line, const std::map<std::string, std::size_t>& names);

}  // namespace attest::checker
