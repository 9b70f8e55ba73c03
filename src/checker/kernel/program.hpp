#pragma once

#include <string>

#include "checker/kernel/limits.hpp"

/// What the programs `attest-check` and `attest-proof-check` do round a check; no verdict depends on it.
namespace attest::checker {

constexpr int exit_bad_input = 2;
constexpr int exit_undecided = 3;
constexpr int exit_internal = 4;

/// Whether the option is one of the limits, --timeout, --max-steps or --max-memory. Then its value is taken
/// into the options, or `error` says what was expected.
bool take_limit(const std::string& option, const std::string& value, Options& options, std::string& error);

/// From now on the first Ctrl-C or SIGTERM asks the checks with these options to end, the second ends the
/// program.
void end_on_signals(Options& options);

/// Ends the output. False where it could not be written, though whoever reads it has not gone as `head` does.
bool finish_output();

}  // namespace attest::checker
