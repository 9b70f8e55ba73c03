#pragma once

#include "attest/language/task.hpp"
#include "attest/network/program.hpp"

namespace attest::task {

/// A task as a program that answers it on all words of one length (FORMAT.md, section 26.2). It has a value at each
/// position of each word.
///
/// Needs   length >= 1
/// Exact   yes
/// Gives   nothing where its tables would be too large
std::optional<network::Program> task_program(const language::Task& task, const language::Alphabet& alphabet,
                                             std::int64_t length);

}  // namespace attest::task
