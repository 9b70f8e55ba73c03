#pragma once

#include "checker/language/task.hpp"
#include "checker/network/program.hpp"
#include "checker/translation/miter.hpp"

namespace attest::checker {

/// The program of a task at a length (FORMAT.md section 26.2).
///
/// Needs   length >= 1
Program program_of(const Task& task, std::size_t length, Budget& budget);

/// Where program and task differ, but on the listed words, and where the program has no value (section 26.2).
///
/// Shape   words: each of the length, in symbols of the program
Miter build_task_miter(Program& program, const Task& task, std::size_t length,
                       const std::vector<std::vector<std::size_t>>& words, Budget& budget);

}  // namespace attest::checker
