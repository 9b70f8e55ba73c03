#pragma once

#include <string>
#include <vector>

#include "attest/certify/task.hpp"

namespace attest::cli {

/// What was asked about a program and a task, as output names it.
struct TaskAsked {
    std::string model;  ///< its name, as the file says
    const language::Alphabet& alphabet;
    std::string task;
    bool counts = false;  ///< accuracy, not prove
};

/// `VERIFIED m performs sort at length 4 …`, or a line a length below one for all; with the mistakes that are listed.
std::string task_text(const TaskAsked& asked, const std::vector<certify::Performance>& results, double seconds);

}  // namespace attest::cli
