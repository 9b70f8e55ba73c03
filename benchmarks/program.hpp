#pragma once

#include <string>
#include <vector>

#include "base/process.hpp"

namespace attest::benchmarks {

using base::has_program;
using base::own_path;

/// What became of a program that was given some time.
struct Run {
    bool finished = false;  ///< by itself, with a status; else it was killed, or died
    bool late = false;      ///< killed at the limit of time, or of the machine's memory
    int status = -1;
    double seconds = 0;  ///< of processor time, user and system: other load does not count
    std::string output;  ///< stdout and stderr
};

/// Runs a program (looked up in PATH) to its end or to the limit in seconds of processor time.
/// Throws  InternalError if it cannot be started at all
Run run_program(const std::vector<std::string>& command, double limit);

}  // namespace attest::benchmarks
