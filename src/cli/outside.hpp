#pragma once

#include <string>
#include <vector>

namespace attest::cli {

/// What became of a program that was run.
struct Ran {
    int status = -1;     ///< exit status; −1 if it did not start or was ended by a signal
    std::string output;  ///< stdout and stderr
};

/// Runs a program of the PATH in a directory, for at most ten seconds. Arguments are not given to a shell.
Ran run_outside(const std::vector<std::string>& command, const std::string& directory);

/// Whether the PATH has a program of this name.
bool has_program(const std::string& name);

}  // namespace attest::cli
